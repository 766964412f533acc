import { TrueType, writeTrueType } from './truetype.ts';

/** A glyph made of others of its font, each moved by so many of the font's units. */
export interface Composite {
  readonly parts: readonly { readonly glyph: number; readonly x: number; readonly y: number }[];
  readonly advance: number;
}

/**
 * Adds glyphs to a font that are made of those it has: they look like their parts set one over the other. None of the old
 * ones changes its number; the first new one has the number that comes next.
 *
 * @see https://learn.microsoft.com/en-us/typography/opentype/spec/glyf#composite-glyph-description
 */
export function withComposites(bytes: Uint8Array, composites: readonly Composite[]): Uint8Array {
  const font = new TrueType(bytes);
  const old = font.glyphs;
  const outlines = [
    ...Array.from({ length: old }, (_, glyph) => font.outline(glyph)),
    ...composites.map((one) => outlineOf(font, one)),
  ];
  const tables = new Map(font.tables);
  const glyf = Buffer.concat(outlines.map(evened));
  const loca = Buffer.alloc(4 * (outlines.length + 1));
  let place = 0;
  for (const [index, outline] of outlines.entries()) {
    place += evened(outline).length;
    loca.writeUInt32BE(place, 4 * (index + 1));
  }
  const hmtx = Buffer.alloc(4 * outlines.length);
  for (const [index, outline] of outlines.entries()) {
    const made = composites[index - old];
    hmtx.writeUInt16BE(made ? made.advance : font.advance(index), 4 * index);
    hmtx.writeInt16BE(
      made ? (outline.length > 0 ? outline.readInt16BE(2) : 0) : font.bearing(index),
      4 * index + 2,
    );
  }
  const [head, hhea, maxp] = ['head', 'hhea', 'maxp'].map((name) => Buffer.from(font.table(name))) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  head.writeInt16BE(1, 50);
  hhea.writeUInt16BE(outlines.length, 34);
  maxp.writeUInt16BE(outlines.length, 4);
  for (const { at, value } of limitsOf(font, composites))
    maxp.writeUInt16BE(Math.max(maxp.readUInt16BE(at), value), at);
  for (const [name, table] of Object.entries({ glyf, loca, hmtx, head, hhea, maxp })) tables.set(name, table);
  return writeTrueType(tables);
}

const FLAGS = { wordsAsOffsets: 0x0003, more: 0x0020 };

function outlineOf(font: TrueType, { parts }: Composite): Buffer {
  const drawn = parts.filter(({ glyph }) => font.outline(glyph).length > 0);
  if (drawn.length === 0) return Buffer.alloc(0);
  const box = (at: number, axis: 'x' | 'y') =>
    drawn.map((part) => font.outline(part.glyph).readInt16BE(at) + part[axis]);
  const outline = Buffer.alloc(10 + 8 * drawn.length);
  const limits = [
    -1,
    Math.min(...box(2, 'x')),
    Math.min(...box(4, 'y')),
    Math.max(...box(6, 'x')),
    Math.max(...box(8, 'y')),
  ];
  for (const [index, value] of limits.entries()) outline.writeInt16BE(value, index * 2);
  for (const [index, { glyph, x, y }] of drawn.entries()) {
    const at = 10 + 8 * index;
    outline.writeUInt16BE(FLAGS.wordsAsOffsets | (index < drawn.length - 1 ? FLAGS.more : 0), at);
    outline.writeUInt16BE(glyph, at + 2);
    outline.writeInt16BE(x, at + 4);
    outline.writeInt16BE(y, at + 6);
  }
  return outline;
}

/** What a reader of the font must make room for, at its places in the table of limits. */
function limitsOf(font: TrueType, composites: readonly Composite[]): { at: number; value: number }[] {
  const sizes = composites.map(({ parts }) => parts.map(({ glyph }) => sizeOf(font, glyph)));
  const most = (of: (parts: readonly Size[]) => number) => Math.max(0, ...sizes.map(of));
  const sum = (parts: readonly Size[], key: keyof Size) => parts.reduce((all, one) => all + one[key], 0);
  return [
    { at: 10, value: most((parts) => sum(parts, 'points')) },
    { at: 12, value: most((parts) => sum(parts, 'contours')) },
    { at: 28, value: most((parts) => parts.length) },
    { at: 30, value: most((parts) => Math.max(0, ...parts.map(({ depth }) => depth)) + 1) },
  ];
}

interface Size {
  readonly points: number;
  readonly contours: number;
  readonly depth: number;
}

function sizeOf(font: TrueType, glyph: number): Size {
  const outline = font.outline(glyph);
  if (outline.length === 0) return { points: 0, contours: 0, depth: 0 };
  const contours = outline.readInt16BE(0);
  if (contours >= 0)
    return { contours, points: contours === 0 ? 0 : outline.readUInt16BE(8 + 2 * contours) + 1, depth: 0 };
  const parts = partsOf(outline).map((part) => sizeOf(font, part));
  return {
    points: parts.reduce((sum, part) => sum + part.points, 0),
    contours: parts.reduce((sum, part) => sum + part.contours, 0),
    depth: Math.max(...parts.map((part) => part.depth)) + 1,
  };
}

/** The glyphs that a composite one is made of. */
function partsOf(outline: Buffer): number[] {
  const parts: number[] = [];
  for (let at = 10, more = true; more; ) {
    const flags = outline.readUInt16BE(at);
    parts.push(outline.readUInt16BE(at + 2));
    const offsets = flags & 0x0001 ? 4 : 2;
    const scale = flags & 0x0008 ? 2 : flags & 0x0040 ? 4 : flags & 0x0080 ? 8 : 0;
    at += 4 + offsets + scale;
    more = (flags & FLAGS.more) !== 0;
  }
  return parts;
}

/** Outlines begin at even places. */
function evened(outline: Buffer): Buffer {
  return outline.length % 2 === 0 ? outline : Buffer.concat([outline, Buffer.alloc(1)]);
}
