import type { Evidence } from './evidence.ts';
import type { Figure, Table, Unit } from './figures.ts';

/** What an indicator gives: figures by id, tables and series by name. */
export interface Outcome {
  readonly figures: Readonly<Record<string, Figure>>;
  readonly tables: Readonly<Record<string, Table>>;
  readonly series: Readonly<Record<string, Table>>;
}

/** One way of measuring, with the sentence that the report's method section prints. Pure. */
export interface Indicator {
  readonly id: string;
  /** Goes up when the same observations would give another figure. */
  readonly version: number;
  readonly unit: Unit;
  readonly method: string;
  /** @param soFar what the indicators before it in the list gave */
  compute(evidence: Evidence, soFar?: Outcome): Outcome;
}

export const NOTHING_YET: Outcome = { figures: {}, tables: {}, series: {} };

/** Two outcomes as one. */
export function together(a: Outcome, b: Outcome): Outcome {
  return {
    figures: { ...a.figures, ...b.figures },
    tables: { ...a.tables, ...b.tables },
    series: { ...a.series, ...b.series },
  };
}

/** How a figure names the indicator it comes from. */
export function methodName({ id, version }: Pick<Indicator, 'id' | 'version'>): string {
  return `${id}@${version}`;
}
