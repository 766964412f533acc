import { type PrintedCorrection, reasonIn } from '../publish/corrections.ts';
import type { FiguresBook } from './figures-book.ts';
import { escapeHtml, Text, Written } from './html.ts';

/** How much of a correction's reason the cover has room for; the method section has it whole. */
const ON_COVER = 180;

/** Our own sentences may be longer than a cell. */
export function long(text: string): Written {
  const parts = text.match(/[\s\S]{1,100}/g) ?? [];
  return new Written(parts.map((part) => new Text(part).toHTML()).join(''), text);
}

/** What the figures say in words, in the report's own language: its faces have all its letters. */
export function told(text: string): Written {
  return new Written(escapeHtml(text), text);
}

/** A correction's reason in the page's language; the original, marked as it is, where nobody wrote it in that. */
export function correctionText(correction: PrintedCorrection, locale: string, text: string): Written {
  if (correction.translations && Object.hasOwn(correction.translations, locale)) return told(text);
  const original = long(text);
  return locale === ORIGINAL
    ? original
    : new Written(`<span lang="${ORIGINAL}" dir="ltr">${original.toHTML()}</span>`, text);
}

/** The language a reason is first written in. */
const ORIGINAL = 'en';

/** The latest correction as the cover tells it: its reason cut at a word, and how many were made before it. */
export function lastCorrection(corrections: readonly PrintedCorrection[], locale: string): object | null {
  const latest = corrections.at(-1);
  if (!latest) return null;
  const { corrects, at } = latest;
  const reason = reasonIn(latest, locale);
  const isCut = reason.length > ON_COVER;
  const shown = isCut ? `${reason.slice(0, ON_COVER).replace(/\s+\S*$/, '')} …` : reason;
  const because = correctionText(latest, locale, shown);
  return { corrects, because, at, isCut, earlier: corrections.length - 1 };
}

/** What the matched panel of downloads says: of how many models, and China's share at its first and its last look. */
export function matchedPanel(book: FiguresBook): object | null {
  const china = (book.table('downloads-observations')?.rows ?? [])
    .filter(({ country }) => country === 'china')
    .toSorted((a, b) => (String(a.day) < String(b.day) ? -1 : 1));
  const [first, last] = [china[0], china.at(-1)];
  if (!first || !last || first === last || first.share === null || last.share === null) return null;
  return { models: last.repositories ?? null, from: first.day, first: first.share, last: last.share };
}

/**
 * Who leads in downloads under every choice of the sensitivity table: `china` or `unitedStates` where all choices
 * agree, `mixed` where they do not, `missing` where there are none.
 */
export function choicesOf(book: FiguresBook): string {
  const leaders = new Set(
    (book.table('sensitivity')?.rows ?? [])
      .filter(({ headline }) => headline === 'downloads')
      .map(({ leader }) => String(leader)),
  );
  const [only] = leaders;
  if (only === undefined) return 'missing';
  return leaders.size === 1 && (only === 'china' || only === 'unitedStates') ? only : 'mixed';
}
