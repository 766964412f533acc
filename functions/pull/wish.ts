import { type Edition, editionOf, monthBefore, monthWindow } from '../edition.ts';
import type { Wish } from '../sources/source.ts';

/**
 * What one edition needs of the sources: its month, and the month before it for comparison. Of a month that is not
 * over, the days that are.
 *
 * @param makers namespaces on the Hub that belong to known makers
 * @param now the time of the pull
 */
export function wishFor(edition: Edition, makers: readonly string[], now: Date): Wish {
  const { from } = monthWindow(monthBefore(edition));
  const { to } = monthWindow(edition);
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
  return { window: { from, to: edition === editionOf(now) && yesterday < to ? yesterday : to }, makers };
}
