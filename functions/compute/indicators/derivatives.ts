import { say } from '../../sentences.ts';
import type { RepositoryObservation } from '../../sources/observation.ts';
import { COUNTRIES, type Country } from '../country.ts';
import { dependencyFigures, dependencyTable, missingDependency } from '../dependency.ts';
import { childrenTable, missingDerivativeTables, relationTable } from '../derivative-tables.ts';
import { type Derivative, derivativesOf } from '../derivatives.ts';
import type { Evidence, Present } from '../evidence.ts';
import { against, type Basis, basisOf, coverage, figure, missing } from '../figure.ts';
import type { Figure } from '../figures.ts';
import { type Indicator, methodName, type Outcome } from '../indicator.ts';
import { partition } from '../share.ts';

const UNIVERSE = say('universe.hub-created');

const indicator = {
  id: 'derivatives',
  version: 2,
  unit: 'models',
  method:
    'Repositories created in the month that name a base model, by the country of the maker at the root of their bases: a base that has bases of its own is followed, and one that comes round again is cut. A base whose maker is not on the registry, and bases of several makers, are unknown. A maker’s own variants of its models count. Relations are as the uploader states them. Beside it stands the change of the Hub’s own count of models that build on a base, which is kept since its beginning. Dependency across camps: of a side’s listed first-party language models, the part whose root is the other side’s.',
} as const;

/** New derivatives by the base model's maker, and who builds on whom across the camps. */
export const derivatives: Indicator = {
  ...indicator,
  compute(evidence) {
    const { repositories, registry, month, hub } = evidence;
    if (!repositories.present) return absent(repositories.reason);
    if (!hub.census && hub.created.length === 0) return uncounted(evidence, repositories);
    const basis = basisOf(repositories, {
      method: methodName(indicator),
      window: month,
      classifiedAt: registry.classifiedAt,
    });
    const found = derivativesOf(evidence, repositories.observations);
    const partial = hub.census ? null : say('gap.no-census');
    const figures = { ...counts(basis, found, partial), ...dependencyFigures(basis, evidence, repositories) };
    return {
      figures: Object.fromEntries(
        Object.entries(figures).map(([id, one]) => [id, against(one, null, NO_COMPARISON)]),
      ),
      tables: {
        ...relationTable(basis, found, partial),
        ...childrenTable(basis, evidence, found, repositories.observations, partial),
        ...dependencyTable(basis, evidence, repositories),
      },
      series: {},
    };
  },
};

const NO_COMPARISON = say('compare.new-repositories');

/** Counts and shares by country; low and high put every derivative of unknown base elsewhere, then here. */
function counts(basis: Basis, found: readonly Derivative[], partial: string | null): Record<string, Figure> {
  const by = Object.fromEntries(COUNTRIES.map((country) => [country, 0n])) as Record<Country, bigint>;
  for (const { country } of found) by[country] += 1n;
  const unknown = by.unknown;
  const classified = BigInt(found.length) - unknown;
  const shares = partition(COUNTRIES.map((country) => by[country]));
  const rest = { coverage: coverage(classified, unknown), partial, unknown, classified };
  const nothing = found.length === 0 ? say('gap.no-derivative') : null;
  return Object.fromEntries(
    COUNTRIES.flatMap((country, index) => {
      const part = shares[index] ?? null;
      const itself = country === 'unknown';
      const count = figure(basis, {
        unit: 'models',
        value: String(by[country]),
        low: itself ? '0' : String(by[country]),
        high: String(by[country] + (itself ? 0n : unknown)),
        ...rest,
      });
      const shared =
        part === null
          ? missing('share', basis.method, basis.universe, nothing ?? '')
          : figure(basis, {
              unit: 'share',
              value: part,
              low: itself ? 0 : part,
              high: itself ? part : part + (shares.at(-1) ?? 0),
              ...rest,
            });
      return [
        [`derivatives.count.${country}`, count],
        [`derivatives.share.${country}`, shared],
      ];
    }),
  );
}

/** Where no list says what is new: the counts are missing, the stock still says who builds on whom. */
function uncounted(evidence: Evidence, taken: Present<RepositoryObservation>): Outcome {
  const basis = basisOf(taken, {
    method: methodName(indicator),
    window: evidence.month,
    classifiedAt: evidence.registry.classifiedAt,
  });
  const none = absent(say('gap.no-created'));
  const dependency = Object.entries(dependencyFigures(basis, evidence, taken));
  return {
    figures: {
      ...none.figures,
      ...Object.fromEntries(dependency.map(([id, one]) => [id, against(one, null, NO_COMPARISON)])),
    },
    tables: { ...none.tables, ...dependencyTable(basis, evidence, taken) },
    series: {},
  };
}

function absent(reason: string): Outcome {
  const method = methodName(indicator);
  return {
    figures: {
      ...Object.fromEntries(
        COUNTRIES.flatMap((country) => [
          [`derivatives.count.${country}`, missing('models', method, UNIVERSE, reason)],
          [`derivatives.share.${country}`, missing('share', method, UNIVERSE, reason)],
        ]),
      ),
      ...missingDependency(method, UNIVERSE, reason).figures,
    },
    tables: {
      ...missingDerivativeTables(method, UNIVERSE, reason),
      ...missingDependency(method, UNIVERSE, reason).tables,
    },
    series: {},
  };
}
