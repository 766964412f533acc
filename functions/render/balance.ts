import type { Figure, Quantity } from '../compute/figures.ts';
import { isPrintable, type Leader, leaderOf } from '../compute/leader.ts';

export { isPrintable, type Leader };

interface Bounds {
  readonly value: Quantity;
  readonly low: Quantity;
  readonly high: Quantity;
}

/** A figure with its bounds; one without bounds is its own. */
export function boundsOf(figure: Pick<Figure, 'value' | 'low' | 'high'>): Bounds | undefined {
  const { value, low, high } = figure;
  return value === null ? undefined : { value, low: low ?? value, high: high ?? value };
}

/** A lead is stated only if it holds at both bounds; else it is too close to tell. */
export function leader(china: Figure, unitedStates: Figure): Leader {
  if (!isPrintable(china) || !isPrintable(unitedStates)) return 'missing';
  return leaderOf(china, unitedStates);
}

/** The same a month earlier, where both are comparable. */
export function previousLeader(china: Figure, unitedStates: Figure): Leader {
  if (!china.previous?.comparable || !unitedStates.previous?.comparable) return 'missing';
  return leaderOf(china.previous, unitedStates.previous);
}

/** By how much one side is ahead of the other, in the figures' unit; negative where it is behind. */
export interface Lead {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** China's lead over the United States, with what remains of it, and becomes of it, at the bounds. */
export function leadOf(
  china: Pick<Figure, 'value' | 'low' | 'high'>,
  unitedStates: Pick<Figure, 'value' | 'low' | 'high'>,
): Lead | undefined {
  const [a, b] = [boundsOf(china), boundsOf(unitedStates)];
  if (!a || !b) return undefined;
  const minus = (x: Quantity, y: Quantity) =>
    typeof x === 'string' && typeof y === 'string' ? Number(BigInt(x) - BigInt(y)) : Number(x) - Number(y);
  return { value: minus(a.value, b.value), low: minus(a.low, b.high), high: minus(a.high, b.low) };
}

/** How a lead moved; a direction only if it holds at both bounds. */
export type Movement = 'up' | 'down' | 'same' | 'unclear';

export function movementOf(now: Lead, before: Lead): Movement {
  if (now.low > before.high) return 'up';
  if (now.high < before.low) return 'down';
  return now.value === before.value && now.low === before.low && now.high === before.high
    ? 'same'
    : 'unclear';
}
