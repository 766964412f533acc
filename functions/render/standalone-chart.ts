import { slimSvg } from './slim-svg.ts';
import { linesOf } from './svg-lines.ts';
import { eachElement, isElement, readSvg, type SvgElement, writeSvg } from './svg-tree.ts';

/** What stands around a chart that travels alone, as escaped text, and how it is set. */
export interface Standing {
  readonly title: string;
  /** How to read it. */
  readonly subtitle: string;
  readonly source: string;
  /** The names of the two sides of a drawing that is divided in its middle, with their colours. */
  readonly sides?: readonly { readonly name: string; readonly colour: string }[];
  /** Which edition it is of, and where that is read. */
  readonly edition: string;
  /** What it tells, for who does not see it. */
  readonly description: string;
  readonly families: readonly string[];
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly ink: string;
  readonly quiet: string;
}

const EDGE = 18;
const TITLE = { size: 14, line: 19 };
const SMALL = { size: 10.5, line: 15 };

/**
 * A drawing as a file of its own: on white, under its title and over its source, in the report's fonts where they are
 * installed and in the reader's own where not.
 */
export function standaloneChart(svg: string, standing: Standing): string {
  const { title, subtitle, source, edition, description, families, language, ink, quiet } = standing;
  const drawing = readSvg(svg);
  eachElement(drawing, ({ attributes }) => attributes.delete('font-family'));
  const { children, attributes } = slimSvg(drawing);
  const [width, height] = ['width', 'height'].map((name) => Number(attributes.get(name) ?? 0));
  const inner = width ?? 0;
  let y = EDGE - 4;
  const block = (text: string, { size, line }: typeof TITLE, style: Record<string, string>) =>
    linesOf(text, size, inner).map((one) => {
      y += line;
      return words(one, y, inner + EDGE, { 'font-size': String(size), ...style }, standing);
    });
  const above = [
    ...block(title, TITLE, { 'font-weight': '600', fill: ink }),
    ...block(subtitle, SMALL, { fill: quiet }),
  ];
  y += EDGE;
  const sides = (standing.sides ?? []).slice(0, 2).map(({ name, colour }, side) =>
    element(
      'text',
      {
        x: String(EDGE + inner / 2 + (side === 0 ? -8 : 8)),
        y: String(y + SMALL.size),
        'text-anchor': side === 0 ? 'end' : 'start',
        'font-size': '12',
        'font-weight': '600',
        fill: colour,
      },
      [name],
    ),
  );
  if (sides.length > 0) y += EDGE;
  const placed = element('g', { transform: `translate(${EDGE},${y})` }, children);
  y += (height ?? 0) + EDGE - 4;
  const below = [source, edition].flatMap((text) => block(text, SMALL, { fill: quiet }));
  const [whole, high] = [inner + 2 * EDGE, y + EDGE];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    'xml:lang': language,
    role: 'img',
    'aria-labelledby': 'title description',
    'font-family': [...families.map((family) => `'${family}'`), 'sans-serif'].join(', '),
    width: String(whole),
    height: String(high),
    viewBox: `0 0 ${whole} ${high}`,
  };
  return `${writeSvg(
    element('svg', root, [
      element('title', { id: 'title' }, [title]),
      element('desc', { id: 'description' }, [description]),
      element('rect', { width: '100%', height: '100%', fill: '#fff' }, []),
      ...above,
      ...sides,
      placed,
      ...below,
    ]),
  )}\n`;
}

/** A line of words from the side on which its language begins. */
function words(
  text: string,
  y: number,
  end: number,
  style: Record<string, string>,
  { direction }: Pick<Standing, 'direction'>,
): SvgElement {
  const place: Record<string, string> =
    direction === 'rtl' ? { x: String(end), direction } : { x: String(EDGE) };
  return element('text', { ...place, y: String(y), ...style }, [direction === 'rtl' ? isolated(text) : text]);
}

/** Numbers, names and addresses keep their own order among words that are read from the right. */
function isolated(text: string): string {
  return text.replace(
    /(&[#\w]+;)|[\dA-Za-z+−][\w.,:/–%−-]*(?: [\dA-Za-z][\w.,:/–%−-]*)*/g,
    (piece, entity?: string) => (entity === undefined ? `\u2066${piece}\u2069` : entity),
  );
}

function element(
  name: string,
  attributes: Record<string, string>,
  children: readonly (SvgElement | string)[],
): SvgElement {
  const shown = children.filter((child) => isElement(child) || child !== '');
  return { name, attributes: new Map(Object.entries(attributes)), children: shown };
}
