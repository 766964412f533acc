import type { Check } from '../compute/figures.ts';
import type { PdfFacts } from './pdf.ts';
import { judged, unless } from './pdf-judged.ts';
import { plainDigits, readsFromRight, says, withoutFurniture } from './pdf-text.ts';

/** What the PDF of an edition must say. */
export interface PdfExpectation {
  readonly title: string;
  readonly language: string;
  /** Sentences that must stand on the cover. */
  readonly onCover: readonly string[];
  /** Families it may be set in, as PDF names begin: `Inter`, `SourceSerif4`. */
  readonly families: readonly string[];
  /** Names of the files that must be inside. */
  readonly attachments?: readonly string[];
}

/**
 * The recorded edition has about 20 pages; one with a history of usage, corrections or many repairs has some more, and
 * so have languages of longer words. Far fewer means that sections are lost, far more that one ran wild.
 */
const PAGES = { fewest: 8, most: 32 };

/** A page with fewer letters and digits, beside what recurs on every page, shows a heading at most. */
const EMPTY_BELOW = 60;

/** Judges a PDF as a reader, an archivist and a screen reader would. */
export function judgePdf(facts: PdfFacts, expected: PdfExpectation): Check[] {
  return [
    pageCount(facts),
    noEmptyPage(facts),
    numbered(facts, expected),
    noLeftovers(facts),
    saysOnCover(facts, expected),
    noMissingGlyph(facts),
    titled(facts, expected),
    inItsLanguage(facts, expected),
    tagged(facts),
    outlined(facts),
    linked(facts),
    embedded(facts),
    noType3(facts),
    ownFaces(facts, expected),
    attached(facts, expected),
  ];
}

function pageCount({ pages }: PdfFacts): Check {
  return judged(
    'page-count',
    'A report of the wrong length has lost its sections, or repeats them.',
    unless(
      pages >= PAGES.fewest && pages <= PAGES.most,
      `${pages} pages, expected ${PAGES.fewest} to ${PAGES.most}`,
    ),
    `${pages} pages`,
  );
}

function noEmptyPage({ textByPage }: PdfFacts): Check {
  return judged(
    'no-empty-page',
    'A chart or section that failed to print leaves a page with only its head and foot.',
    withoutFurniture(textByPage).flatMap((text, index) =>
      unless(signsOf(text) >= EMPTY_BELOW, `page ${index + 1} is nearly empty`),
    ),
    'every page has text',
  );
}

/** Letters and digits; a Chinese sign says as much as three of another writing. */
function signsOf(text: string): number {
  const count = (signs: RegExp) => text.match(signs)?.length ?? 0;
  return count(/[\p{L}\p{N}]/gu) + 2 * count(/\p{Script=Han}/gu);
}

/** Where lines are read from the right, the number of the page stands to the right of the number of pages. */
function numbered({ textByPage, pages }: PdfFacts, { language }: PdfExpectation): Check {
  const counts = (text: string, first: number, last: number) =>
    new RegExp(`(^|\\D)${first} ?/ ?${last}(\\D|$)`).test(text);
  return judged(
    'numbered',
    'A page without its number cannot be cited.',
    textByPage.flatMap((given, index) => {
      const text = plainDigits(given);
      const isNumbered =
        counts(text, index + 1, pages) || (readsFromRight(language) && counts(text, pages, index + 1));
      return unless(index === 0 || isNumbered, `page ${index + 1} does not say ${index + 1} / ${pages}`);
    }),
    'every page after the cover says its number',
  );
}

