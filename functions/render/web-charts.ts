import { slimSvg } from './slim-svg.ts';
import { isElement, readSvg, type SvgElement, writeSvg } from './svg-tree.ts';

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

/** What a picture that travels alone says of itself, as escaped text, and the fonts it asks for. */
export interface Standing {
  readonly title: string;
  readonly description: string;
  readonly families: readonly string[];
  readonly language: string;
}

/**
 * A drawing as a file of its own: on white, with a title and a description, in the report's fonts where they are
 * installed and in the reader's own where not.
 */
export function standaloneChart(svg: string, { title, description, families, language }: Standing): string {
  const drawing = readSvg(svg);
  eachElement(drawing, ({ attributes }) => attributes.delete('font-family'));
  const { children, attributes } = slimSvg(drawing);
  const size = ['width', 'height', 'viewBox'].map((name) => [name, attributes.get(name) ?? ''] as const);
  return `${writeSvg({
    name: 'svg',
    attributes: new Map([
      ['xmlns', 'http://www.w3.org/2000/svg'],
      ['xml:lang', language],
      ['role', 'img'],
      ['aria-labelledby', 'title description'],
      ['direction', 'ltr'],
      ['font-family', [...families.map((family) => `'${family}'`), 'sans-serif'].join(', ')],
      ...size,
    ]),
    children: [
      { name: 'title', attributes: new Map([['id', 'title']]), children: [title] },
      { name: 'desc', attributes: new Map([['id', 'description']]), children: [description] },
      {
        name: 'rect',
        attributes: new Map([
          ['width', '100%'],
          ['height', '100%'],
          ['fill', '#fff'],
        ]),
        children: [],
      },
      ...children,
    ],
  })}\n`;
}

function eachElement(element: SvgElement, change: (element: SvgElement) => void): void {
  change(element);
  for (const child of element.children) if (isElement(child)) eachElement(child, change);
}
