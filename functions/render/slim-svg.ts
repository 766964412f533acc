import { short, slimPath } from './slim-path.ts';
import { joined, placed } from './slim-shapes.ts';
import { isElement, type SvgElement } from './svg-tree.ts';

/** What the chart library says of its parts to its own scripts, and what is so anyway. */
const NEEDLESS: Readonly<Record<string, RegExp>> = {
  class: /./,
  role: /./,
  'aria-hidden': /./,
  'aria-roledescription': /./,
  'pointer-events': /./,
  'stroke-miterlimit': /./,
  opacity: /^1$/,
  'stroke-width': /^1$/,
  'text-anchor': /^start$/,
  transform: /^translate\(0,0\)$/,
};

/** What an element hands down to those in it. */
const INHERITED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
];
/** What only text asks for. */
const OF_TEXT = /^(font-|text-)/;

/**
 * Takes from a drawing what nobody sees: parts that draw nothing, names for scripts, decimals beyond a tenth of a pixel;
 * and says once, above, what several neighbours say. Changes the drawing it is given.
 */
export function slimSvg(svg: SvgElement): SvgElement {
  svg.children = svg.children.filter(isElement).flatMap(slimmed);
  return svg;
}

function slimmed(given: SvgElement): SvgElement[] {
  if (drawsNothing(given)) return [];
  const element = placed(given);
  const { name, attributes } = element;
  for (const [key, value] of attributes) if (NEEDLESS[key]?.test(value)) attributes.delete(key);
  for (const [key, value] of attributes) attributes.set(key, shorter(key, value));
  if (name !== 'g') return [element];
  element.children = joined(element.children.filter(isElement).flatMap(slimmed));
  if (element.children.length === 0) return [];
  hoist(element);
  const inside = element.children.filter(isElement);
  if (attributes.size === 0) return inside;
  const [only] = inside;
  if (!only || inside.length > 1 || ![...attributes.keys()].every((key) => INHERITED.includes(key)))
    return [element];
  for (const [key, value] of attributes) if (!only.attributes.has(key)) only.attributes.set(key, value);
  return [only];
}

function drawsNothing({ name, attributes }: SvgElement): boolean {
  // Labels that would touch another are written, and not shown.
  if (attributes.get('display') === 'none' || attributes.get('opacity') === '0') return true;
  if (name !== 'path') return false;
  const isBackground = attributes.get('class') === 'background';
  return !attributes.get('d') || (isBackground && !attributes.has('fill') && !attributes.has('stroke'));
}

function shorter(key: string, value: string): string {
  if (key === 'd') return slimPath(value);
  if (key === 'font-size') return value.replace(/px$/, '');
  if (key === 'transform')
    return value.replace(/-?\d+(?:\.\d+)?(?:e-\d+)?/gi, (number) => short(Number(number)));
  return /^-?\d*\.\d{2,}$/.test(value) && key !== 'opacity' && !key.endsWith('-opacity')
    ? short(Number(value))
    : value;
}

/** What all who could show it say alike is said once above them. */
function hoist(element: SvgElement): void {
  const inside = element.children.filter(isElement);
  if (inside.length < 2) return;
  for (const key of INHERITED) {
    const concerned = OF_TEXT.test(key) ? inside.filter(hasText) : inside;
    const [first] = concerned;
    const value = first?.attributes.get(key);
    if (value === undefined || element.attributes.has(key)) continue;
    if (!concerned.every((one) => one.attributes.get(key) === value)) continue;
    element.attributes.set(key, value);
    for (const one of concerned) one.attributes.delete(key);
  }
}

function hasText({ name, children }: SvgElement): boolean {
  return name === 'text' || children.some((child) => isElement(child) && hasText(child));
}