function noLeftovers({ textByPage, outline, title }: PdfFacts): Check {
  const texts: [where: string, text: string][] = [
    ...textByPage.map((text, index): [string, string] => [`page ${index + 1}`, text]),
    ...outline.map((bookmark): [string, string] => ['a bookmark', bookmark.title]),
    ['the title', title ?? ''],
  ];
  return judged(
    'no-leftovers',
    'A hole in a template reaches readers as “undefined” where a number should be.',
    texts.flatMap(([where, text]) =>
      [...text.matchAll(/\{\{|\}\}|\bundefined\b|\bNaN\b|\[object\b|\bInvalid Date\b/g)].map(
        ([found]) => `${where}: ${found}`,
      ),
    ),
    'no trace of a template',
  );
}

function saysOnCover({ textByPage: [cover = ''] }: PdfFacts, { onCover, language }: PdfExpectation): Check {
  return judged(
    'says-on-cover',
    'A cover that does not say the edition’s own headline is another edition’s, or clipped.',
    onCover.flatMap((sentence) =>
      unless(says(cover, sentence, readsFromRight(language)), `not on the cover: ${sentence}`),
    ),
    'the headline stands on the cover',
  );
}

function noMissingGlyph({ missingGlyphsByPage }: PdfFacts): Check {
  return judged(
    'no-missing-glyph',
    'A character without a glyph prints as an empty box, which text extraction does not see.',
    missingGlyphsByPage.flatMap((count, index) => unless(count === 0, `${count} on page ${index + 1}`)),
    'no empty box',
  );
}

function titled({ title }: PdfFacts, expected: PdfExpectation): Check {
  return judged(
    'titled',
    'Without its title a reader’s tab and an archive’s list say “report.pdf”.',
    unless(title === expected.title, `the title is ${title ?? 'not set'}, expected ${expected.title}`),
    expected.title,
  );
}

function inItsLanguage({ language }: PdfFacts, expected: PdfExpectation): Check {
  return judged(
    'language',
    'Without its language a screen reader reads it with the wrong voice.',
    unless(
      language === expected.language,
      `the language is ${language ?? 'not set'}, expected ${expected.language}`,
    ),
    expected.language,
  );
}

function tagged(facts: PdfFacts): Check {
  return judged(
    'tagged',
    'Without tags a screen reader guesses what is a heading, and in which order a table is read.',
    unless(facts.tagged, 'it has no tags'),
    'tagged',
  );
}

/** One heading for the document, and at least two below it: a report of one section is none. */
function outlined({ outline }: PdfFacts): Check {
  return judged(
    'outlined',
    'Without bookmarks nobody jumps to a section, and the lost heading behind one goes unnoticed.',
    [
      ...unless(outline.length >= 3, `${outline.length} bookmarks`),
      ...outline
        .filter(({ page, title }) => page === null || title.trim() === '')
        .map(({ title }) => `the bookmark “${title}” has no name or leads nowhere`),
    ],
    `${outline.length} bookmarks`,
  );
}

/** What a reader can follow; a relative address became one of the name that the document was printed under. */
const REACHABLE = /^(https:\/\/(?![^/]*\.invalid(\/|$))|mailto:)/;

function linked({ links }: PdfFacts): Check {
  return judged(
    'linked',
    'A link that leads nowhere, or to a file of the machine that printed it, works for nobody.',
    links
      .filter(({ outside, to, page }) => (outside ? !REACHABLE.test(to) : page === null))
      .map(({ from, to }) => `page ${from}: ${to}`),
    `${links.length} links`,
  );
}

function embedded({ fonts }: PdfFacts): Check {
  return judged(
    'embedded',
    'A font that is not in the file is replaced by whatever the reader’s machine has.',
    fonts.flatMap((font) => unless(font.embedded, `${font.name} is not embedded`)),
    `${fonts.length} faces, all embedded`,
  );
}

function noType3({ fonts }: PdfFacts): Check {
  return judged(
    'no-type3',
    'A weight or slant that the browser had to invent becomes a Type 3 font: blurred on screens, refused by archives.',
    fonts.flatMap(({ type3, name }) => unless(!type3, `${name} is a Type 3 font`)),
    'no Type 3 font',
  );
}

function ownFaces({ fonts }: PdfFacts, { families }: PdfExpectation): Check {
  const isOwn = (name: string) => families.some((family) => name.startsWith(family));
  return judged(
    'own-faces',
    'A foreign face fills a hole in ours, with letters that do not match.',
    fonts.flatMap(({ name, type3 }) => unless(type3 || isOwn(name), `${name} is none of the report’s faces`)),
    families.join(', '),
  );
}

function attached(facts: PdfFacts, { attachments = [] }: PdfExpectation): Check {
  return judged(
    'attached',
    'A PDF travels alone: without its data inside, nobody can check a chart.',
    attachments.flatMap((name) => unless(facts.attachments.includes(name), `${name} is not attached`)),
    `${facts.attachments.length} files attached`,
  );
}
