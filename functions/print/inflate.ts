import { lstat, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { z } from 'zod';
import { PrintFailed } from '../errors.ts';
import { keptFolder, makeFolder } from './browser-folder.ts';

/** The browser of the package, unpacked: the program, the libraries a bare system lacks, its fonts. */
export interface UnpackedBrowser {
  readonly executable: string;
  readonly libraries: string;
  readonly fontConfig: string;
}

/** Sizes in bytes of every file, by its path; written last, before the folder gets its name. */
const manifest = z.record(z.string(), z.int());
type Manifest = z.infer<typeof manifest>;
const MANIFEST = 'manifest.json';
const PARTS = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'];

let unpacking: Promise<UnpackedBrowser> | undefined;

/**
 * Unpacks the browser that comes with the program, once per machine, user and version.
 *
 * It is unpacked into a private folder, which is renamed when complete: a killed run leaves no half-written program,
 * and no run starts one that another is still writing. What is there already is believed only if every file has
 * the size written down for it.
 *
 * @throws PrintFailed `browser-missing` if it cannot be unpacked
 */
export function unpackBrowser(): Promise<UnpackedBrowser> {
  unpacking ??= unpack().catch((cause: unknown) => {
    unpacking = undefined;
    throw new PrintFailed(
      'browser-missing',
      `The browser cannot be unpacked: ${cause instanceof Error ? cause.message : String(cause)}. It needs 220 MB in the folder for temporary files; free some, or name another folder in TMPDIR. If the package is damaged, run npm ci.`,
      {},
      cause,
    );
  });
  return unpacking;
}

/** A browser that was unpacked beforehand, by `unpackInto`. @throws PrintFailed `browser-missing` if it is not whole */
export async function unpackedBrowser(folder: string): Promise<UnpackedBrowser> {
  if (await isWhole(folder)) return browserIn(folder);
  throw new PrintFailed(
    'browser-missing',
    `The browser in ${folder} is not whole: a file of it is missing or has another size. Deploy again.`,
    { folder },
  );
}

/** Unpacks the browser into a folder that is there and empty, so that whoever prints need not. */
export async function unpackInto(folder: string): Promise<void> {
  await inflateAll(folder, join(packageRoot(), 'bin'));
}

function packageRoot(): string {
  return join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../..');
}

function browserIn(folder: string): UnpackedBrowser {
  return {
    executable: join(folder, 'chromium'),
    libraries: join(folder, 'al2023/lib'),
    fontConfig: join(folder, 'fonts.conf'),
  };
}

async function unpack(): Promise<UnpackedBrowser> {
  const root = packageRoot();
  const { version } = z
    .object({ version: z.string().regex(/^[\w.-]+$/) })
    .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const kept = keptFolder(`chromium-${version}`);
  if (!(await isComplete(kept))) await fill(kept, join(root, 'bin'));
  return browserIn(kept);
}

async function fill(kept: string, packed: string): Promise<void> {
  await using fresh = await makeFolder('unpacking');
  const content = join(fresh.path, 'content');
  await mkdir(content, { mode: 0o700 });
  await inflateAll(content, packed);
  for (;;) {
    try {
      return await rename(content, kept);
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (await isComplete(kept)) return;
      // Damaged: out of the way, and away with our own folder.
      await rename(kept, join(fresh.path, `damaged-${Math.trunc(performance.now())}`)).catch(ifGone);
    }
  }
}

/** Every part, and last the sizes of all files. */
async function inflateAll(content: string, packed: string): Promise<void> {
  // All are awaited even if one fails: the folder is removed only when nothing writes into it any more.
  const parts = await Promise.allSettled(PARTS.map((part) => inflateInto(content, join(packed, part))));
  for (const part of parts) if (part.status === 'rejected') throw part.reason;
  // The package's own configuration names /tmp/fonts, whoever may have written there.
  await writeFile(
    join(content, 'fonts.conf'),
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir prefix="relative">fonts/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n',
  );
  await writeFile(join(content, MANIFEST), JSON.stringify(await sizes(content)));
}

/**
 * `inflate` writes below the folder for temporary files, which it asks for before it returns its promise: only for
 * so long is ours another.
 */
async function inflateInto(folder: string, part: string): Promise<void> {
  const before = process.env.TMPDIR;
  let inflated: Promise<string>;
  try {
    process.env.TMPDIR = folder;
    inflated = inflate(part);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  const path = await inflated;
  if (relative(folder, path).startsWith('..'))
    throw new Error(`${part} was unpacked to ${path}, not to ${folder}`);
}

/** Ours alone, and whole. */
async function isComplete(kept: string): Promise<boolean> {
  const folder = await lstat(kept).catch(() => undefined);
  if (!folder) return false;
  const foreign = !folder.isDirectory() || folder.uid !== process.getuid?.() || (folder.mode & 0o022) !== 0;
  if (foreign) {
    throw new Error(
      `${kept} is there, and not a folder that only we can write to: it may be somebody's trap. Remove it`,
    );
  }
  return isWhole(kept);
}

/** Every file has the size written down. */
async function isWhole(folder: string): Promise<boolean> {
  const found = await Promise.all(
    Object.entries(await writtenSizes(folder)).map(
      async ([path, size]) => (await stat(join(folder, path)).catch(() => undefined))?.size === size,
    ),
  );
  return found.length > PARTS.length && found.every(Boolean);
}

/** What the manifest says; nothing where it is missing or damaged, which is as good as an empty folder. */
async function writtenSizes(kept: string): Promise<Manifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(kept, MANIFEST), 'utf8')));
  } catch {
    return {};
  }
}

async function sizes(folder: string): Promise<Manifest> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [relative(folder, file), (await stat(file)).size] as const)),
  );
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}

function ifGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
