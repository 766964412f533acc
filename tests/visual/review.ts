import { writeFile } from 'node:fs/promises';
import { BadRequest } from '../../functions/errors.ts';
import { accept, acceptedLanguages, acceptedNumbers, acceptedPages, forget } from './accepted.ts';
import { type Asked, assertPageExists } from './asked.ts';
import { type ChangedPage, comparePages } from './compare-pages.ts';
import { contactSheet, type SheetPages } from './contact-sheet.ts';
import { clearEvidence, leaveEvidence } from './evidence.ts';
import { type IndexedLanguage, indexPage } from './index-page.ts';
import type { Picture } from './picture.ts';
import { fullPng } from './png.ts';

/** The pages of a language as pixels. */
export interface LanguagePages {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly pages: readonly Picture[];
}

/** Where a review reads accepted pages, and where it leaves what it found. */
export interface Folders {
  readonly baseline: URL;
  readonly changed: URL;
}

/**
 * Compares all pages with the accepted ones; leaves what changed, an index of it and the sheets of all pages.
 *
 * @returns the pages that are not as accepted
 * @throws BadRequest if nothing was accepted yet, or there is no such page; ArchiveCorrupt if an accepted page is damaged
 */
export async function reviewPages(
  languages: readonly LanguagePages[],
  { page }: Pick<Asked, 'page'>,
  { baseline, changed: folder }: Folders,
): Promise<ChangedPage[]> {
  await clearEvidence(folder);
  const indexed: IndexedLanguage[] = [];
  const sheets: SheetPages[] = [];
  const all: ChangedPage[] = [];
  for (const { language, direction, pages } of languages) {
    const accepted = await acceptedPages(baseline, language);
    assertPageExists(page, Math.max(pages.length, ...accepted.keys()));
    const changed = accepted.size === 0 ? [] : comparePages(language, accepted, pages, page);
    const evidence = [];
    for (const one of changed) evidence.push(await leaveEvidence(folder, one));
    all.push(...changed);
    indexed.push({ language, direction, evidence });
    sheets.push({ language, direction, pages, changed: new Set(changed.map((one) => one.page)) });
  }
  for (const one of sheets)
    await writeFile(new URL(`contact-sheet.${one.language}.png`, folder), fullPng(contactSheet([one], 6, 2)));
  await writeFile(new URL('contact-sheet.png', folder), fullPng(contactSheet(sheets, 10, 4)));
  await writeFile(new URL('index.html', folder), indexPage(indexed));
  await assertSomethingAccepted(languages, baseline);
  return all;
}

/** Accepts pages as they are now, and takes away accepted pages that are no more. */
export async function acceptPages(
  languages: readonly LanguagePages[],
  { page }: Pick<Asked, 'page'>,
  baseline: URL,
): Promise<void> {
  for (const { language, pages } of languages) {
    assertPageExists(page, Math.max(pages.length, ...(await acceptedNumbers(baseline, language))));
    if (page !== undefined) await accept(baseline, language, page, pages[page - 1] ?? null);
    else {
      await forget(baseline, language);
      for (const [index, picture] of pages.entries()) await accept(baseline, language, index + 1, picture);
    }
  }
}

async function assertSomethingAccepted(languages: readonly LanguagePages[], baseline: URL): Promise<void> {
  const accepted = await acceptedLanguages(baseline);
  const without = languages.map(({ language }) => language).filter((one) => !accepted.includes(one));
  if (without.length === 0) return;
  throw new BadRequest(
    `No page of ${without.join(', ')} is accepted yet. Look at tests/visual/changed/contact-sheet.png, then accept: npm run visual -- --accept${accepted.length > 0 ? without.map((one) => ` --lang ${one}`).join('') : ''}`,
  );
}
