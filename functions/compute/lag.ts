import type { Day } from '../edition.ts';
import { type Camp, type Contender, type Field, firstAtLeast } from './frontier.ts';

/** The mean month of the Gregorian calendar, 146,097 days in 4,800 months. */
const DAYS_PER_MONTH = 30.436875;

/** Which side's lag behind which is stated. */
export const LAGS = [
  ['china-open', 'united-states-open'],
  ['china-open', 'closed'],
  ['united-states-open', 'china-open'],
  ['united-states-open', 'closed'],
] as const satisfies readonly (readonly [Camp, Camp])[];

/** How far one side is behind another, in months to one decimal. */
export interface Lag {
  /** This side's best. */
  readonly best: Contender;
  /** The other side's first model at or above it; undefined where it never had one: not behind. */
  readonly first: Contender | undefined;
  readonly months: number;
  /** From the interval of this side's best. */
  readonly low: number;
  readonly high: number;
}

/**
 * How long before a day the other side had a model at or above this side's best of that day; nothing where it never
 * had one.
 *
 * @param field the scores as of that day
 * @returns null where no model of this side is scored by then
 */
export function lagOn({ camps }: Field, camp: Camp, other: Camp, day: Day): Lag | null {
  const [best] = camps[camp];
  if (!best) return null;
  const months = (score: number) => {
    const first = firstAtLeast(camps[other], score);
    return first ? monthsBetween(first.since, day) : 0;
  };
  return {
    best,
    first: firstAtLeast(camps[other], best.score),
    months: months(best.score),
    low: months(best.high ?? best.score),
    high: months(best.low ?? best.score),
  };
}

function monthsBetween(from: Day, to: Day): number {
  return Math.round(((Date.parse(to) - Date.parse(from)) / 86_400_000 / DAYS_PER_MONTH) * 10) / 10;
}
