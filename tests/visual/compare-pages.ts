import { comparePictures, type Difference } from './compare-pictures.ts';
import type { Picture } from './picture.ts';

/** A page that is not as it was accepted: changed, new, or no longer there. */
export interface ChangedPage {
  readonly language: string;
  readonly page: number;
  readonly before: Picture | null;
  readonly after: Picture | null;
  readonly difference: Difference | { readonly kind: 'added' } | { readonly kind: 'gone' };
}

/**
 * Compares the pages of a language with the accepted ones, in their order.
 *
 * @param only the number of the one page to look at, from 1
 */
export function comparePages(
  language: string,
  accepted: ReadonlyMap<number, Picture>,
  now: readonly Picture[],
  only?: number,
): ChangedPage[] {
  const last = Math.max(now.length, ...accepted.keys());
  const changed: ChangedPage[] = [];
  for (let page = 1; page <= last; page++) {
    if (only !== undefined && page !== only) continue;
    const [before, after] = [accepted.get(page) ?? null, now[page - 1] ?? null];
    const difference =
      before && after
        ? comparePictures(before, after)
        : before
          ? { kind: 'gone' as const }
          : after && { kind: 'added' as const };
    if (difference) changed.push({ language, page, before, after, difference });
  }
  return changed;
}

/** A changed page in one line: language, page, how much, where. */
export function inOneLine({ language, page, difference }: ChangedPage): string {
  const name = `${language} page ${page}`;
  switch (difference.kind) {
    case 'added':
      return `${name}: new, no such page is accepted`;
    case 'gone':
      return `${name}: gone, the report ends before it`;
    case 'size':
      return `${name}: its size is ${difference.after}, accepted is ${difference.before}`;
    case 'pixels': {
      const { left, top, right, bottom } = difference.where;
      const pixels = new Intl.NumberFormat('en').format(difference.pixels);
      return `${name}: ${pixels} ${difference.pixels === 1 ? 'pixel differs' : 'pixels differ'}, ${left}–${right} pt from the left, ${top}–${bottom} pt from the top`;
    }
  }
}
