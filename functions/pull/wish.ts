import { type Edition, editionOf, monthBefore, monthWindow, runningMonth } from '../edition.ts';
import type { Wish } from '../sources/source.ts';

/**
 * What one edition needs of the sources: its month, and the month before it for comparison. Of a month that is not
 * over, the days that are; on its first day, when none is, what the edition before it needs.
 *
 * @param makers namespaces on the Hub that belong to known makers
 * @param now the time of the pull
 */
export function wishFor(edition: Edition, makers: readonly string[], now: Date): Wish {
  const yesterday = new Date(now.getTime() - 86_400_000);
  const isRunning = edition === editionOf(now);
  const month = isRunning ? runningMonth(now) : edition;
  const { from } = monthWindow(monthBefore(month));
  const to = isRunning ? yesterday.toISOString().slice(0, 10) : monthWindow(month).to;
  return { window: { from, to }, makers };
}
