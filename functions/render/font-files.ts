import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TemplateError } from '../errors.ts';
import { fontBytes } from './bundle.ts';
import type { Theme } from './theme.ts';

type Face = Theme['faces'][number];

const sliceSchema = z.strictObject({ range: z.string().min(3), woff2: z.base64() });
const slicesSchema = z.array(sliceSchema).min(1);

/** A part of a face: a font file, and the characters it is for as CSS writes a `unicode-range`. */
export type Slice = z.infer<typeof sliceSchema>;

/** What stands for the number of a slice in the name of a file. */
const SLICE = '{slice}';

/** How templates name a face's file. */
export function fontName({ package: name, file }: Face): string {
  return `${name}/${file}`;
}

/** A face's undivided file as a face of its own; the face itself where it has none. */
export function wholeFace(face: Face): Face {
  return face.whole === undefined ? face : { ...face, file: face.whole };
}

const read = new Map<string, Promise<string>>();

/**
 * Reads a face's file from its package; the slices of a divided one are put together in one.
 *
 * @returns base64
 * @throws TemplateError if the package, or the file in it, is not there
 */
export function readFont(face: Face): Promise<string> {
  const name = fontName(face);
  const known = read.get(name);
  if (known) return known;
  const reading = (face.file.includes(SLICE) ? together(face) : fileOf(name)).catch((cause: unknown) => {
    read.delete(name);
    throw new TemplateError(
      `templates/theme.json: the font file ${name} is missing. Install its package with npm ci, or name a file the package has.`,
      { font: name },
      cause,
    );
  });
  read.set(name, reading);
  return reading;
}

/** Where a package's file lies on this machine. */
function placeOf(name: string): string {
  return fileURLToPath(import.meta.resolve(name));
}

async function fileOf(name: string): Promise<string> {
  return (await readFile(placeOf(name))).toString('base64');
}

/** The files of a package that a face is read from. */
export async function filesOfFace(face: Face): Promise<readonly string[]> {
  const whole = face.whole === undefined ? [] : [face.whole];
  return face.file.includes(SLICE)
    ? [RANGES, ...(await sliceFiles(face)).values(), ...whole]
    : [face.file, ...whole];
}

/** Where a package says which characters each slice is for. */
const RANGES = 'unicode.json';
const rangesSchema = z.record(z.string(), z.string());

/** The file names of a divided face's slices, by the name its package gives the slice. */
async function sliceFiles({ package: name, file }: Face): Promise<ReadonlyMap<string, string>> {
  const [before = '', after = ''] = file.slice('files/'.length).split(SLICE);
  const all = await readdir(new URL('.', import.meta.resolve(`${name}/files/${before}4${after}`)));
  return new Map(
    all
      .filter((one) => one.startsWith(before) && one.endsWith(after))
      .map((one) => [one.slice(before.length, -after.length), `files/${one}`] as const)
      .filter(([slice]) => /^\d+$/.test(slice))
      .sort(([a], [b]) => Number(a) - Number(b)),
  );
}

async function together(face: Face): Promise<string> {
  const ranges = rangesSchema.parse(JSON.parse(await readFile(placeOf(`${face.package}/${RANGES}`), 'utf8')));
  const slices: Slice[] = [];
  for (const [slice, file] of await sliceFiles(face)) {
    const range = ranges[`[${slice}]`];
    if (range) slices.push({ range, woff2: await fileOf(`${face.package}/${file}`) });
  }
  return Buffer.from(JSON.stringify(slicesSchema.parse(slices))).toString('base64');
}

const parsed = new WeakMap<Theme['faces'][number], { of: string; slices: readonly Slice[] }>();

/** The slices of a face; one that is not divided is one slice for every character. */
export function slicesOf(face: Face, base64: string): readonly Slice[] {
  if (!face.file.includes(SLICE)) return [{ range: 'U+0-10FFFF', woff2: base64 }];
  const known = parsed.get(face);
  if (known?.of === base64) return known.slices;
  const slices = slicesSchema.parse(JSON.parse(Buffer.from(fontBytes(base64)).toString('utf8')));
  parsed.set(face, { of: base64, slices });
  return slices;
}
