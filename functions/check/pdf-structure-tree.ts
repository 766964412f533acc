import { z } from 'zod';
import { type Box, hull, liesIn } from './pdf-boxes.ts';
import { OF_A_FORM, type Painted } from './pdf-paint.ts';

/** A figure that the page’s structure declares, and what of it is seen. */
export interface FigureFact {
  readonly alt: string;
  /** The numbers of its marked content. */
  readonly marked: readonly number[];
  /** Lines and areas of it that are seen on the page, letters apart. */
  readonly shapes: number;
}

/** A node of the tree: an element with its role, or content with the page’s and its own number in its name. */
const nodeSchema = z.object({
  role: z.string().optional(),
  alt: z.string().optional(),
  id: z.string().optional(),
  children: z.array(z.unknown()).optional(),
});

/** The figures with an alternative text in a page's structure, with what is painted of them. */
export function figuresOf(tree: unknown, painted: readonly Painted[]): FigureFact[] {
  const node = nodeSchema.safeParse(tree).data;
  if (!node) return [];
  if (node.role !== 'Figure' || node.alt === undefined)
    return (node.children ?? []).flatMap((child) => figuresOf(child, painted));
  const marked = contentOf(node);
  const own = painted.filter((one) => one.marked !== null && marked.includes(one.marked));
  const around = hull(own.map(({ box }) => box));
  const grouped = painted.filter(
    (one) => one.marked === OF_A_FORM && around !== undefined && liesIn(one.box, around, BESIDE),
  );
  const shapes = [...own, ...grouped].filter((one) => one.kind === 'shape' && isSeen(one));
  return [{ alt: node.alt, marked, shapes: shapes.length }];
}

/** Points around what is known to be a figure's within which a group's content is its own too. */
const BESIDE = 6;

function contentOf(tree: unknown): number[] {
  const node = nodeSchema.safeParse(tree).data;
  if (!node) return [];
  const own = /_mc(\d+)$/.exec(node.id ?? '')?.[1];
  return [...(own === undefined ? [] : [Number(own)]), ...(node.children ?? []).flatMap(contentOf)];
}

/** A line has no width, so that touching is enough. */
function isSeen({ box, clip }: { readonly box: Box; readonly clip: Box }): boolean {
  return (
    (box.left < clip.right && box.right > clip.left && box.bottom < clip.top && box.top > clip.bottom) ||
    (isLine(box) &&
      box.left <= clip.right &&
      box.right >= clip.left &&
      box.bottom <= clip.top &&
      box.top >= clip.bottom)
  );
}

function isLine({ left, right, bottom, top }: Box): boolean {
  return left === right || bottom === top;
}
