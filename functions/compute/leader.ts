import type { Figure, Quantity } from './figures.ts';

/** Who leads of two: only where the bounds separate. */
export type Leader = 'china' | 'unitedStates' | 'close' | 'level' | 'missing';

/** A value with its bounds. */
export interface Bounded {
  readonly value: Quantity | null;
  readonly low: Quantity | null;
  readonly high: Quantity | null;
}

/** Whether a quantity is below another; counts are compared as whole numbers, however large. */
export function isBelow(a: Quantity, b: Quantity): boolean {
  return typeof a === 'string' && typeof b === 'string' ? BigInt(a) < BigInt(b) : Number(a) < Number(b);
}

/** The number is there to be printed; otherwise its reason is. */
export function isPrintable({ status, value }: Pick<Figure, 'status' | 'value'>): boolean {
  return (status === 'measured' || status === 'partial') && value !== null;
}

/** A lead is stated only if it holds at both bounds; else it is too close to tell. */
export function leaderOf(china: Bounded, unitedStates: Bounded): Leader {
  if (china.value === null || unitedStates.value === null) return 'missing';
  const [a, b] = [china, unitedStates].map(({ value, low, high }) => ({
    low: low ?? value ?? 0,
    high: high ?? value ?? 0,
  }));
  if (!a || !b) return 'missing';
  if (isBelow(b.high, a.low)) return 'china';
  if (isBelow(a.high, b.low)) return 'unitedStates';
  return isBelow(a.low, a.high) || isBelow(b.low, b.high) ? 'close' : 'level';
}
