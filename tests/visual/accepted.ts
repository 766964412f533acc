import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { ArchiveCorrupt } from '../../functions/errors.ts';
import type { Picture } from './picture.ts';
import { readPng, smallPng } from './png.ts';

/** Where the accepted pages lie: `<language>/<nn>.png`. */
export const BASELINE = new URL('baseline/', import.meta.url);

/** How a page is named in every folder: `07` for the seventh. */
export function pageName(page: number): string {
  return String(page).padStart(2, '0');
}

/** The languages that have accepted pages, by name. */
export async function acceptedLanguages(folder: URL): Promise<string[]> {
  const entries = await inFolder(folder);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** The numbers of a language's accepted pages. */
export async function acceptedNumbers(folder: URL, language: string): Promise<number[]> {
  const entries = await inFolder(new URL(`${language}/`, folder));
  return entries.flatMap(({ name }) => Number(/^(\d{2,3})\.png$/.exec(name)?.[1] ?? 0) || []);
}

/**
 * The accepted pages of a language by number.
 *
 * @throws ArchiveCorrupt if one of them is no whole picture; it names the file and what to do
 */
export async function acceptedPages(folder: URL, language: string): Promise<ReadonlyMap<number, Picture>> {
  const own = new URL(`${language}/`, folder);
  const pages = new Map<number, Picture>();
  for (const number of await acceptedNumbers(folder, language)) {
    const name = `${pageName(number)}.png`;
    const bytes = await readFile(new URL(name, own));
    try {
      pages.set(number, readPng(bytes));
    } catch (cause) {
      throw new ArchiveCorrupt(
        `The accepted page ${language}/${name} is damaged: ${cause instanceof Error ? cause.message : String(cause)} (${bytes.length} bytes). Take it from version control again, or accept the page as it is now: npm run visual -- --accept --lang ${language} --page ${number}`,
        { language, page: number },
        cause,
      );
    }
  }
  return pages;
}

/** Accepts a page as it is now; null takes an accepted page away. */
export async function accept(
  folder: URL,
  language: string,
  page: number,
  picture: Picture | null,
): Promise<void> {
  const own = new URL(`${language}/`, folder);
  const file = new URL(`${pageName(page)}.png`, own);
  if (picture === null) return rm(file, { force: true });
  await mkdir(own, { recursive: true });
  await writeFile(file, smallPng(picture));
}

/** Takes away the accepted pages of a language that is no longer made. */
export async function forget(folder: URL, language: string): Promise<void> {
  await rm(new URL(`${language}/`, folder), { recursive: true, force: true });
}

async function inFolder(folder: URL) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
