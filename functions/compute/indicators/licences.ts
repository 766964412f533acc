import { say } from '../../sentences.ts';
import type { RepositoryObservation } from '../../sources/observation.ts';
import { COUNTRIES, type Country } from '../country.ts';
import { thirtyDaysTo } from '../download-history.ts';
import { downloadViews, total } from '../download-tally.ts';
import type { Evidence, Present } from '../evidence.ts';
import { against, type Basis, basisOf, coverage, figure, missing } from '../figure.ts';
import type { Figure, Table } from '../figures.ts';
import { type Indicator, methodName, type Outcome } from '../indicator.ts';
import { LICENCE_CLASSES, type LicenceClass, licenceClass } from '../licence-class.ts';
import type { ClassifiedRepository } from '../repositories.ts';
import { partition } from '../share.ts';
import { columns, missingTable, table } from '../table.ts';
import { unlabelledReason } from '../unlabelled.ts';

const UNIVERSE = say('universe.hub');
const SIDES = ['china', 'united-states'] as const satisfies readonly Country[];
const TOP = 15;
const NO_COMPARISON = say('compare.licences');

const TABLES = {
  licences: {
    title: 'Downloads by country and licence',
    head: columns({
      country: ['text', 'Country of the maker'],
      licenceClass: ['text', 'apache-mit, other-standard, custom or unstated'],
      downloads: ['count', 'Requests counted over 30 days'],
      share: ['share', 'Part of the country’s first-party language models'],
      models: ['count', 'Repositories'],
    }),
  },
  'licences-top': {
    title: 'Most downloaded licences',
    head: columns({
      licence: ['text', 'Licence tag on the Hub'],
      licenceClass: ['text', 'apache-mit, other-standard or custom'],
      downloads: ['count', 'Requests counted over 30 days, makers of all countries'],
      models: ['count', 'Repositories'],
    }),
  },
} as const;

const indicator = {
  id: 'licences',
  version: 1,
  unit: 'share',
  method:
    'Downloads of first-party open-weight language models by the licence tag of the repository, as parts of each country’s downloads. Apache 2.0 and MIT stand together; other standard licences are those of the Hub’s list that anybody may use for their work and that allow commercial use and derivatives; custom terms are all others that are stated, also those that forbid commercial use. A repository without a licence tag is unstated: low leaves all unstated out of a class, high puts all of it there. What a licence file says beside the tag is not read.',
} as const;

/** Under which terms each side's models are downloaded. */
export const licences: Indicator = {
  ...indicator,
  compute(evidence) {
    const { repositories } = evidence;
    return repositories.present ? measured(evidence, repositories) : absent(repositories.reason);
  },
};

function measured({ registry, month, hub }: Evidence, taken: Present<RepositoryObservation>): Outcome {
  const views = downloadViews(taken.observations, registry, month.to, hub.tail);
  const basis = basisOf(taken, {
    method: methodName(indicator),
    window: thirtyDaysTo(taken.asOf),
    classifiedAt: registry.classifiedAt,
  });
  const partial = unlabelledReason(views);
  const of = (country: Country) =>
    Map.groupBy(
      views.language.filter((one) => one.country === country),
      ({ seen }) => licenceClass(seen.licence),
    );
  return {
    figures: Object.assign({}, ...SIDES.map((side) => shares(basis, side, of(side), partial))),
    tables: {
      licences: table(
        basis,
        TABLES.licences.title,
        TABLES.licences.head,
        COUNTRIES.flatMap((country) => classRows(country, of(country))),
        partial,
      ),
      'licences-top': table(
        basis,
        TABLES['licences-top'].title,
        TABLES['licences-top'].head,
        topRows(views.language),
        partial,
      ),
    },
    series: {},
  };
}

type ByClass = ReadonlyMap<LicenceClass, readonly ClassifiedRepository[]>;

function downloadsOf(by: ByClass): bigint[] {
  return LICENCE_CLASSES.map((one) => total(by.get(one) ?? []));
}

/** The four shares of one side; unstated is what is unknown here. */
function shares(
  basis: Basis,
  side: (typeof SIDES)[number],
  by: ByClass,
  partial: string | null,
): Record<string, Figure> {
  const downloads = downloadsOf(by);
  const parts = partition(downloads);
  const unknown = downloads.at(-1) ?? 0n;
  const classified = downloads.slice(0, -1).reduce((sum, one) => sum + one, 0n);
  const unstated = parts.at(-1) ?? 0;
  return Object.fromEntries(
    LICENCE_CLASSES.map((one, index) => {
      const value = parts[index] ?? null;
      const itself = one === 'unstated';
      const found =
        value === null
          ? missing('share', basis.method, basis.universe, say('gap.no-language-model'))
          : figure(basis, {
              unit: 'share',
              value,
              low: itself ? 0 : value,
              high: itself ? value : value + unstated,
              coverage: coverage(classified, unknown),
              partial,
              unknown,
              classified,
            });
      return [`licences.share.${side}.${one}`, against(found, null, NO_COMPARISON)];
    }),
  );
}

function classRows(country: Country, by: ByClass): Table['rows'] {
  const downloads = downloadsOf(by);
  const parts = partition(downloads);
  return LICENCE_CLASSES.map((one, index) => ({
    country,
    licenceClass: one,
    downloads: String(downloads[index] ?? 0n),
    share: parts[index] ?? null,
    models: String(by.get(one)?.length ?? 0),
  }));
}

/** Every tag by itself, most downloaded first; equal ones by name. */
function topRows(language: readonly ClassifiedRepository[]): Table['rows'] {
  const stated = language.filter(({ seen }) => licenceClass(seen.licence) !== 'unstated');
  return [...Map.groupBy(stated, ({ seen }) => seen.licence?.trim().toLowerCase() ?? '')]
    .map(([licence, some]) => ({ licence, downloads: total(some), models: some.length }))
    .sort((a, b) =>
      a.downloads === b.downloads ? (a.licence < b.licence ? -1 : 1) : a.downloads > b.downloads ? -1 : 1,
    )
    .slice(0, TOP)
    .map(({ licence, downloads, models }) => ({
      licence,
      licenceClass: licenceClass(licence),
      downloads: String(downloads),
      models: String(models),
    }));
}

function absent(reason: string): Outcome {
  const method = methodName(indicator);
  const gone = (id: keyof typeof TABLES) =>
    missingTable(method, TABLES[id].title, TABLES[id].head, UNIVERSE, reason);
  return {
    figures: Object.fromEntries(
      SIDES.flatMap((side) =>
        LICENCE_CLASSES.map((one) => [
          `licences.share.${side}.${one}`,
          missing('share', method, UNIVERSE, reason),
        ]),
      ),
    ),
    tables: { licences: gone('licences'), 'licences-top': gone('licences-top') },
    series: {},
  };
}
