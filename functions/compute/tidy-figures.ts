import type { Figure, Figures, Table } from './figures.ts';
import { columns } from './table.ts';

/** A table that is about the figures themselves: what a program reads that does not read JSON. */
export type TidyTable = Pick<Table, 'title' | 'columns' | 'rows'>;

const FIGURES = columns({
  id: ['text', 'The figure’s id; ids are never used again for something else'],
  value: [
    'number',
    'The figure, in its unit; counts are whole and may exceed 2^53; empty where not measured',
  ],
  low: ['number', 'All unknown put on the other side'],
  high: ['number', 'All unknown put on this side'],
  unit: ['text', 'share: a fraction of one; index: from 0 to 1; dollars: US dollars per million tokens'],
  status: ['text', 'measured, partial, withheld or missing'],
  reason: ['text', 'Why it is not plainly measured'],
  subject: ['text', 'What it is a figure of, where that is not in the id'],
  windowFrom: ['day', 'First day counted, UTC'],
  windowTo: ['day', 'Last day counted, UTC'],
  asOf: ['text', 'The data’s own date or instant'],
  retrievedAt: ['text', 'When it was read from the source'],
  classifiedAt: ['day', 'The date as of which makers, countries and openness were classified'],
  coverage: ['share', 'The classified part of the universe'],
  universe: ['text', 'What could have been counted'],
  method: ['text', 'Indicator and its version'],
  previousValue: ['number', 'The same figure of the month before, by the same method and registry'],
  previousLow: ['number', 'Its lower bound'],
  previousHigh: ['number', 'Its upper bound'],
  previousWindowFrom: ['day', 'First day counted of it, UTC'],
  previousWindowTo: ['day', 'Last day counted of it, UTC'],
  previousComparable: ['boolean', 'Whether the two may be compared'],
  previousReason: ['text', 'Why they may not'],
  direction: ['text', 'up, down, not established or not comparable; stated only if it holds at both bounds'],
});

const ORIGINS = columns({
  figure: ['text', 'The figure’s id'],
  source: ['text', 'The source’s name'],
  snapshot: ['text', 'Key of the snapshot’s seal in the archive'],
  sealSha256: ['text', 'SHA-256 of the seal; the table of bodies lists what it seals'],
  asOf: ['text', 'The data’s own date or instant'],
});

const BODIES = columns({
  source: ['text', 'The source’s name'],
  sealSha256: ['text', 'SHA-256 of the seal of the snapshot it is part of'],
  bodySha256: ['text', 'SHA-256 of the body as it was read'],
  bytes: ['count', 'Its length'],
  url: ['text', 'What was asked for'],
  transcribed: ['text', 'Where its facts were read, if the body was typed or re-shaped from a copy'],
});

/** Every figure, one a row, in the order of their ids. */
export function figuresTable({ figures }: Pick<Figures, 'figures'>): TidyTable {
  return { title: 'Every figure of the edition', columns: FIGURES, rows: sorted(figures).map(row) };
}

/** Which snapshots every figure comes from: one row per figure and snapshot. */
export function originsTable({ figures }: Pick<Figures, 'figures'>): TidyTable {
  const rows = sorted(figures).flatMap(([figure, { origins }]) =>
    origins.map(({ source, snapshot, sha256: sealSha256, asOf }) => ({
      figure,
      source,
      snapshot,
      sealSha256,
      asOf,
    })),
  );
  return { title: 'Snapshots that every figure comes from', columns: ORIGINS, rows };
}

/** The raw bodies of every snapshot; apart from the origins, since a snapshot of the Hub has hundreds. */
export function bodiesTable({ sources }: Pick<Figures, 'sources'>): TidyTable {
  const rows = sources.flatMap(({ source, sha256: sealSha256, bodies }) =>
    bodies.map(({ sha256: bodySha256, bytes, url, transcribed }) => ({
      source,
      sealSha256,
      bodySha256,
      bytes: String(bytes),
      url,
      transcribed,
    })),
  );
  return { title: 'Raw bodies of every snapshot', columns: BODIES, rows };
}

function row([id, figure]: [string, Figure]): Table['rows'][number] {
  const { value, low, high, unit, status, reason, subject, window, previous } = figure;
  const { asOf, retrievedAt, classifiedAt, coverage, universe, method, direction } = figure;
  return {
    id,
    value,
    low,
    high,
    unit,
    status,
    reason,
    subject,
    windowFrom: window?.from ?? null,
    windowTo: window?.to ?? null,
    asOf,
    retrievedAt,
    classifiedAt,
    coverage,
    universe,
    method,
    previousValue: previous?.value ?? null,
    previousLow: previous?.low ?? null,
    previousHigh: previous?.high ?? null,
    previousWindowFrom: previous?.window?.from ?? null,
    previousWindowTo: previous?.window?.to ?? null,
    previousComparable: previous?.comparable ?? null,
    previousReason: previous?.reason ?? null,
    direction,
  };
}

function sorted(figures: Figures['figures']): [string, Figure][] {
  return Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1));
}
