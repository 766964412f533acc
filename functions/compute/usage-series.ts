import { type Day, daysOf, monthWindow, parseEdition } from '../edition.ts';
import type { UsageObservation } from '../sources/observation.ts';
import type { Basis } from './figure.ts';
import type { Table } from './figures.ts';
import type { Registry } from './registry.ts';
import { partition } from './share.ts';
import { columns, missingTable, table } from './table.ts';
import { GROUPS, tokensOf } from './tokens.ts';

const over = (time: 'day' | 'month') =>
  columns({
    [time]: [time === 'day' ? 'day' : 'text', time === 'day' ? 'Day, UTC' : 'Month as YYYY-MM'],
    group: ['text', 'Country and openness'],
    tokens: ['count', 'Tokens'],
    share: ['share', 'Part of all tokens'],
  });

const TITLES = {
  daily: 'Tokens by day, country and openness',
  monthly: 'Tokens by month, country and openness',
} as const;

/** Usage over time: every day of the window, and every whole month the snapshot covers up to it. */
export function usageSeries(
  basis: Basis,
  registry: Registry,
  all: readonly UsageObservation[],
  from: Day,
  to: Day,
): Record<string, Table> {
  const byDay = Map.groupBy(
    all.filter(({ day }) => day <= to),
    ({ day }) => day,
  );
  const days = [...byDay.keys()].sort();
  const months = [...new Set(days.map((day) => day.slice(0, 7)))].filter((month) =>
    daysOf(monthWindow(parseEdition(month))).every((day) => byDay.has(day)),
  );
  const rowsFor = (time: 'day' | 'month', label: string, observed: readonly UsageObservation[]) => {
    const tokens = tokensOf(observed, registry);
    const shares = partition(GROUPS.map((group) => tokens[group]));
    return GROUPS.map((group, index) => ({
      [time]: label,
      group,
      tokens: String(tokens[group]),
      share: shares[index] ?? null,
    }));
  };
  return {
    'usage-daily': table(
      basis,
      TITLES.daily,
      over('day'),
      days.filter((day) => day >= from).flatMap((day) => rowsFor('day', day, byDay.get(day) ?? [])),
    ),
    'usage-monthly': table(
      basis,
      TITLES.monthly,
      over('month'),
      months.flatMap((month) =>
        rowsFor(
          'month',
          month,
          all.filter(({ day }) => day.startsWith(month)),
        ),
      ),
    ),
  };
}

/** The same series, empty, with the reason. */
export function missingUsageSeries(method: string, universe: string, reason: string): Record<string, Table> {
  return {
    'usage-daily': missingTable(method, TITLES.daily, over('day'), universe, reason),
    'usage-monthly': missingTable(method, TITLES.monthly, over('month'), universe, reason),
  };
}
