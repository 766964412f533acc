import { say } from '../sentences.ts';
import type { RepositoryObservation } from '../sources/observation.ts';
import { COUNTRIES, type Country } from './country.ts';
import { downloadViews } from './download-tally.ts';
import type { Evidence, Present } from './evidence.ts';
import { type Basis, figure, missing } from './figure.ts';
import type { Figure, Table } from './figures.ts';
import { releasesOf } from './indicators/releases.ts';
import { share, sum } from './share.ts';
import { columns, missingTable, table } from './table.ts';
import { ENOUGH_LABELLED, labelledPart } from './unlabelled.ts';

const SIDES = [
  ['united-states', 'china'],
  ['china', 'united-states'],
] as const;
const TITLE = 'First-party language models by their uploader’s and their root’s country';
const head = columns({
  uploader: ['text', 'Country of the maker who published it'],
  root: ['text', 'Country of the maker at the root of its bases; its own where it names none'],
  models: ['count', 'First-party language models listed'],
  releases: ['count', 'Of them, families first public in the month'],
  downloads: ['count', 'Requests counted over 30 days'],
});

/** Of each side's listed first-party language models, the part that stands on the other side's. */
export function dependencyFigures(
  basis: Basis,
  { registry, month }: Evidence,
  { observations }: Present<RepositoryObservation>,
): Record<string, Figure> {
  const views = downloadViews(observations, registry, month.to);
  const { language } = views;
  const partial = (labelledPart(views) ?? 1) < ENOUGH_LABELLED ? say('gap.bases-unstated') : null;
  return Object.fromEntries(
    SIDES.map(([side, other]) => {
      const own = language.filter(({ country }) => country === side);
      const of = (root: Country) => BigInt(own.filter(({ rootCountry }) => rootCountry === root).length);
      const whole = BigInt(own.length);
      const unknown = of('unknown');
      const built =
        whole === 0n
          ? missing('share', basis.method, basis.universe, say('gap.no-first-party'))
          : figure(basis, {
              unit: 'share',
              value: share(of(other), whole),
              low: share(of(other), whole),
              high: share(of(other) + unknown, whole),
              coverage: share(whole - unknown, whole),
              partial,
              unknown,
              classified: whole - unknown,
            });
      return [idOf(side, other), built];
    }),
  );
}

/** Who builds on whom: models, the month's releases and downloads, by both countries. */
export function dependencyTable(
  basis: Basis,
  evidence: Evidence,
  taken: Present<RepositoryObservation>,
): Record<string, Table> {
  const { registry, month } = evidence;
  const { language } = downloadViews(taken.observations, registry, month.to);
  const released = new Set(
    releasesOf(evidence, taken)
      .found.filter(({ date }) => month.from <= date && date <= month.to)
      .map(({ model }) => model),
  );
  const rows = COUNTRIES.flatMap((uploader) =>
    COUNTRIES.map((root) => {
      const some = language.filter(
        ({ country, rootCountry }) => country === uploader && rootCountry === root,
      );
      return {
        uploader,
        root,
        models: String(some.length),
        releases: String(some.filter(({ seen }) => released.has(seen.model)).length),
        downloads: String(sum(some.map(({ seen }) => seen.downloads30d))),
      };
    }).filter(({ models }) => models !== '0'),
  );
  return { dependency: table(basis, TITLE, head, rows) };
}

/** The same, empty, with the reason. */
export function missingDependency(
  method: string,
  universe: string,
  reason: string,
): { figures: Record<string, Figure>; tables: Record<string, Table> } {
  return {
    figures: Object.fromEntries(
      SIDES.map(([side, other]) => [idOf(side, other), missing('share', method, universe, reason)]),
    ),
    tables: { dependency: missingTable(method, TITLE, head, universe, reason) },
  };
}

function idOf(side: string, other: string): string {
  return `derivatives.dependency.${side}-on-${other}`;
}
