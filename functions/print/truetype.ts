/** A font file of the kind that Chromium embeds: its tables by name. */
export class TrueType {
  readonly tables: Map<string, Buffer>;

  constructor(bytes: Uint8Array) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.tables = new Map();
    for (let index = 0; index < file.readUInt16BE(4); index++) {
      const at = 12 + 16 * index;
      const [offset, length] = [file.readUInt32BE(at + 8), file.readUInt32BE(at + 12)];
      this.tables.set(file.toString('latin1', at, at + 4), file.subarray(offset, offset + length));
    }
  }

  /** @throws RangeError if the font has no such table */
  table(name: string): Buffer {
    const found = this.tables.get(name);
    if (!found) throw new RangeError(`the font has no table ${name}`);
    return found;
  }

  get glyphs(): number {
    return this.table('maxp').readUInt16BE(4);
  }

  get unitsPerEm(): number {
    return this.table('head').readUInt16BE(18);
  }

  /** A glyph's outline as it is written; empty for a space. */
  outline(glyph: number): Buffer {
    const [from, to] = [this.#place(glyph), this.#place(glyph + 1)];
    return this.table('glyf').subarray(from, to);
  }

  /** How far the pen moves after a glyph, in the font's units. */
  advance(glyph: number): number {
    const measured = this.table('hhea').readUInt16BE(34);
    return this.table('hmtx').readUInt16BE(Math.min(glyph, measured - 1) * 4);
  }

  /** Where a glyph's outline begins on its left. */
  bearing(glyph: number): number {
    const measured = this.table('hhea').readUInt16BE(34);
    const at = glyph < measured ? glyph * 4 + 2 : measured * 4 + (glyph - measured) * 2;
    return this.table('hmtx').readInt16BE(at);
  }

  #place(glyph: number): number {
    const loca = this.table('loca');
    const isLong = this.table('head').readInt16BE(50) === 1;
    return isLong ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2;
  }
}

/** Writes a font's tables as a file, in order of their names, with their sums. @see OpenType, 'Organization of an OpenType Font' */
export function writeTrueType(tables: ReadonlyMap<string, Buffer>): Uint8Array {
  const names = [...tables.keys()].sort();
  const head = Buffer.alloc(12 + 16 * names.length);
  const power = 2 ** Math.floor(Math.log2(names.length));
  head.writeUInt32BE(0x00010000, 0);
  for (const [index, value] of [
    names.length,
    power * 16,
    Math.log2(power),
    (names.length - power) * 16,
  ].entries())
    head.writeUInt16BE(value, 4 + index * 2);
  const parts = [head];
  let offset = head.length;
  let headAt = 0;
  for (const [index, name] of names.entries()) {
    const body = Buffer.from(tables.get(name) ?? []);
    // The sum of the whole file is written last, and counts as nothing until then.
    if (name === 'head') {
      body.writeUInt32BE(0, 8);
      headAt = offset;
    }
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    const at = 12 + 16 * index;
    head.write(name, at, 'latin1');
    head.writeUInt32BE(sumOf(padded), at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(body.length, at + 12);
    parts.push(padded);
    offset += padded.length;
  }
  const file = Buffer.concat(parts);
  file.writeUInt32BE((0xb1b0afba - sumOf(file)) >>> 0, headAt + 8);
  return new Uint8Array(file);
}

function sumOf(padded: Buffer): number {
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}
