import { short } from './slim-path.ts';
import { isElement, type SvgElement } from './svg-tree.ts';

const MOVED = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/;
/** Two halves of a circle around nought, as the chart library writes one. */
const CIRCLE = /^M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?$/;

/**
 * A shape that is moved to its place says where it is instead: a text by its coordinates, a line as a path, a path that
 * goes round as a circle.
 */
export function placed(element: SvgElement): SvgElement {
  const { name, attributes } = element;
  const transform = attributes.get('transform');
  const moved = MOVED.exec(transform ?? 'translate(0,0)');
  if (!moved) return element;
  const [x, y] = [Number(moved[1]), Number(moved[2])];
  const others = (...left: string[]) =>
    [...attributes].filter(([key]) => key !== 'transform' && !left.includes(key));
  if (name === 'text' && !attributes.has('x') && !attributes.has('y')) {
    const at = [
      ...(x === 0 ? [] : [['x', short(x)] as const]),
      ...(y === 0 ? [] : [['y', short(y)] as const]),
    ];
    return { ...element, attributes: new Map([...at, ...others()]) };
  }
  if (name === 'line' && !attributes.has('x1') && !attributes.has('y1')) {
    const [right, down] = ['x2', 'y2'].map((key) => Number(attributes.get(key) ?? 0));
    const d = `M${x},${y}L${x + (right ?? 0)},${y + (down ?? 0)}`;
    return { ...element, name: 'path', attributes: new Map([['d', d], ...others('x2', 'y2')]) };
  }
  const radius = name === 'path' ? CIRCLE.exec(attributes.get('d') ?? '')?.[1] : undefined;
  if (radius === undefined) return element;
  const circle = new Map([['cx', short(x)], ['cy', short(y)], ['r', short(Number(radius))], ...others('d')]);
  return { ...element, name: 'circle', attributes: circle };
}

/** Neighbours that are drawn alike, as lines alone, become one path. */
export function joined(children: readonly (SvgElement | string)[]): (SvgElement | string)[] {
  const taken: (SvgElement | string)[] = [];
  for (const child of children) {
    const before = taken.at(-1);
    if (before !== undefined && isElement(before) && isElement(child) && areAlike(before, child))
      before.attributes.set('d', `${before.attributes.get('d')}${child.attributes.get('d')}`);
    else taken.push(child);
  }
  return taken;
}

function areAlike(one: SvgElement, other: SvgElement): boolean {
  const style = ({ name, attributes }: SvgElement) =>
    JSON.stringify([name, ...[...attributes].filter(([key]) => key !== 'd').sort()]);
  return (
    one.name === 'path' &&
    !one.attributes.has('fill') &&
    one.attributes.has('stroke') &&
    style(one) === style(other)
  );
}
