/**
 * An ICC profile of sRGB, version 2: the matrix of its primaries and the curve of its samples, made from the numbers of
 * the standard, so that it belongs to nobody.
 *
 * @see https://www.color.org/specification/ICC.1-2001-04.pdf the format
 * @see https://webstore.iec.ch/en/publication/6169 IEC 61966-2-1, the colours
 */
export function srgbProfile(): Uint8Array {
  const curve = curveTag();
  const tags: readonly [string, Buffer][] = [
    ['desc', descriptionTag('sRGB')],
    ['cprt', textTag('No copyright, use freely')],
    ['wtpt', xyzTag(0.9642, 1, 0.8249)],
    ['rXYZ', xyzTag(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyzTag(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyzTag(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const distinct = [...new Set(tags.map(([, body]) => body))];
  const places = new Map<Buffer, number>();
  let size = HEADER + 4 + tags.length * 12;
  for (const body of distinct) {
    places.set(body, size);
    size += body.length;
  }
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length, 0);
  for (const [index, [name, body]] of tags.entries()) {
    const at = 4 + index * 12;
    table.write(name, at, 'latin1');
    table.writeUInt32BE(places.get(body) ?? 0, at + 4);
    table.writeUInt32BE(body.length, at + 8);
  }
  return new Uint8Array(Buffer.concat([header(size), table, ...distinct]));
}

const HEADER = 128;

/** A display profile for red, green and blue, by way of XYZ under D50; dated with the version's specification. */
function header(size: number): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(0x02400000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  for (const [index, part] of [2001, 4, 1, 0, 0, 0].entries()) header.writeUInt16BE(part, 24 + index * 2);
  header.write('acsp', 36, 'latin1');
  for (const [index, part] of [0.9642, 1, 0.8249].entries()) header.writeInt32BE(fixed(part), 68 + index * 4);
  return header;
}

function xyzTag(...values: readonly [number, number, number]): Buffer {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 0, 'latin1');
  for (const [index, value] of values.entries()) tag.writeInt32BE(fixed(value), 8 + index * 4);
  return tag;
}

/** So many samples that the straight piece near black is in them. */
const SAMPLES = 1024;

function curveTag(): Buffer {
  const tag = Buffer.alloc(12 + SAMPLES * 2);
  tag.write('curv', 0, 'latin1');
  tag.writeUInt32BE(SAMPLES, 8);
  for (let index = 0; index < SAMPLES; index++) {
    const value = index / (SAMPLES - 1);
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    tag.writeUInt16BE(Math.round(linear * 0xffff), 12 + index * 2);
  }
  return tag;
}

function textTag(text: string): Buffer {
  return padded(Buffer.concat([Buffer.from('text\0\0\0\0', 'latin1'), Buffer.from(`${text}\0`, 'latin1')]));
}

/** The name in ASCII; its forms in Unicode and for old Macintoshes are empty, of fixed sizes. */
function descriptionTag(text: string): Buffer {
  const start = Buffer.from('desc\0\0\0\0\0\0\0\0', 'latin1');
  start.writeUInt32BE(text.length + 1, 8);
  return padded(Buffer.concat([start, Buffer.from(`${text}\0`, 'latin1'), Buffer.alloc(8 + 3 + 67)]));
}

/** Parts begin at multiples of four bytes. */
function padded(body: Buffer): Buffer {
  return Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
}

/** A signed fixed-point number of 16 and 16 bits. */
function fixed(value: number): number {
  return Math.round(value * 0x10000);
}
