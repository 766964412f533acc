import type { Day, Window } from '../edition.ts';
import { say } from '../sentences.ts';
import type { AnyObservation } from '../sources/source.ts';
import type { Present } from './evidence.ts';
import type { Figure, FigureOrigin, Quantity, Unit } from './figures.ts';
import { share } from './share.ts';

/** What the figures of one indicator have in common: where they come from and what could have been counted. */
export interface Basis {
  readonly method: string;
  readonly window: Window | null;
  readonly asOf: string | null;
  readonly retrievedAt: string | null;
  readonly classifiedAt: Day | null;
  readonly universe: string;
  readonly origins: readonly FigureOrigin[];
}

/** What was measured of one figure; `unknown` and `classified` decide whether it may be printed. */
export interface Measured {
  readonly unit: Unit;
  readonly value: Quantity | null;
  readonly low: Quantity | null;
  readonly high: Quantity | null;
  readonly subject?: string | null;
  readonly coverage?: number | null;
  /** Why it is not whole: a day that is missing, models without a label. */
  readonly partial?: string | null;
  readonly unknown?: bigint;
  readonly classified?: bigint;
}

/** The basis that the snapshots of one source give. */
export function basisOf(
  taken: Present<AnyObservation>,
  rest: Pick<Basis, 'method' | 'window' | 'classifiedAt'>,
): Basis {
  const { asOf, retrievedAt, universe, origins } = taken;
  return { ...rest, asOf, retrievedAt, universe, origins };
}

/** A figure; withheld where its unknown exceeds half of what is classified, with the range still stated. */
export function figure(basis: Basis, measured: Measured): Figure {
  const { unit, subject = null, coverage = null, partial = null, unknown = 0n, classified = 0n } = measured;
  const withheld = 2n * unknown > classified;
  return {
    value: withheld ? null : measured.value,
    low: measured.low,
    high: measured.high,
    unit,
    subject,
    ...basis,
    origins: [...basis.origins],
    coverage,
    status: withheld ? 'withheld' : partial ? 'partial' : 'measured',
    reason: withheld ? [say('gap.unknown-half'), ...(partial ? [partial] : [])].join(' ') : partial,
    previous: null,
    direction: 'not comparable',
  };
}

/** A figure that could not be measured, in its place, with the reason. */
export function missing(unit: Unit, method: string, universe: string, reason: string): Figure {
  return {
    value: null,
    low: null,
    high: null,
    unit,
    subject: null,
    window: null,
    asOf: null,
    retrievedAt: null,
    classifiedAt: null,
    universe,
    coverage: null,
    status: 'missing',
    reason,
    method,
    previous: null,
    direction: 'not comparable',
    origins: [],
  };
}

/** The figure with what the same method gave for the month before; a direction only where the bounds are apart. */
export function against(now: Figure, before: Figure | null, reason: string | null): Figure {
  const comparable = reason === null && before !== null && before.status !== 'missing';
  return {
    ...now,
    previous: {
      value: before?.value ?? null,
      low: before?.low ?? null,
      high: before?.high ?? null,
      window: before?.window ?? null,
      comparable,
      reason: comparable ? null : (reason ?? before?.reason ?? say('compare.no-figure')),
    },
    direction: comparable ? direction(now, before) : 'not comparable',
  };
}

function direction(now: Figure, before: Figure): Figure['direction'] {
  if (above(now.low, before.high)) return 'up';
  if (above(before.low, now.high)) return 'down';
  return 'not established';
}

/** Whether a quantity is above another; counts are compared as whole numbers, however large. */
function above(a: Quantity | null, b: Quantity | null): boolean {
  if (a === null || b === null) return false;
  return typeof a === 'string' && typeof b === 'string' ? BigInt(a) > BigInt(b) : Number(a) > Number(b);
}

/** The classified part of what was counted; null of nothing. */
export function coverage(classified: bigint, unknown: bigint): number | null {
  return share(classified, classified + unknown);
}
