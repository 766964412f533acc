import { say } from '../../sentences.ts';
import {
  CAMP_COUNTRIES,
  type CampCountry,
  type CampLabs,
  downloadLabs,
  type Lab,
  usageLabs,
} from '../camp-labs.ts';
import { thirtyDaysTo } from '../download-history.ts';
import { downloadViews } from '../download-tally.ts';
import type { Evidence } from '../evidence.ts';
import { against, type Basis, basisOf, coverage, figure, missing } from '../figure.ts';
import type { Figure, Table } from '../figures.ts';
import { herfindahl } from '../herfindahl.ts';
import { type Indicator, methodName } from '../indicator.ts';
import { share, sum } from '../share.ts';
import { columns, missingTable, table } from '../table.ts';
import { unlabelledReason } from '../unlabelled.ts';
import { missingDays } from './usage.ts';

const UNIVERSE = say('universe.downloads-and-tokens');
const TITLE = 'How each camp is divided among its labs';
const AXES = ['downloads', 'usage'] as const;
type AxisId = (typeof AXES)[number];
const NO_COMPARISON = say('compare.month-end');

const head = columns({
  axis: ['text', 'downloads or usage (open tokens)'],
  country: ['text', 'china or united-states'],
  labs: ['number', 'Labs that have any'],
  hhi: ['number', 'Herfindahl index of the labs, from 0 to 1'],
  largest: ['text', 'Id of the largest lab'],
  largestName: ['text', 'Name of the largest lab'],
  largestShare: ['share', 'Its part of the camp'],
  withoutLargest: ['share', 'The camp’s part of the axis without that lab'],
});

const indicator = {
  id: 'concentration',
  version: 1,
  unit: 'index',
  method:
    'The Herfindahl index of labs within a camp, the sum of the squares of their parts of it, from near 0 (many equal labs) to 1 (one lab): over the classified downloads of first-party open language models by the maker who published them, and over the tokens of open models. Its low bound gives all that is unknown to labs of that camp too small to matter, its high bound all of it to the camp’s largest. Beside it stands each camp’s share with its largest lab left out of the camp and of the whole, which is, as in the headlines, classified and unknown downloads, and open tokens.',
} as const;

/** How much of each camp is one lab. */
export const concentration: Indicator = {
  ...indicator,
  compute(evidence) {
    const downloads = forDownloads(evidence);
    const usage = forUsage(evidence);
    return {
      figures: { ...figuresOf('downloads', downloads), ...figuresOf('usage', usage) },
      tables: { concentration: tableOf(evidence, [downloads, usage]) },
      series: {},
    };
  },
};

/** An axis as it was divided, or why it could not be. */
type Divided =
  | { readonly divided: CampLabs; readonly basis: Basis; readonly partial: string | null }
  | { readonly reason: string };

function forDownloads({ repositories, registry, month, hub }: Evidence): Divided {
  if (!repositories.present) return { reason: repositories.reason };
  const views = downloadViews(repositories.observations, registry, month.to, hub.tail);
  const basis = basisOf(repositories, {
    method: methodName(indicator),
    window: thirtyDaysTo(repositories.asOf),
    classifiedAt: registry.classifiedAt,
  });
  return { divided: downloadLabs(views), basis, partial: unlabelledReason(views) };
}

function forUsage({ usage, registry, month, edition }: Evidence): Divided {
  if (!usage.present) return { reason: usage.reason };
  const rows = usage.observations.filter(({ day }) => month.from <= day && day <= month.to);
  if (rows.length === 0) return { reason: say('snapshot.no-day-usage', { month: edition }) };
  const basis = basisOf(usage, {
    method: methodName(indicator),
    window: month,
    classifiedAt: registry.classifiedAt,
  });
  const gaps = missingDays(rows, month);
  return {
    divided: usageLabs(rows, registry),
    basis,
    partial: gaps.length > 0 ? say('gap.days', { days: gaps }) : null,
  };
}

