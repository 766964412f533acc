import type { Figures } from '../compute/figures.ts';
import { boundsOf, isPrintable, leader } from './balance.ts';
import type { Claim } from './settings.ts';

export type Verdict = 'holds' | 'noLonger' | 'reversed' | 'notComparable' | 'notMeasured' | 'close';

/**
 * Whether a statement of the past still holds this month. Where its window or its scope is another than ours
 * there is no verdict, only our own figure beside it.
 */
export function verdictOn(claim: Claim, figures: Figures): Verdict {
  if (!claim.comparable) return 'notComparable';
  const { test } = claim;
  if (test.kind === 'largest') {
    const table = figures.tables[test.table];
    if (!table || table.rows.length === 0) return 'notMeasured';
    const largest = [...table.rows]
      .sort((a, b) => compare(b[test.column], a[test.column]))
      .slice(0, test.makers.length)
      .map((row) => String(row.maker));
    return test.makers.every((maker) => largest.includes(maker)) ? 'holds' : 'noLonger';
  }
  if (test.kind === 'level') {
    const figure = figures.figures[test.figure];
    const bounds = figure && isPrintable(figure) ? boundsOf(figure) : undefined;
    if (!bounds) return 'notMeasured';
    if (Number(bounds.low) > test.to || Number(bounds.high) < test.from) return 'noLonger';
    return Number(bounds.low) >= test.from && Number(bounds.high) <= test.to ? 'holds' : 'close';
  }
  const [first, second] = [figures.figures[test.first], figures.figures[test.second]];
  if (!first || !second) return 'notMeasured';
  const verdicts: Record<ReturnType<typeof leader>, Verdict> = {
    china: 'holds',
    unitedStates: 'reversed',
    close: 'close',
    level: 'noLonger',
    missing: 'notMeasured',
  };
  return verdicts[leader(first, second)];
}

/** Compares two cells that hold counts or numbers; a missing one is smallest. */
function compare(a: unknown, b: unknown): number {
  const number = (cell: unknown) => (typeof cell === 'string' && /^\d+$/.test(cell) ? BigInt(cell) : cell);
  const [x, y] = [number(a), number(b)];
  if (typeof x !== 'bigint' && typeof x !== 'number')
    return typeof y === 'bigint' || typeof y === 'number' ? -1 : 0;
  if (typeof y !== 'bigint' && typeof y !== 'number') return 1;
  return x < y ? -1 : x > y ? 1 : 0;
}
