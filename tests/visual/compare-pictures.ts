import pixelmatch from 'pixelmatch';
import type { Picture } from './picture.ts';
import { coarse, STEP } from './png.ts';

/** A rectangle in pixels, which are points, from the top left of the page; both ends belong to it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How a page differs from the accepted one. */
export type Difference =
  | { readonly kind: 'size'; readonly before: string; readonly after: string }
  | { readonly kind: 'pixels'; readonly pixels: number; readonly where: Box; readonly picture: Picture };

/**
 * How far a channel may lie from an accepted value and still be taken for it: half a step, which rounding took away,
 * and three of 255 for an edge that was smoothed a little differently. One step more is a difference: the palest ground
 * of a table lies that far from white.
 */
const SAME_WITHIN = STEP / 2 + 3;

/**
 * After that, what differs at all differs by at least 12 of 255 in a channel, which next to white is 0.035 of the
 * distance from black to white as eyes see it.
 */
const THRESHOLD = 0.03;

/**
 * Compares a page with the accepted one. Not one pixel may differ, and smoothed edges count: on the platform of the
 * baselines two prints give the same pixels, and a lost full stop is no more than one or two.
 *
 * @returns undefined if they are the same to the eye
 */
export function comparePictures(accepted: Picture, now: Picture): Difference | undefined {
  const { width, height } = now;
  if (accepted.width !== width || accepted.height !== height) {
    const size = (picture: Picture) => `${picture.width} × ${picture.height} pt`;
    return { kind: 'size', before: size(accepted), after: size(now) };
  }
  const settled = new Uint8Array(now.data.length);
  for (let place = 0; place < settled.length; place++) {
    const [value = 0, before = 0] = [now.data[place], accepted.data[place]];
    settled[place] = Math.abs(value - before) <= SAME_WITHIN ? before : coarse(value);
  }
  const drawn = new Uint8Array(settled.length);
  const pixels = pixelmatch(accepted.data, settled, drawn, width, height, {
    threshold: THRESHOLD,
    includeAA: true,
    alpha: 0.25,
    diffColor: [255, 0, 0],
  });
  if (pixels === 0) return undefined;
  const picture = { width, height, data: drawn };
  return { kind: 'pixels', pixels, where: redBox(picture), picture };
}

/** Around what was drawn in red; all else is drawn in grey. */
function redBox({ width, data }: Picture): Box {
  let [left, top, right, bottom] = [width, Number.POSITIVE_INFINITY, 0, 0];
  for (let pixel = 0; pixel < data.length / 4; pixel++) {
    if (data[pixel * 4] !== 255 || data[pixel * 4 + 1] !== 0) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { left, top, right, bottom };
}