function figuresOf(axis: AxisId, one: Divided): Record<string, Figure> {
  const entries = CAMP_COUNTRIES.map((camp) => [camp, figuresOfCamp(one, camp)] as const);
  return Object.fromEntries(
    entries.flatMap(([camp, { index, without }]) => [
      [`concentration.${axis}.hhi.${camp}`, against(index, null, NO_COMPARISON)],
      [`concentration.${axis}.without-largest-lab-share.${camp}`, against(without, null, NO_COMPARISON)],
    ]),
  );
}

function figuresOfCamp(one: Divided, camp: CampCountry): { index: Figure; without: Figure } {
  const gone = (reason: string) => ({
    index: missing('index', methodName(indicator), UNIVERSE, reason),
    without: missing('share', methodName(indicator), UNIVERSE, reason),
  });
  if ('reason' in one) return gone(one.reason);
  const { divided, basis, partial } = one;
  const { labs, unknown, classified } = divided;
  const index = herfindahl(
    labs[camp].map(({ amount }) => amount),
    unknown,
  );
  const [largest] = labs[camp];
  if (!index || !largest) return gone(say('gap.camp-empty'));
  const rest = { coverage: coverage(classified, unknown), partial, unknown, classified };
  const without = withoutLargest(divided, camp, largest);
  return {
    index: figure(basis, { unit: 'index', ...index, ...rest }),
    without: without
      ? figure(basis, { unit: 'share', ...without, subject: largest.makerName, ...rest })
      : missing('share', basis.method, basis.universe, say('gap.camp-one-lab')),
  };
}

/** The camp's part of the axis when its largest lab is in neither; null where nothing is left. */
function withoutLargest(
  { labs, whole, unknown }: CampLabs,
  camp: CampCountry,
  { amount }: Lab,
): { value: number; low: number | null; high: number | null } | null {
  const left = sum(labs[camp].map((lab) => lab.amount)) - amount;
  const value = share(left, whole.value - amount);
  if (value === null) return null;
  return {
    value,
    low: share(left, whole.bounds - amount),
    high: share(left + unknown, whole.bounds - amount),
  };
}

function tableOf({ month, registry }: Evidence, axes: readonly Divided[]): Table {
  const method = methodName(indicator);
  const bases = axes.flatMap((one) => ('reason' in one ? [] : [one.basis]));
  const reasons = axes.flatMap((one) => ('reason' in one ? [one.reason] : one.partial ? [one.partial] : []));
  const reason = [...new Set(reasons)].join(' ') || null;
  if (bases.length === 0) return missingTable(method, TITLE, head, UNIVERSE, reason ?? '');
  const basis: Basis = {
    method,
    window: month,
    asOf: bases.map(({ asOf }) => asOf).sort()[0] ?? null,
    retrievedAt: null,
    classifiedAt: registry.classifiedAt,
    universe: UNIVERSE,
    origins: bases.flatMap(({ origins }) => origins),
  };
  const rows = AXES.flatMap((axis, at) => {
    const one = axes[at];
    return !one || 'reason' in one ? [] : CAMP_COUNTRIES.map((camp) => rowOf(axis, camp, one.divided));
  });
  return table(basis, TITLE, head, rows, reason);
}

function rowOf(axis: AxisId, country: CampCountry, divided: CampLabs): Table['rows'][number] {
  const labs = divided.labs[country];
  const [largest] = labs;
  const amounts = labs.map(({ amount }) => amount);
  return {
    axis,
    country,
    labs: labs.length,
    hhi: herfindahl(amounts, 0n)?.value ?? null,
    largest: largest?.maker ?? null,
    largestName: largest?.makerName ?? null,
    largestShare: largest ? share(largest.amount, sum(amounts)) : null,
    withoutLargest: largest ? (withoutLargest(divided, country, largest)?.value ?? null) : null,
  };
}
