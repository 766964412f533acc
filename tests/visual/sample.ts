import { letter } from './lettering.ts';
import { blank, fill, type Picture } from './picture.ts';

const INK = [0x1c, 0x1b, 0x1a] as const;

/** A small page with a line of text, its word at a place, on which one mark may be laid. */
export function page({
  word = 'open',
  x = 20,
  size = [120, 80],
  mark,
}: {
  word?: string;
  x?: number;
  size?: readonly [number, number];
  mark?: { x: number; y: number; width: number; height: number; colour: readonly [number, number, number] };
} = {}): Picture {
  const picture = blank(...size);
  letter(picture, word, { x, y: 30 }, 2, INK);
  if (mark) fill(picture, mark, mark.colour);
  return picture;
}

/** The same page with every channel that is not white lighter by some of 255: edges smoothed otherwise. */
export function smoothedOtherwise(picture: Picture, by: number): Picture {
  return { ...picture, data: picture.data.map((value) => (value === 255 ? value : value + by)) };
}
