import { boundsOf, isPrintable } from './balance.ts';
import { inOwnOrder, type Written } from './html.ts';
import type { Setting } from './vocabulary.ts';

/** The figure the cover speaks of, and the one it falls back to; each with the label of its sentence. */
const SPOKEN = [
  { id: 'usage.china-of-open', key: 'headline.usage' },
  { id: 'downloads.language.publisher-share.china', key: 'headline.downloads' },
] as const;

/** The sentence of the cover, written from the figures: in whole per cent, since it will be quoted. */
export function headline({ book, words, numbers }: Setting): Written {
  const month = numbers.month(book.figures.edition);
  const number = (text: string) => inOwnOrder(text, words.locale);
  for (const { id, key } of SPOKEN) {
    const figure = book.figure(id);
    const bounds = figure && isPrintable(figure) ? boundsOf(figure) : undefined;
    if (!bounds) continue;
    const [low, high] = [numbers.lowEnd(bounds.low, 'share', 0), numbers.share(Number(bounds.high), 0)];
    const range = bounds.low === bounds.high ? '' : String(words.label('number.range', { low, high }));
    return words.label(key, {
      share: number(numbers.share(Number(bounds.value), 0)),
      month,
      bounds: range === '' ? '' : words.label('number.bounds', { range: number(range) }),
    });
  }
  return words.label('headline.none', { month });
}
