import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Picture } from './picture.ts';

/**
 * How far apart two neighbouring values of a channel are in an accepted page: 16 values instead of 256. A page of type
 * and flat colours then has 150 colours and fits a palette; its 19 pages take 540 KB at 72 dpi, where truecolour takes
 * 3.2 MB.
 */
export const STEP = 17;

/** A channel's nearest value among the 16. */
export function coarse(value: number): number {
  return Math.round(value / STEP) * STEP;
}

/**
 * A picture as a PNG of few bytes: channels of 16 values and a palette; without a palette where that is not enough.
 * The same picture gives the same bytes.
 */
export function smallPng(picture: Picture): Uint8Array {
  const { width, height, data } = picture;
  const counts = new Map<number, number>();
  const colours = new Uint32Array(width * height);
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const channel = (offset: number) => coarse(data[pixel * 4 + offset] ?? 0);
    const colour = (channel(0) << 16) | (channel(1) << 8) | channel(2);
    colours[pixel] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  if (counts.size > 256) return truecolour(picture, colours);
  const palette = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = places.get(colours[y * width + x] ?? 0) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A picture as a PNG of all its colours, packed quickly: for pictures that are looked at and thrown away. */
export function fullPng({ width, height, data }: Picture): Uint8Array {
  const png = new PNG({ width, height });
  png.data = Buffer.from(data);
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 3 });
}

/** @throws Error of the reader if the bytes are no whole PNG */
export function readPng(bytes: Uint8Array): Picture {
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  return { width, height, data };
}

function truecolour({ width, height }: Picture, colours: Uint32Array): Uint8Array {
  const png = new PNG({ width, height });
  for (const [pixel, colour] of colours.entries())
    png.data.set([colour >> 16, (colour >> 8) & 255, colour & 255, 255], pixel * 4);
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
