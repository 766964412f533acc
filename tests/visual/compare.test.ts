import { describe, expect, it } from 'vitest';
import { comparePages, inOneLine } from './compare-pages.ts';
import { comparePictures } from './compare-pictures.ts';
import type { Picture } from './picture.ts';
import { readPng, smallPng } from './png.ts';
import { page, smoothedOtherwise } from './sample.ts';

/** A page as it comes back from the folder of accepted pages. */
const accepted = (picture: Picture) => readPng(smallPng(picture));
const lines = (before: readonly Picture[], after: readonly Picture[], only?: number) =>
  comparePages('fr', new Map(before.map((one, index) => [index + 1, accepted(one)])), after, only).map(
    inOneLine,
  );

describe('a page compared with the accepted one', () => {
  it('is the same as itself, though accepted pages have fewer colours', () => {
    const mark = { x: 2, y: 2, width: 9, height: 9, colour: [0xbf, 0x30, 0x22] } as const;
    expect(comparePictures(accepted(page({ mark })), page({ mark }))).toBeUndefined();
  });

  it.each([1, 2, 3])('is the same if edges are smoothed %i of 255 otherwise', (by) => {
    expect(comparePictures(accepted(page()), smoothedOtherwise(page(), by))).toBeUndefined();
  });

  it('differs where a word moved by a point', () => {
    expect(lines([page()], [page({ x: 21 })])).toEqual([
      expect.stringMatching(/^fr page 1: \d+ pixels differ, 20–50 pt from the left, 30–39 pt from the top$/),
    ]);
  });

  it('differs where one pixel is lost, as of a full stop', () => {
    const stop = { x: 60, y: 39, width: 1, height: 1, colour: [0x60, 0x60, 0x60] } as const;
    expect(lines([page({ mark: stop })], [page()])).toEqual([
      'fr page 1: 1 pixel differs, 60–60 pt from the left, 39–39 pt from the top',
    ]);
  });

  it('differs where the pale ground of a table is lost', () => {
    const ground = { x: 10, y: 50, width: 100, height: 10, colour: [0xf4, 0xf2, 0xee] } as const;
    expect(lines([page({ mark: ground })], [page()])).toEqual([
      'fr page 1: 1,000 pixels differ, 10–109 pt from the left, 50–59 pt from the top',
    ]);
  });

  it('differs where red became blue of the same lightness', () => {
    const side = (colour: readonly [number, number, number]) => ({ x: 0, y: 0, width: 5, height: 5, colour });
    expect(
      comparePictures(
        accepted(page({ mark: side([0xbf, 0x30, 0x22]) })),
        page({ mark: side([0x30, 0x58, 0xbf]) }),
      ),
    ).toMatchObject({ pixels: 25 });
  });

  it('of another size says both sizes', () => {
    expect(lines([page()], [page({ size: [120, 90] })])).toEqual([
      'fr page 1: its size is 120 × 90 pt, accepted is 120 × 80 pt',
    ]);
  });
});

describe('the pages of a language compared with the accepted ones', () => {
  it('are told of by number, those that are new and those that are gone', () => {
    const [a, b] = [page(), page({ word: 'balance' })];
    expect(lines([a, b], [a])).toEqual(['fr page 2: gone, the report ends before it']);
    expect(lines([a], [a, b])).toEqual(['fr page 2: new, no such page is accepted']);
    expect(lines([a, b], [a, b])).toEqual([]);
  });

  it('can be narrowed to one', () => {
    const [a, b] = [page(), page({ word: 'balance' })];
    expect(lines([a, a, a], [b, b, b], 2)).toEqual([expect.stringContaining('fr page 2: ')]);
  });
});

describe('an accepted page', () => {
  it('takes a palette, and always the same bytes', () => {
    const bytes = smallPng(page());
    expect(Buffer.from(bytes).equals(smallPng(page()))).toBe(true);
    expect(bytes[25]).toBe(3);
    expect(readPng(bytes)).toMatchObject({ width: 120, height: 80 });
  });

  it('of more colours than a palette holds is kept without one', () => {
    const colours = page({ size: [64, 64] });
    for (let pixel = 0; pixel < 64 * 64; pixel++)
      colours.data.set([(pixel % 16) * 17, (Math.floor(pixel / 16) % 16) * 17, (pixel >> 8) * 17], pixel * 4);
    expect(smallPng(colours)[25]).toBe(2);
    expect(comparePictures(accepted(colours), colours)).toBeUndefined();
  });
});
