import { type Edition, monthBefore, monthWindow } from '../edition.ts';
import type { Wish } from '../sources/source.ts';

/**
 * What one edition needs of the sources: its month, and the month before it for comparison.
 *
 * @param makers namespaces on the Hub that belong to known makers
 */
export function wishFor(edition: Edition, makers: readonly string[]): Wish {
  return { window: { from: monthWindow(monthBefore(edition)).from, to: monthWindow(edition).to }, makers };
}
