import type { Day } from '../edition.ts';
import type { CapabilityObservation } from '../sources/observation.ts';
import { openOn } from './openness.ts';
import { countryOn, type Maker } from './organisations.ts';
import type { Registry } from './registry.ts';

/** The sides of the capability comparison. */
export const CAMPS = ['china-open', 'united-states-open', 'closed'] as const;
export type Camp = (typeof CAMPS)[number];

/** A scored model with the day from which it counts for its side. */
export interface Contender {
  readonly model: string;
  readonly maker: Maker;
  readonly score: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Its release; for an open model not before its weights were public. */
  readonly since: Day;
}

/** What a vintage of scores says as of a day. */
export interface Field {
  readonly camps: Readonly<Record<Camp, readonly Contender[]>>;
  /** Open models of other countries, which stand on no side. */
  readonly elsewhere: readonly Contender[];
  /** Scored models whose maker or openness is on no list, best first. */
  readonly unclassified: readonly CapabilityObservation[];
}

/**
 * Sorts scored models into sides as they were on a day: a model served before its weights were public is
 * closed until then.
 */
export function fieldOn(scores: readonly CapabilityObservation[], registry: Registry, day: Day): Field {
  const camps: Record<Camp, Contender[]> = { 'china-open': [], 'united-states-open': [], closed: [] };
  const elsewhere: Contender[] = [];
  const unclassified: CapabilityObservation[] = [];
  for (const one of scores) {
    if (one.released > day) continue;
    const listed = registry.openness.named('epoch', one.model);
    const maker = listed && registry.organisations.byId(listed.model.maker);
    if (!listed || !maker) {
      unclassified.push(one);
      continue;
    }
    const open = openOn(listed, day);
    const since = open && listed.open !== null && listed.open > one.released ? listed.open : one.released;
    const { model, score, low, high } = one;
    const contender = { model, maker, score, low, high, since };
    const country = countryOn(maker, since);
    if (!open) camps.closed.push(contender);
    else if (country === 'china' || country === 'united-states') camps[`${country}-open`].push(contender);
    else elsewhere.push(contender);
  }
  for (const camp of CAMPS) camps[camp].sort(byScore);
  unclassified.sort((a, b) => b.score - a.score || (a.model < b.model ? -1 : 1));
  return { camps, elsewhere, unclassified };
}

/** The models that raised their side's best, in time. */
export function frontier(contenders: readonly Contender[]): Contender[] {
  const risen: Contender[] = [];
  let best = Number.NEGATIVE_INFINITY;
  const inTime = [...contenders].sort((a, b) =>
    a.since === b.since ? byScore(a, b) : a.since < b.since ? -1 : 1,
  );
  for (const one of inTime) {
    if (one.score <= best) continue;
    best = one.score;
    risen.push(one);
  }
  return risen;
}

/** The first model at or above a score; undefined where there is none. */
export function firstAtLeast(contenders: readonly Contender[], score: number): Contender | undefined {
  return frontier(contenders).find((one) => one.score >= score);
}

function byScore(a: Contender, b: Contender): number {
  return (
    b.score - a.score || (a.since === b.since ? (a.model < b.model ? -1 : 1) : a.since < b.since ? -1 : 1)
  );
}
