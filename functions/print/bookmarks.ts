import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { type TagWords, textIn } from './tag-texts.ts';
import { typeOf } from './tag-tree.ts';

/**
 * Names the bookmarks as the headings are written: Chromium takes their names from how the headings are shown, in which
 * the words of a script that is read from the right come in the wrong order.
 */
export function nameBookmarks(document: PDFDocument, words: TagWords): void {
  const headings = words.tags.filter(({ element }) => /^H[1-6]$/.test(typeOf(element)));
  const bookmarks = bookmarksOf(document.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict));
  if (bookmarks.length !== headings.length) return;
  for (const [index, heading] of headings.entries()) {
    const bookmark = bookmarks[index];
    const name = textIn(heading, words).replace(/\s+/g, ' ').trim();
    const shown = bookmark?.lookup(TITLE);
    if (!(shown instanceof PDFString || shown instanceof PDFHexString)) continue;
    if (charactersOf(shown.decodeText()) === charactersOf(name))
      bookmark?.set(TITLE, PDFHexString.fromText(name));
  }
}

const TITLE = PDFName.of('Title');

/** Every bookmark below a node, in their order. */
function bookmarksOf(node: PDFDict | undefined): PDFDict[] {
  const found: PDFDict[] = [];
  let next = node?.lookupMaybe(PDFName.of('First'), PDFDict);
  while (next) {
    found.push(next, ...bookmarksOf(next));
    next = next.lookupMaybe(PDFName.of('Next'), PDFDict);
  }
  return found;
}

/** The same whatever their order; spaces apart. */
function charactersOf(text: string): string {
  return [...text.replace(/[\s\u200e\u200f\u2066-\u2069]/g, '')].sort().join('');
}
