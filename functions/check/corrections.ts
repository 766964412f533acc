import type { Check } from '../compute/figures.ts';
import { reasonIn } from '../publish/corrections.ts';
import type { PrintJob } from '../render/print-job.ts';

/** The cover may shorten a reason; so much of it tells which correction is meant. */
const ON_COVER = 60;

/**
 * Judges whether readers are told what was corrected: the latest correction on the cover, all of them on the web page.
 * Nothing is judged of an edition that was never corrected.
 */
export function judgeCorrections(
  corrections: NonNullable<PrintJob['corrections']>,
  { cover, web, locale }: { readonly cover: string; readonly web: string; readonly locale: string },
): Check[] {
  const latest = corrections.at(-1);
  if (!latest) return [];
  const page = textOf(web);
  const told = reasonIn(latest, locale);
  const missing = [
    ...(tells(cover, told.slice(0, ON_COVER)) ? [] : [`not on the cover: ${told}`]),
    ...corrections
      .map((one) => reasonIn(one, locale))
      .filter((reason) => !tells(page, reason))
      .map((reason) => `not on the web page: ${reason}`),
  ];
  return [
    {
      id: 'corrections.printed',
      sentence: 'A corrected edition that does not say so looks as if the first one had never been.',
      outcome: missing.length > 0 ? 'refuse' : 'passed',
      detail:
        missing.length > 0 ? missing.join('; ').slice(0, 400) : 'cover and web page say what was corrected',
    },
  ];
}

/**
 * Whether a text has a reason's letters and digits in their order; of what is written from right to left each word,
 * since a PDF's text may have such words in the order of the page.
 */
function tells(text: string, reason: string): boolean {
  if (!/\p{Script=Arabic}|\p{Script=Hebrew}/u.test(reason)) return signs(text).includes(signs(reason));
  const there = new Set(words(text));
  // The last one may have been cut.
  return words(reason)
    .slice(0, -1)
    .every((word) => there.has(word) || there.has([...word].reverse().join('')));
}

/** Letters and digits alone, without accents: a sign that a language's faces lack is printed as another. */
function signs(text: string): string {
  return plain(text).replace(/[^\p{L}\p{N}]/gu, '');
}

function words(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
};

/** What a reader sees of a page: no style sheets, no tags, entities as the signs they stand for. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
      const known = ENTITIES[name.toLowerCase()];
      if (known !== undefined) return known;
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return Number.isInteger(code) && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
