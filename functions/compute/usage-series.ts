import { type Day, daysOf, monthWindow, parseEdition } from '../edition.ts';
import type { UsageObservation } from '../sources/observation.ts';
import type { Basis } from './figure.ts';
import type { Table } from './figures.ts';
import type { Registry } from './registry.ts';
import { partition, sum } from './share.ts';
import { columns, missingTable, table } from './table.ts';
import { GROUPS, type Tokens, tokensOf } from './tokens.ts';

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

/** Usage over time: every day from `from` to `to`, and every whole month that is covered up to `to`. */
export function usageSeries(
  basis: Basis,
  registry: Registry,
  all: readonly UsageObservation[],
  from: Day,
  to: Day,
): Record<string, Table> {
  const byDay = new Map<Day, Tokens>();
  for (const [day, observed] of Map.groupBy(all, ({ day }) => day))
    if (day <= to) byDay.set(day, tokensOf(observed, registry));
  const days = [...byDay.keys()].sort();
  const months = [...Map.groupBy(days, (day) => day.slice(0, 7))].filter(
    ([month, there]) => there.length === daysOf(monthWindow(parseEdition(month))).length,
  );
  const tokensOn = (some: readonly Day[]) => some.flatMap((day) => byDay.get(day) ?? []);
  return {
    'usage-daily': table(
      basis,
      TITLES.daily,
      over('day'),
      days.filter((day) => day >= from).flatMap((day) => rowsFor('day', day, tokensOn([day]))),
    ),
    'usage-monthly': table(
      basis,
      TITLES.monthly,
      over('month'),
      months.flatMap(([month, there]) => rowsFor('month', month, tokensOn(there))),
    ),
  };
}

/** One row a side of what was served on some days, each classified as of its own. */
function rowsFor(time: 'day' | 'month', label: string, served: readonly Tokens[]): Table['rows'] {
  const amounts = GROUPS.map((group) => sum(served.map((tokens) => tokens[group])));
  const shares = partition(amounts);
  return GROUPS.map((group, index) => ({
    [time]: label,
    group,
    tokens: String(amounts[index] ?? 0n),
    share: shares[index] ?? null,
  }));
}

/** The same series, empty, with the reason. */
export function missingUsageSeries(method: string, universe: string, reason: string): Record<string, Table> {
  return {
    'usage-daily': missingTable(method, TITLES.daily, over('day'), universe, reason),
    'usage-monthly': missingTable(method, TITLES.monthly, over('month'), universe, reason),
  };
}
