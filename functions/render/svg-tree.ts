/** An element of a drawing: its attributes in order, and what is in it. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Map<string, string>;
  children: (SvgElement | string)[];
}

const TOKEN = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)|</g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

/**
 * Reads the markup of a drawing as the chart library writes it: elements with double-quoted attributes, and text. What
 * stands in attributes and text stays escaped, so that writing gives back what was read.
 *
 * @throws Error if it is no such markup, or an element is not closed
 */
export function readSvg(markup: string): SvgElement {
  const root: SvgElement = { name: '', attributes: new Map(), children: [] };
  const open = [root];
  for (const [token, closing, name, attributes = '', empty, text] of markup.matchAll(TOKEN)) {
    const inside = open.at(-1) ?? root;
    if (text !== undefined) {
      inside.children.push(text);
    } else if (name === undefined) {
      throw new Error(`the drawing is no markup at "${token}"`);
    } else if (closing) {
      if (inside.name !== name) throw new Error(`the drawing closes "${name}" inside "${inside.name}"`);
      open.pop();
    } else {
      const pairs = [...attributes.matchAll(ATTRIBUTE)].map(
        ([, key = '', value = '']) => [key, value] as const,
      );
      const element: SvgElement = { name, attributes: new Map(pairs), children: [] };
      inside.children.push(element);
      if (!empty) open.push(element);
    }
  }
  const svg = root.children.find(isElement);
  if (open.length !== 1 || svg?.name !== 'svg') throw new Error('the drawing is not one closed svg element');
  return svg;
}

/** Writes a drawing: nothing between elements, and none of them closed by a tag of its own if it is empty. */
export function writeSvg({ name, attributes, children }: SvgElement): string {
  const pairs = [...attributes].map(([key, value]) => ` ${key}="${value}"`).join('');
  if (children.length === 0) return `<${name}${pairs}/>`;
  const inner = children.map((child) => (isElement(child) ? writeSvg(child) : child)).join('');
  return `<${name}${pairs}>${inner}</${name}>`;
}

export function isElement(child: SvgElement | string): child is SvgElement {
  return typeof child !== 'string';
}

/** Calls for an element and all that are in it, outermost first. */
export function eachElement(element: SvgElement, change: (element: SvgElement) => void): void {
  change(element);
  for (const child of element.children) if (isElement(child)) eachElement(child, change);
}
