import { PDFArray, PDFDict, type PDFDocument, PDFName } from '@cantoo/pdf-lib';
import type { Check } from '../compute/figures.ts';
import { instructionsOf, SHOWS } from '../print/content-stream.ts';
import { readGlyphMap } from '../print/glyph-map.ts';
import { contentsOf, resourceOf } from '../print/page-content.ts';
import { judged, unless } from './pdf-judged.ts';

const name = PDFName.of;

/** That every glyph is in the file, and says what it stands for. */
export function fontRules(document: PDFDocument): Check[] {
  const shown = shownCodes(document);
  return [embedded([...shown.keys()]), readable(shown)];
}

function embedded(fonts: readonly PDFDict[]): Check {
  const wrong = fonts.flatMap((font) => {
    const called = nameOf(font);
    const descendant = font.lookupMaybe(name('DescendantFonts'), PDFArray)?.lookupMaybe(0, PDFDict) ?? font;
    const descriptor = descendant.lookupMaybe(name('FontDescriptor'), PDFDict);
    const files = ['FontFile', 'FontFile2', 'FontFile3'];
    return [
      ...unless(String(font.get(name('Subtype'))) !== '/Type3', `${called} is a Type 3 font`),
      ...unless(
        files.some((file) => descriptor?.has(name(file)) === true),
        `${called} is not embedded`,
      ),
      ...unless(
        String(descendant.get(name('Subtype'))) !== '/CIDFontType2' || descendant.has(name('CIDToGIDMap')),
        `${called} does not say which glyph a code is`,
      ),
    ];
  });
  return judged(
    'fonts-kept',
    'A font that is not wholly in the file is replaced in thirty years by one that nobody chose.',
    wrong,
    `${fonts.length} fonts`,
  );
}

/** What no glyph may stand for: nothing, or marks of the order of bytes. */
const NOTHING = /^$|[\0\uFEFF\uFFFE]/;

function readable(shown: ReadonlyMap<PDFDict, ReadonlySet<number>>): Check {
  const wrong = [...shown].flatMap(([font, codes]) => {
    const map = readGlyphMap(font);
    const mute = [...codes].filter((code) => code === 0 || NOTHING.test(map.get(code) ?? ''));
    return mute.length === 0
      ? []
      : [`${mute.length} glyphs of ${nameOf(font)} say nothing, the first ${mute[0]}`];
  });
  return judged(
    'glyphs-say-text',
    'A glyph that does not say its letter is lost to search, to copying and to a screen reader.',
    wrong,
    'every glyph says what it stands for',
  );
}

/** The codes of each font that pages and forms show. */
function shownCodes(document: PDFDocument): Map<PDFDict, Set<number>> {
  const shown = new Map<PDFDict, Set<number>>();
  for (const content of contentsOf(document)) {
    let codes = new Set<number>();
    for (const { operator, operands } of instructionsOf(content.text)) {
      if (operator === 'Tf') {
        const font = resourceOf(content.owner, 'Font', (operands[0] ?? '').slice(1));
        if (!(font instanceof PDFDict)) throw new SyntaxError(`a page has no font ${operands[0]}`);
        codes = shown.get(font) ?? new Set();
        shown.set(font, codes);
      } else if (SHOWS.has(operator))
        for (const [digits] of (operands[0] ?? '').matchAll(/[\dA-Fa-f]{4}/g))
          codes.add(Number.parseInt(digits, 16));
    }
  }
  return shown;
}

function nameOf(font: PDFDict): string {
  return (font.lookupMaybe(name('BaseFont'), PDFName)?.decodeText() ?? 'a font').replace(/^[A-Z]{6}\+/, '');
}
