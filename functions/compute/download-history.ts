import type { Window } from '../edition.ts';
import { say } from '../sentences.ts';
import type { RepositoryObservation } from '../sources/observation.ts';
import type { HubMoment, Repair } from './counters.ts';
import { COUNTRIES } from './country.ts';
import { type Tally, tally } from './download-tally.ts';
import type { Evidence, Hub, Present } from './evidence.ts';
import { against, type Basis, missing } from './figure.ts';
import type { Figure, Table } from './figures.ts';
import { type ClassifiedRepository, classifyRepositories } from './repositories.ts';
import { partition } from './share.ts';
import { sideShare } from './side-share.ts';
import { columns, missingTable, table } from './table.ts';

const TITLE = 'Downloads over time, of the same models';
const head = columns({
  day: ['day', 'When the counters were read'],
  country: ['text', 'Country of the maker'],
  downloads: ['count', 'Requests over the 30 days before'],
  share: ['share', 'Part of the panel'],
  repositories: ['number', 'Repositories in the panel: those seen every time'],
});
/** A panel of fewer repositories would be moved by any one of them. */
const SMALLEST_PANEL = 20;

/** Every counter of this and of the earlier moments that was not taken as it stood. */
export function allRepairs({ repairs, moments }: Hub): readonly Repair[] {
  return [...repairs, ...[...moments].reverse().flatMap((moment) => moment.repairs)];
}

/** The Hub's counter runs over the 30 days that end when it is asked. */
export function thirtyDaysTo(asOf: string): Window {
  const to = asOf.slice(0, 10);
  return { from: new Date(Date.parse(to) - 29 * 86_400_000).toISOString().slice(0, 10), to };
}

/**
 * Each side's share of the matched panel, the first-party language models seen at this and at the last month's end,
 * with its share of the same panel then.
 */
export function panelFigures(
  basis: Basis,
  { registry, month, hub }: Evidence,
  taken: Present<RepositoryObservation>,
): Record<string, Figure> {
  const before = hub.moments.find(({ asOf }) => asOf === hub.before);
  const panel = before ? panelOf(taken, [before], registry, month.to) : [];
  const ids = (['china', 'united-states'] as const).map(
    (country) => [country, `downloads.language.panel-share.${country}`] as const,
  );
  if (!before || panel.length < SMALLEST_PANEL) {
    const reason = before ? say('gap.small-panel', { models: panel.length }) : say('compare.hub-not-seen');
    return Object.fromEntries(
      ids.map(([, id]) => [id, missing('share', basis.method, basis.universe, reason)]),
    );
  }
  const universe = say('universe.panel', { models: panel.length });
  const own = { ...basis, universe, origins: [...basis.origins, before.origin] };
  const then = { ...own, window: thirtyDaysTo(before.asOf), asOf: before.asOf };
  const now = tally(panel, ({ country }) => country);
  const earlier = tally(at(before, panel), ({ country }) => country);
  return Object.fromEntries(
    ids.map(([country, id]) => [
      id,
      against(sideShare(own, now, country), sideShare(then, earlier, country), null),
    ]),
  );
}

/** The downloads of the models seen at every moment, by country and moment; empty where they are too few. */
export function downloadSeries(
  basis: Basis,
  { registry, month, hub }: Evidence,
  taken: Present<RepositoryObservation>,
): Record<string, Table> {
  const panel = panelOf(taken, hub.moments, registry, month.to);
  const rows =
    hub.moments.length === 0 || panel.length < SMALLEST_PANEL
      ? []
      : [
          ...hub.moments.map((moment) => [moment.asOf, at(moment, panel)] as const),
          [taken.asOf, panel] as const,
        ]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([asOf, some]) =>
            rowsOf(
              asOf,
              tally(some, ({ country }) => country),
              panel.length,
            ),
          );
  const universe =
    rows.length > 0
      ? say('universe.panel-moments', { models: panel.length, moments: hub.moments.length + 1 })
      : basis.universe;
  const origins = [...basis.origins, ...hub.moments.map(({ origin }) => origin)];
  return {
    'downloads-observations': table({ ...basis, universe, origins }, TITLE, head, rows),
  };
}

/** The same series, empty, with the reason. */
export function missingDownloadSeries(
  method: string,
  universe: string,
  reason: string,
): Record<string, Table> {
  return { 'downloads-observations': missingTable(method, TITLE, head, universe, reason) };
}

function rowsOf(asOf: string, { by }: Tally, repositories: number): Table['rows'] {
  const shares = partition(COUNTRIES.map((country) => by[country]));
  return COUNTRIES.map((country, index) => ({
    day: asOf.slice(0, 10),
    country,
    downloads: String(by[country]),
    share: shares[index] ?? null,
    repositories,
  }));
}

/** First-party language models that were seen at all the moments, and whose counter was set aside at none. */
function panelOf(
  taken: Present<RepositoryObservation>,
  moments: readonly (HubMoment & { readonly repairs: readonly Repair[] })[],
  registry: Evidence['registry'],
  day: string,
): ClassifiedRepository[] {
  const aside = new Set(
    moments.flatMap(({ repairs }) =>
      repairs.filter(({ repair }) => repair === 'set-aside').map(({ model }) => model.toLowerCase()),
    ),
  );
  return classifyRepositories(taken.observations, registry, day).filter(({ role, language, seen }) => {
    const key = seen.model.toLowerCase();
    return (
      role === 'first-party' &&
      language === true &&
      seen.downloads30d > 0n &&
      !aside.has(key) &&
      moments.every(({ repositories }) => repositories.has(key))
    );
  });
}

/** The panel's models with their counters at another moment. */
function at({ repositories }: HubMoment, panel: readonly ClassifiedRepository[]): ClassifiedRepository[] {
  return panel.map((one) => ({ ...one, seen: repositories.get(one.seen.model.toLowerCase()) ?? one.seen }));
}
