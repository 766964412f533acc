import { slimSvg } from './slim-svg.ts';
import { eachElement, readSvg, writeSvg } from './svg-tree.ts';

/** Attributes that hold a colour. */
const COLOURED = ['fill', 'stroke', 'stop-color'];

/**
 * A drawing as it stands in the web page: slim, in the page's own colours and font, which follow light and dark.
 *
 * @param colour what stands for a colour of the drawing
 */
export function inlineChart(svg: string, colour: (colour: string) => string): string {
  const drawing = readSvg(svg);
  for (const name of ['xmlns', 'style']) drawing.attributes.delete(name);
  eachElement(drawing, ({ attributes }) => {
    attributes.delete('font-family');
    for (const name of COLOURED) {
      const value = attributes.get(name);
      if (value !== undefined) attributes.set(name, colour(value));
    }
  });
  return writeSvg(slimSvg(drawing));
}
