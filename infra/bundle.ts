import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { z } from 'zod';
import { BadRequest } from '../functions/errors.ts';
import { unpackInto } from '../functions/print/inflate.ts';
import { filesOfFace } from '../functions/render/font-files.ts';
import { readTheme } from '../functions/render/theme.ts';
import type { FunctionName } from './permissions.ts';

/** How the browser travels: as the package has it, or as it is used, which saves unpacking at every cold start. */
export type BrowserForm = 'packed' | 'unpacked';

const root = resolve(import.meta.dirname, '..');
const CHROMIUM = '@sparticuz/chromium';
/** What pdfjs-dist asks for when it is loaded, though nothing is painted: the second is the first's native part. */
const CANVAS = ['@napi-rs/canvas', '@napi-rs/canvas-linux-x64-gnu'];
/** Reads its WebAssembly from where it lies. */
const SUBSET = 'subset-font';
/** Where the unpacked browser lies in the asset of print. */
export const BROWSER_FOLDER = 'browser';

/** CommonJS inside an ES module asks for `require`; the other name is ours alone. */
const BANNER =
  "import{createRequire as __requireOfBundle}from'node:module';const require=__requireOfBundle(import.meta.url);";

/**
 * Makes the folder that a function is deployed as: its code in one file, and the files that code reads at run time where
 * it looks for them. Nothing is downloaded; the same sources make the same bytes.
 *
 * @param folder is emptied first
 */
export async function bundle(
  name: FunctionName,
  folder: string,
  browser: BrowserForm = 'packed',
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const room = join(folder, 'functions', name);
  mkdirSync(room, { recursive: true });
  const packed = name === 'print' && browser === 'packed';
  await build({
    absWorkingDir: root,
    entryPoints: [`functions/${name}/handler.ts`],
    outfile: join(room, 'handler.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: packed ? [CHROMIUM] : name === 'render' ? [SUBSET] : [],
    banner: { js: BANNER },
    legalComments: 'none',
    logLevel: 'error',
  });
  const copy = (from: string, to: string) => cpSync(join(root, from), to, { recursive: true });
  if (name === 'pull' || name === 'compute')
    for (const registry of ['organisations.json', 'openness.json', 'tracked-models.json'])
      copy(`functions/compute/${registry}`, join(room, registry));
  if (name === 'start' || name === 'render') copy('templates', join(folder, 'templates'));
  if (name === 'render') await copyFonts(folder);
  const whole = (names: readonly string[]) => {
    for (const place of names.flatMap((one) => [...closure(one)])) copy(place, join(folder, place));
  };
  if (name === 'check') {
    copy('node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs', join(room, 'pdf.worker.mjs'));
    whole(CANVAS);
  }
  if (packed) whole([CHROMIUM]);
  if (name === 'render') whole([SUBSET]);
  if (name === 'print' && browser === 'unpacked') {
    mkdirSync(join(folder, BROWSER_FOLDER));
    await unpackInto(join(folder, BROWSER_FOLDER));
  }
}

/** The font files the theme names, in their packages, so that their names resolve. */
async function copyFonts(folder: string): Promise<void> {
  const theme = readFileSync(join(root, 'templates/theme.json'), 'utf8');
  for (const face of readTheme(new Map([['theme.json', theme]])).faces) {
    const place = join('node_modules', face.package);
    for (const file of ['package.json', ...(await filesOfFace(face))])
      cpSync(join(root, place, file), join(folder, place, file), { recursive: true });
  }
}

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/** The folder of a package and of all it cannot do without, each relative to the project. */
function closure(name: string, from = root, found = new Set<string>()): ReadonlySet<string> {
  const place = packageFolder(name, from);
  if (found.has(relative(root, place))) return found;
  found.add(relative(root, place));
  const { dependencies } = manifestSchema.parse(
    JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')),
  );
  for (const dependency of Object.keys(dependencies)) closure(dependency, place, found);
  return found;
}

/** Where Node would find a package from a folder. */
function packageFolder(name: string, from: string): string {
  const [found] = (createRequire(join(from, 'package.json')).resolve.paths(name) ?? [])
    .map((paths) => join(paths, name))
    .filter((place) => place.startsWith(root) && existsSync(place));
  if (found === undefined)
    throw new BadRequest(
      `The package ${name} is not installed. Run npm ci, on x86-64 Linux: functions are bundled for it.`,
    );
  return found;
}

/** The size of a folder's files in bytes: what Lambda counts against its 250 MB. */
export function unzippedBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0);
}
