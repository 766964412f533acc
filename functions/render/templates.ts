import { readdir, readFile } from 'node:fs/promises';
import { TemplateError } from '../errors.ts';
import { fontName, readFont, wholeFace } from './font-files.ts';
import { readTheme } from './theme.ts';

/** The editor's folder as values: every text file by its path, and the font files its theme names. */
export interface Templates {
  readonly files: ReadonlyMap<string, string>;
  /** Font files by `package/file`, base64; a face in slices is one file that holds them all. */
  readonly fonts: ReadonlyMap<string, string>;
  /** Of the folder that published ones came from. */
  readonly commit?: string;
}

const TEXT = /\.(hbs|css|json|md)$/;

/**
 * Reads the editor's folder once; from here on templates are values.
 *
 * @param folder URL of the folder, ending in `/`
 * @throws TemplateError if the folder or a font its theme names cannot be read
 */
export async function loadTemplates(folder: URL): Promise<Templates> {
  const files = await loadTemplateFiles(folder);
  const fonts = new Map<string, string>();
  for (const face of readTheme(files).faces)
    for (const file of [face, wholeFace(face)]) fonts.set(fontName(file), await readFont(file));
  return { files, fonts };
}

/**
 * Reads the folder's text files alone.
 *
 * @throws TemplateError if the folder cannot be read
 */
export async function loadTemplateFiles(folder: URL): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const path of await textFiles(folder)) files.set(path, await readFile(new URL(path, folder), 'utf8'));
  return files;
}

async function textFiles(folder: URL): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true });
    return entries
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => TEXT.test(path) && !path.split('/').some((part) => part.startsWith('.')))
      .sort();
  } catch (cause) {
    throw new TemplateError(
      `The templates cannot be read at ${folder.href}. Check that the folder is there and readable.`,
      { folder: folder.href },
      cause,
    );
  }
}
