import { TemplateError } from '../errors.ts';

/** Where an editor has to look. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

/**
 * An editor's file is wrong.
 *
 * @param what what is wrong, and what to do, as sentences
 */
export function wrongTemplate({ file, line }: Place, what: string, cause?: unknown): TemplateError {
  const where = `templates/${file}${line === undefined ? '' : `, line ${line}`}`;
  return new TemplateError(`${where}: ${what}`, { file, line: line ?? null }, cause);
}

/** The names most like a mistyped one, as the end of a sentence. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = [...known]
    .map((candidate) => ({ candidate, away: distance(name, candidate) }))
    .filter(({ away, candidate }) => away <= Math.max(3, candidate.length / 3))
    .sort((a, b) => a.away - b.away || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => `"${candidate}"`);
  if (near.length > 0) return `Nearby: ${near.join(', ')}.`;
  const some = [...known]
    .sort()
    .slice(0, 8)
    .map((candidate) => `"${candidate}"`);
  return some.length > 0
    ? `There are ${some.join(', ')}${some.length === 8 ? ' …' : ''}.`
    : 'There are none.';
}

/** Levenshtein's distance of two names, cut at 60 characters. */
function distance(a: string, b: string): number {
  const [left, right] = [a.slice(0, 60), b.slice(0, 60)];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
