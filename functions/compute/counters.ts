import type { Day } from '../edition.ts';
import type { RepositoryObservation } from '../sources/observation.ts';

/** What the Hub's counters were at one moment it was looked at; by lower-case name, makers' repositories alone. */
export interface HubMoment {
  readonly asOf: string;
  readonly repositories: ReadonlyMap<string, RepositoryObservation>;
}

/** One counter that was not taken as it stood, or that another counter contradicts. */
export interface Repair {
  readonly model: string;
  readonly day: Day;
  readonly counted: bigint;
  /** What the figures use; nothing where the counter was set aside. */
  readonly used: bigint;
  readonly repair: 'set-aside' | 'repaired' | 'kept';
  readonly cause: 'spike' | 'all-time-stalled' | 'all-time-recounted' | 'counter-high' | 'counter-low';
}

/** Below a million requests a wild counter moves no share by a point. */
const LOUD = 1_000_000n;
/** A counter that is this many times what it was before, and after, did not count requests. */
const SPIKE = 10n;
/** A young model's counter may grow as it likes. */
const YOUNG_DAYS = 60;
/** Two all-time counters are held against the 30-day one if they were read about a month apart. */
const MONTH_APART: readonly [number, number] = [20, 45];
const DAY_MS = 86_400_000;

/**
 * Looks at every counter of a moment beside the same repository's counters at other moments, and beside what its
 * all-time counter grew by. A spike that no counter explains is set aside; a 30-day counter that is half as high
 * again as the growth of the all-time counter is replaced by that growth, scaled to 30 days; every other
 * contradiction is named and the lower value kept. Real cases: `Qwen/Qwen3-VL-2B-Instruct` read 187 million on
 * 2026-05-06 between two readings of two; counters stall and are recounted.
 *
 * @param others other moments, in any order
 * @returns the repositories with the counters to use, in the given order, and every case by name
 */
export function repairCounters(
  repositories: readonly RepositoryObservation[],
  asOf: string,
  others: readonly HubMoment[],
): { repositories: RepositoryObservation[]; repairs: Repair[] } {
  const inTime = [...others].sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
  const before = inTime.filter((moment) => moment.asOf < asOf).reverse();
  const after = inTime.filter((moment) => moment.asOf > asOf);
  const day = asOf.slice(0, 10);
  const repairs: Repair[] = [];
  const repaired = repositories.map((one) => {
    const found = judge(one, asOf, before, after);
    if (!found) return one;
    repairs.push({ model: one.model, day, counted: one.downloads30d, ...found });
    return found.used === one.downloads30d ? one : { ...one, downloads30d: found.used };
  });
  repairs.sort((a, b) =>
    a.counted === b.counted ? (a.model < b.model ? -1 : 1) : a.counted > b.counted ? -1 : 1,
  );
  return { repositories: repaired, repairs };
}

type Finding = Pick<Repair, 'used' | 'repair' | 'cause'>;

function judge(
  one: RepositoryObservation,
  asOf: string,
  before: readonly HubMoment[],
  after: readonly HubMoment[],
): Finding | undefined {
  const growth = growthOf(one, asOf, before);
  const counted = one.downloads30d;
  if (growth === 'recounted')
    return counted >= LOUD ? { used: counted, repair: 'kept', cause: 'all-time-recounted' } : undefined;
  if (growth !== null) {
    if (growth === 0n)
      return counted >= LOUD ? { used: counted, repair: 'kept', cause: 'all-time-stalled' } : undefined;
    if (counted >= LOUD && 2n * counted > 3n * growth)
      return { used: growth, repair: 'repaired', cause: 'counter-high' };
    if (growth >= LOUD && 2n * growth > 3n * counted)
      return { used: counted, repair: 'kept', cause: 'counter-low' };
    return undefined;
  }
  return isSpike(one, before, after) ? { used: 0n, repair: 'set-aside', cause: 'spike' } : undefined;
}

/** What the all-time counter grew by about a month, scaled to 30 days; null where there are no two counters. */
function growthOf(
  { model, downloadsAllTime: now }: RepositoryObservation,
  asOf: string,
  before: readonly HubMoment[],
): bigint | 'recounted' | null {
  if (now === null) return null;
  for (const moment of before) {
    const days = (Date.parse(asOf) - Date.parse(moment.asOf)) / DAY_MS;
    const then = moment.repositories.get(model.toLowerCase())?.downloadsAllTime ?? null;
    if (days < MONTH_APART[0] || days > MONTH_APART[1] || then === null) continue;
    return now < then
      ? 'recounted'
      : ((now - then) * 30n * BigInt(DAY_MS)) / BigInt(Math.round(days * DAY_MS));
  }
  return null;
}

function isSpike(
  { model, downloads30d, createdAt }: RepositoryObservation,
  before: readonly HubMoment[],
  after: readonly HubMoment[],
): boolean {
  if (downloads30d < LOUD) return false;
  const key = model.toLowerCase();
  const seen = (moments: readonly HubMoment[]) => {
    for (const { asOf, repositories } of moments) {
      const there = repositories.get(key);
      if (there) return { asOf, downloads: there.downloads30d };
    }
    return undefined;
  };
  const [earlier, later] = [seen(before), seen(after)];
  const wild = (then: { downloads: bigint } | undefined) => !then || downloads30d > SPIKE * then.downloads;
  if ((!earlier && !later) || !wild(earlier) || !wild(later)) return false;
  if (!earlier) return true;
  // Without a later look, only what was old already cannot have grown so much.
  return later !== undefined || isOldAt(createdAt, earlier.asOf);
}

function isOldAt(createdAt: string | null, moment: string): boolean {
  return createdAt !== null && (Date.parse(moment) - Date.parse(createdAt)) / DAY_MS > YOUNG_DAYS;
}

/** The part of a panel's counters that a moment shows beside another one, or null where nothing is in both. */
export function panelRatio(a: HubMoment, b: HubMoment): number | null {
  let [here, there] = [0n, 0n];
  for (const [key, { downloads30d }] of a.repositories) {
    const other = b.repositories.get(key);
    if (!other) continue;
    here += downloads30d;
    there += other.downloads30d;
  }
  return there > 0n ? Number((here * 1_000_000n) / there) / 1_000_000 : null;
}

/** Below this part of the neighbours on both sides, everything was counted too low (as on 9–18 June 2026). */
const STALLED = 0.8;

/** Whether all counters read too low at a moment: a fixed panel is a fifth below both its neighbours. */
export function isStalled(moment: HubMoment, others: readonly HubMoment[]): boolean {
  const inTime = [...others].sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
  const previous = inTime.findLast(({ asOf }) => asOf < moment.asOf);
  const next = inTime.find(({ asOf }) => asOf > moment.asOf);
  if (!previous || !next) return false;
  return [previous, next].every((other) => (panelRatio(moment, other) ?? 1) < STALLED);
}
