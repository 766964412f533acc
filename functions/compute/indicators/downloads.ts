import { say } from '../../sentences.ts';
import type { RepositoryObservation } from '../../sources/observation.ts';
import { COUNTRIES } from '../country.ts';
import {
  allRepairs,
  downloadSeries,
  missingDownloadSeries,
  panelFigures,
  thirtyDaysTo,
} from '../download-history.ts';
import { downloadTables, missingDownloadTables } from '../download-tables.ts';
import { type DownloadViews, downloadViews, type Tally, tally } from '../download-tally.ts';
import type { Evidence, Present } from '../evidence.ts';
import { against, type Basis, basisOf, coverage, figure, type Measured, missing } from '../figure.ts';
import type { Figure } from '../figures.ts';
import { type Indicator, methodName, type Outcome } from '../indicator.ts';
import { partition } from '../share.ts';
import { sideShare } from '../side-share.ts';
import { unlabelledReason } from '../unlabelled.ts';

const UNIVERSE = say('universe.hub');
const NO_COMPARISON = say('compare.other-list');

const indicator = {
  id: 'downloads',
  version: 2,
  unit: 'downloads',
  method:
    'Requests that the Hugging Face Hub counted over the 30 days before it was asked, added up over first-party open-weight models by the country of the maker who published them, and beside it by the country of the maker at the root of the base models (lineage). Another maker’s weights in another format are set aside, uploads by who is not a maker are community, and what is open is as the list of openness has it, or else by whether access is discretionary. A language model has the task text-generation, image-text-to-text or any-to-any, or is on the list of tracked models; beside it stand all tasks. Each counter is held against the same repository’s counters at other moments and against what its all-time counter grew by: one that is ten times its neighbours is set aside, one that is half as high again as that growth is replaced by it, and each is named. Two months are compared by a matched panel, the models seen at the end of both. A request is not a user.',
} as const;

/** Downloads of open models, by who made them. */
export const downloads: Indicator = {
  ...indicator,
  compute(evidence) {
    const { repositories } = evidence;
    return repositories.present ? measured(evidence, repositories) : absent(repositories.reason);
  },
};

function measured(evidence: Evidence, taken: Present<RepositoryObservation>): Outcome {
  const { registry, month, hub } = evidence;
  const views = downloadViews(taken.observations, registry, month.to, hub.tail);
  const { publisher, lineage, everything, community, unlabelled } = views;
  const basis = basisOf(taken, {
    method: methodName(indicator),
    window: thirtyDaysTo(taken.asOf),
    classifiedAt: registry.classifiedAt,
  });
  const partial = unlabelledReason(views);
  const figures = {
    ...group(basis, 'downloads.language.publisher', publisher, unlabelled, partial),
    ...group(basis, 'downloads.language.lineage', lineage, unlabelled, partial),
    ...group(basis, 'downloads.all.publisher', everything, 0n, null),
    'downloads.language.community': count(basis, community, community, { partial }),
    ...withoutLargest(basis, views, partial),
  };
  return {
    figures: {
      ...Object.fromEntries(
        Object.entries(figures).map(([id, one]) => [id, against(one, null, NO_COMPARISON)]),
      ),
      ...panelFigures(basis, evidence, taken),
    },
    tables: downloadTables(basis, views, allRepairs(hub)),
    series: downloadSeries(basis, evidence, taken),
  };
}

/** The five counts of one measure and their shares, which sum to exactly one. */
function group(
  basis: Basis,
  id: string,
  { by, classified, unknown }: Tally,
  leftOut: bigint,
  partial: string | null,
): Record<string, Figure> {
  const shares = partition(COUNTRIES.map((country) => by[country]));
  const rest = { coverage: coverage(classified, unknown + leftOut), partial, unknown, classified };
  const found: Record<string, Figure> = {};
  for (const [index, country] of COUNTRIES.entries()) {
    const part = shares[index] ?? null;
    const itself = country === 'unknown' || part === null;
    found[`${id}.${country}`] = itself
      ? { ...count(basis, by[country], by[country], rest), low: '0' }
      : count(basis, by[country], by[country] + unknown, rest);
    found[`${id}-share.${country}`] = figure(basis, {
      unit: 'share',
      value: part,
      low: itself ? part && 0 : part,
      high: itself ? part : part + (shares.at(-1) ?? 0),
      ...rest,
    });
  }
  return found;
}

function count(basis: Basis, value: bigint, high: bigint, rest: Partial<Measured>): Figure {
  return figure(basis, {
    unit: 'downloads',
    value: String(value),
    low: String(value),
    high: String(high),
    ...rest,
  });
}

/** What is left of each side when the single most downloaded repository of all is left out. */
function withoutLargest(
  basis: Basis,
  { language: [largest, ...others], unlabelled }: DownloadViews,
  partial: string | null,
): Record<string, Figure> {
  const left = tally(others, ({ country }) => country);
  const one = (country: 'china' | 'united-states') =>
    sideShare(basis, left, country, {
      subject: largest?.seen.model ?? null,
      partial,
      leftOut: unlabelled,
    });
  return {
    'downloads.language.without-largest-share.china': one('china'),
    'downloads.language.without-largest-share.united-states': one('united-states'),
  };
}

function absent(reason: string): Outcome {
  const method = methodName(indicator);
  const gone = (unit: 'downloads' | 'share') => missing(unit, method, UNIVERSE, reason);
  const figures: Record<string, Figure> = { 'downloads.language.community': gone('downloads') };
  for (const id of ['language.publisher', 'language.lineage', 'all.publisher']) {
    for (const country of COUNTRIES) {
      figures[`downloads.${id}.${country}`] = gone('downloads');
      figures[`downloads.${id}-share.${country}`] = gone('share');
    }
  }
  for (const country of ['china', 'united-states'])
    figures[`downloads.language.without-largest-share.${country}`] = gone('share');
  for (const country of ['china', 'united-states'])
    figures[`downloads.language.panel-share.${country}`] = gone('share');
  return {
    figures,
    tables: missingDownloadTables(method, UNIVERSE, reason),
    series: missingDownloadSeries(method, UNIVERSE, reason),
  };
}
