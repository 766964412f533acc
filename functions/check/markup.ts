import type { Check } from '../compute/figures.ts';

/** A check of a page: what was found is what is wrong with it. */
export function found(
  id: string,
  sentence: string,
  matches: readonly string[],
  fine: string,
  grave: Check['outcome'] = 'refuse',
): Check {
  return {
    id,
    sentence,
    outcome: matches.length > 0 ? grave : 'passed',
    detail: matches.length > 0 ? matches.slice(0, 5).join(' ').slice(0, 300) : fine,
  };
}

/** Everything in a page that is of a form. */
export function all(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([match]) => match);
}

/** The value of an attribute in a tag, or nothing. */
export function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`, 'i').exec(tag)?.[1];
}

/** The values of an attribute in all tags of a page. */
export function attributes(html: string, name: string): string[] {
  return all(html, /<[a-z][^>]*>/gi).flatMap((tag) => attribute(tag, name) ?? []);
}
