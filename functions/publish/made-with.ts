import { keys } from '../archive/keys.ts';
import type { Work } from '../archive/work.ts';
import { madeWithArtefact } from '../print/made-with.ts';
import type { Revision } from './editions.ts';

/** What each language was made with, as print wrote it down; nothing of languages printed before it did. */
export async function madeWithOf(
  work: Work,
  locales: readonly string[],
): Promise<Pick<Revision, 'madeWith'>> {
  const { edition } = work.of;
  const found: NonNullable<Revision['madeWith']> = {};
  for (const locale of locales) {
    const key = keys.madeWith(edition, locale);
    if (work.finished.has(key)) found[locale] = await work.read(madeWithArtefact, key);
  }
  return Object.keys(found).length > 0 ? { madeWith: found } : {};
}
