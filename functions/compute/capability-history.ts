import { type Edition, monthBefore, monthWindow } from '../edition.ts';
import type { CapabilityObservation } from '../sources/observation.ts';
import type { Basis } from './figure.ts';
import type { Table } from './figures.ts';
import { CAMPS, type Field, fieldOn } from './frontier.ts';
import { LAGS, lagOn } from './lag.ts';
import type { Registry } from './registry.ts';
import { columns, missingTable, table } from './table.ts';

/** Before it hardly any open model of either side is scored. */
const FROM = '2024-01';

const SERIES = {
  'capability-monthly': {
    title: 'Best of each side at the end of each month, by one vintage of the index',
    head: columns({
      month: ['text', 'Month as YYYY-MM'],
      camp: ['text', 'china-open, united-states-open or closed, as of the month’s end'],
      model: ['text', 'Model as the index names it'],
      score: ['number', 'Index points'],
      low: ['number', 'Lower bound of the interval'],
      high: ['number', 'Upper bound of the interval'],
    }),
  },
  'capability-lag-monthly': {
    title: 'How far one side was behind another at the end of each month, by one vintage of the index',
    head: columns({
      month: ['text', 'Month as YYYY-MM'],
      behind: ['text', 'The side whose best is looked at'],
      ahead: ['text', 'The side that had a model at or above it first'],
      months: ['number', 'Months since then; 0 where the other side had none'],
      low: ['number', 'From the upper bound of this side’s best'],
      high: ['number', 'From the lower bound of this side’s best'],
    }),
  },
} as const;

/** The balance of capability at the end of every month up to the edition's; a side without a score has no row. */
export function capabilitySeries(
  basis: Basis,
  scores: readonly CapabilityObservation[],
  registry: Registry,
  edition: Edition,
): Record<keyof typeof SERIES, Table> {
  const fields = monthsTo(edition).map((month) => {
    const day = monthWindow(month).to;
    return { month, day, field: fieldOn(scores, registry, day) };
  });
  const make = (id: keyof typeof SERIES, rows: Table['rows']) =>
    table(basis, SERIES[id].title, SERIES[id].head, rows);
  return {
    'capability-monthly': make(
      'capability-monthly',
      fields.flatMap(({ month, field }) => bestRows(month, field)),
    ),
    'capability-lag-monthly': make(
      'capability-lag-monthly',
      fields.flatMap(({ month, day, field }) =>
        LAGS.flatMap(([behind, ahead]) => {
          const found = lagOn(field, behind, ahead, day);
          return found
            ? [{ month, behind, ahead, months: found.months, low: found.low, high: found.high }]
            : [];
        }),
      ),
    ),
  };
}

/** The same series, empty, with the reason. */
export function missingCapabilitySeries(
  method: string,
  universe: string,
  reason: string,
): Record<keyof typeof SERIES, Table> {
  const gone = (id: keyof typeof SERIES) =>
    missingTable(method, SERIES[id].title, SERIES[id].head, universe, reason);
  return {
    'capability-monthly': gone('capability-monthly'),
    'capability-lag-monthly': gone('capability-lag-monthly'),
  };
}

function monthsTo(edition: Edition): Edition[] {
  const months: Edition[] = [];
  for (let month = edition; month >= FROM; month = monthBefore(month)) months.unshift(month);
  return months;
}

function bestRows(month: Edition, { camps }: Field): Table['rows'] {
  return CAMPS.flatMap((camp) => {
    const [best] = camps[camp];
    if (!best) return [];
    const { model, score, low, high } = best;
    return [{ month, camp, model, score, low: low ?? score, high: high ?? score }];
  });
}
