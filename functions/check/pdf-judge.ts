import type { Check } from '../compute/figures.ts';
import type { PdfFacts } from './pdf.ts';

/** What the PDF of an edition must say. */
export interface PdfExpectation {
  readonly title: string;
  readonly language: string;
  /** Sentences that must stand on the cover. */
  readonly onCover: readonly string[];
  /** Families it may be set in, as PDF names begin: `Inter`, `SourceSerif4`. */
  readonly families: readonly string[];
}

/** The contents of REPORT are 12 to 16 pages; fewer means that sections are lost, more that something ran wild. */
const PAGES = { fewest: 8, most: 24 };

/** A page with fewer characters than this shows a running head and foot, and nothing between. */
const EMPTY_BELOW = 120;

/** Judges a PDF as a reader, an archivist and a screen reader would. */
export function judgePdf(facts: PdfFacts, expected: PdfExpectation): Check[] {
  return [
    pageCount(facts),
    noEmptyPage(facts),
    numbered(facts),
    noLeftovers(facts),
    saysOnCover(facts, expected.onCover),
    ...named(facts, expected),
    navigable(facts),
    ownFonts(facts, expected.families),
    noMissingGlyph(facts),
  ];
}

function judged(id: string, sentence: string, wrong: readonly string[], fine: string): Check {
  return {
    id: `pdf.${id}`,
    sentence,
    outcome: wrong.length > 0 ? 'refuse' : 'passed',
    detail: wrong.length > 0 ? wrong.slice(0, 5).join('; ').slice(0, 400) : fine,
  };
}

function pageCount({ pages }: PdfFacts): Check {
  const wrong =
    pages < PAGES.fewest || pages > PAGES.most
      ? [`${pages} pages, expected ${PAGES.fewest} to ${PAGES.most}`]
      : [];
  return judged(
    'page-count',
    'A report of the wrong length has lost its sections, or repeats them.',
    wrong,
    `${pages} pages`,
  );
}

function noEmptyPage({ textByPage }: PdfFacts): Check {
  const wrong = textByPage.flatMap((text, index) =>
    text.replace(/\s/g, '').length < EMPTY_BELOW ? [`page ${index + 1} is empty`] : [],
  );
  return judged(
    'no-empty-page',
    'A chart or section that failed to print leaves a page with only its head and foot.',
    wrong,
    'every page has text',
  );
}

function numbered({ textByPage, pages }: PdfFacts): Check {
  const wrong = textByPage.flatMap((text, index) =>
    index > 0 && !new RegExp(`(^|\\D)${index + 1}\\s*/\\s*${pages}(\\D|$)`).test(text)
      ? [`page ${index + 1} does not say ${index + 1} / ${pages}`]
      : [],
  );
  return judged(
    'numbered',
    'A page without its number cannot be cited.',
    wrong,
    'every page after the cover says its number',
  );
}

function noLeftovers({ textByPage }: PdfFacts): Check {
  const wrong = textByPage.flatMap((text, index) =>
    [...text.matchAll(/\{\{|\}\}|\bundefined\b|\bNaN\b|\[object /g)].map(
      ([found]) => `page ${index + 1}: ${found}`,
    ),
  );
  return judged(
    'no-leftovers',
    'A hole in a template reaches readers as “undefined” where a number should be.',
    wrong,
    'no trace of a template',
  );
}

function saysOnCover({ textByPage }: PdfFacts, sentences: readonly string[]): Check {
  const bare = (text: string) => text.normalize('NFKC').replace(/[\s\u200e\u200f\u2066-\u2069]/g, '');
  const cover = bare(textByPage[0] ?? '');
  const wrong = sentences
    .filter((sentence) => !cover.includes(bare(sentence)))
    .map((sentence) => `not on the cover: ${sentence}`);
  return judged(
    'says-on-cover',
    'A cover that does not say the edition’s own headline is another edition’s, or clipped.',
    wrong,
    'the headline stands on the cover',
  );
}

function named({ title, language }: PdfFacts, expected: PdfExpectation): Check[] {
  return [
    judged(
      'titled',
      'Without its title a reader’s tab and an archive’s list say “report.pdf”.',
      title === expected.title ? [] : [`the title is ${title ?? 'not set'}, expected ${expected.title}`],
      expected.title,
    ),
    judged(
      'language',
      'Without its language a screen reader reads it with the wrong voice.',
      language === expected.language
        ? []
        : [`the language is ${language ?? 'not set'}, expected ${expected.language}`],
      expected.language,
    ),
  ];
}

function navigable({ tagged, outline }: PdfFacts): Check {
  const wrong = [
    ...(tagged ? [] : ['not tagged']),
    ...(outline.length > 2 ? [] : [`${outline.length} bookmarks`]),
  ];
  return judged(
    'navigable',
    'Without tags and bookmarks it cannot be read aloud, nor jumped through.',
    wrong,
    `tagged, ${outline.length} bookmarks`,
  );
}

function ownFonts({ fonts }: PdfFacts, families: readonly string[]): Check {
  const wrong = fonts.flatMap(({ name, embedded, type3 }) => {
    if (type3) return [`${name} is Type 3`];
    if (!embedded) return [`${name} is not embedded`];
    return families.some((family) => name.replace(/^[A-Z]{6}\+/, '').startsWith(family))
      ? []
      : [`${name} is none of the report’s faces`];
  });
  return judged(
    'own-fonts',
    'A font that is not embedded looks different on each machine; a Type 3 one cannot be searched; a foreign one fills a hole in ours.',
    wrong,
    `${fonts.length} faces, all embedded`,
  );
}

function noMissingGlyph({ missingGlyphs }: PdfFacts): Check {
  return judged(
    'no-missing-glyph',
    'A character without a glyph prints as an empty box, which text extraction does not see.',
    missingGlyphs > 0 ? [`${missingGlyphs} empty boxes`] : [],
    'no empty box',
  );
}
