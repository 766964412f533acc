import type { Check } from '../compute/figures.ts';
import type { PdfFacts } from './pdf.ts';
import { type Box, common, liesIn, size } from './pdf-boxes.ts';
import { judged, unless } from './pdf-judged.ts';
import type { PageFacts } from './pdf-page.ts';
import type { Painted } from './pdf-paint.ts';

/** Bytes of a language's PDF with everything attached: more than most mailboxes and phones take without asking. */
const MOST_BYTES = 1_500_000;

/** Points by which the box of a letter may reach beyond what is seen of it: side bearings, and rounding. */
const BEARING = 1;

/** A smaller clip than this, in points, hides text from the eye on purpose, for screen readers alone. */
const HIDDEN_BELOW = 1.5;

/** Two texts share their ink if more than this part of the smaller one's is in the other's. */
const OVERLAP = 0.25;

/** Judges how the pages are laid out: what is cut off, what lies over something else, and how large it all is. */
export function judgeLayout(facts: PdfFacts): Check[] {
  return [notClipped(facts), notOverlapping(facts), smallEnough(facts)];
}

function notClipped({ layout }: PdfFacts): Check {
  return judged(
    'no-clipped-text',
    'Text that leaves its box or its page is cut off there, and the number that is left is another number.',
    layout.flatMap((page, index) =>
      shownTexts(page)
        .filter((one) => !isWhole(one, page))
        .map(({ text, box }) => `page ${index + 1}: “${text.trim()}” ${placeOf(box, page)}`),
    ),
    'every text is whole',
  );
}

function notOverlapping({ layout }: PdfFacts): Check {
  return judged(
    'no-overlapping-text',
    'Two texts on one another are neither read.',
    layout.flatMap((page, index) =>
      pairs(page).map(
        ([one, other]) =>
          `page ${index + 1}: “${one.text.trim()}” on “${other.text.trim()}” ${placeOf(one.box, page)}`,
      ),
    ),
    'no text lies on another',
  );
}

function smallEnough({ bytes }: PdfFacts): Check {
  const size = `${(bytes / 1_000_000).toFixed(2)} MB`;
  return judged(
    'size',
    'A file that is too large is not mailed, and not opened on the way.',
    unless(bytes <= MOST_BYTES, `${size} with what is attached, at most ${MOST_BYTES / 1_000_000} MB`),
    size,
  );
}

/** Texts that a reader is meant to see. */
function shownTexts({ painted }: PageFacts): Painted[] {
  return painted.filter(({ kind, text, clip, opaque }) => {
    const isHidden = clip.right - clip.left < HIDDEN_BELOW || clip.top - clip.bottom < HIDDEN_BELOW;
    return kind === 'text' && opaque && text.trim() !== '' && !isHidden;
  });
}

/** Head and foot may stand anywhere on the page, the document's content where the margins leave room. */
function isWhole({ box, clip, marked }: Painted, { sheet, area }: PageFacts): boolean {
  return liesIn(box, clip, BEARING) && liesIn(box, marked === null ? sheet : area, BEARING);
}

/** Text on text, signs of punctuation apart, whose width is mostly blank; sorted by height, so that a page of thousands of words is compared along its lines alone. */
function pairs(page: PageFacts): [Painted, Painted][] {
  const texts = shownTexts(page)
    .filter(({ askew, text }) => !askew && /[\p{L}\p{N}]/u.test(text))
    .sort((a, b) => a.box.bottom - b.box.bottom);
  const found: [Painted, Painted][] = [];
  for (const [index, one] of texts.entries()) {
    for (let next = index + 1; next < texts.length; next++) {
      const other = texts[next];
      if (!other || other.box.bottom >= one.box.top) break;
      const shared = size(common(one.box, other.box));
      if (shared > OVERLAP * Math.min(size(one.box), size(other.box))) found.push([one, other]);
    }
  }
  return found;
}

/** Where on the page, in points from its top left corner as a person counts. */
function placeOf({ left, top }: Box, { sheet }: PageFacts): string {
  return `at ${Math.round(left - sheet.left)} pt from the left, ${Math.round(sheet.top - top)} pt from the top`;
}
