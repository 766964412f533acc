import type { Basis } from './figure.ts';
import type { Table } from './figures.ts';

type Column = Table['columns'][number];

/** Columns written as `name: type`, each with its description. */
export function columns<const C extends Readonly<Record<string, readonly [Column['type'], string]>>>(
  spec: C,
): Column[] {
  return Object.entries(spec).map(([name, [type, description]]) => ({ name, type, description }));
}

/** A table on the same basis as the figures beside it. */
export function table(
  basis: Basis,
  title: string,
  head: readonly Column[],
  rows: Table['rows'],
  reason: string | null = null,
): Table {
  const { window, asOf, universe, method, origins } = basis;
  return {
    title,
    columns: [...head],
    rows,
    window,
    asOf,
    universe,
    status: reason ? 'partial' : 'measured',
    reason,
    method,
    origins: [...origins],
  };
}

/** A table that could not be filled, in its place, with the reason. */
export function missingTable(
  method: string,
  title: string,
  head: readonly Column[],
  universe: string,
  reason: string,
): Table {
  return {
    title,
    columns: [...head],
    rows: [],
    window: null,
    asOf: null,
    universe,
    status: 'missing',
    reason,
    method,
    origins: [],
  };
}
