import type { Check } from '../compute/figures.ts';
import type { PrintJob } from '../render/print-job.ts';
import { bare } from './pdf-text.ts';

/** The cover may shorten a reason; so much of it tells which correction is meant. */
const ON_COVER = 60;

/**
 * Judges whether readers are told what was corrected: the latest correction on the cover, all of them on the web page.
 * Nothing is judged of an edition that was never corrected.
 */
export function judgeCorrections(
  corrections: NonNullable<PrintJob['corrections']>,
  { cover, web }: { readonly cover: string; readonly web: string },
): Check[] {
  const latest = corrections.at(-1);
  if (!latest) return [];
  const [onCover, onWeb] = [signs(cover), signs(textOf(web))];
  const missing = [
    ...(onCover.includes(signs(latest.because.slice(0, ON_COVER)))
      ? []
      : [`not on the cover: ${latest.because}`]),
    ...corrections
      .filter(({ because }) => !onWeb.includes(signs(because)))
      .map(({ because }) => `not on the web page: ${because}`),
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

/** What every face draws: a sign that a language’s faces lack is printed as another, and the comparison is without it. */
function signs(text: string): string {
  return bare(text)
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '');
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
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
      const known = ENTITIES[name.toLowerCase()];
      if (known !== undefined) return known;
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return Number.isInteger(code) && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
