import { type Day, monthBefore, monthWindow } from '../../edition.ts';
import { say } from '../../sentences.ts';
import type { CapabilityObservation } from '../../sources/observation.ts';
import { capabilitySeries, missingCapabilitySeries } from '../capability-history.ts';
import type { Evidence, Present } from '../evidence.ts';
import { against, type Basis, basisOf, figure, missing } from '../figure.ts';
import type { Figure, Table } from '../figures.ts';
import { CAMPS, type Camp, type Contender, type Field, fieldOn, frontier } from '../frontier.ts';
import { type Indicator, methodName } from '../indicator.ts';
import { LAGS, lagOn } from '../lag.ts';
import { columns, missingTable, table } from '../table.ts';

const UNIVERSE = say('universe.index');
const TOP = 5;

const frontierHead = columns({
  date: ['day', 'Release; for open models not before their weights were public'],
  camp: ['text', 'china-open, united-states-open or closed, as of the month’s end'],
  model: ['text', 'Model as the index names it'],
  score: ['number', 'Index points'],
  low: ['number', 'Lower bound of the interval'],
  high: ['number', 'Upper bound of the interval'],
});
const topHead = columns({
  camp: ['text', 'china-open, united-states-open or closed, as of the month’s end'],
  model: ['text', 'Model as the index names it'],
  maker: ['text', 'Id of the maker'],
  score: ['number', 'Index points'],
  low: ['number', 'Lower bound of the interval'],
  high: ['number', 'Upper bound of the interval'],
  released: ['day', 'Release; for open models not before their weights were public'],
});

const indicator = {
  id: 'capability',
  version: 1,
  unit: 'points',
  method:
    'The highest score in the Epoch Capabilities Index among models public by the month’s end: open Chinese, open American, and closed of any country, by the same dated list of openness as usage; low and high are the interval the index states. One side leads only if the intervals do not overlap. The lag of one side behind another is the time from the other side’s first model at or above this side’s best to the month’s end, in months; its low and high come from the interval of that best. All is of one vintage of the index, in which every score is refitted. The history by month, from January 2024, is of that vintage too: what it says of a month’s end is not what could be read then.',
} as const;

/** The best of each side, and how far behind one is in time. */
export const capability: Indicator = {
  ...indicator,
  compute(evidence) {
    const { capability: taken } = evidence;
    return taken.present ? measured(evidence, taken) : absent(taken.reason);
  },
};

function measured(
  { registry, month, edition }: Evidence,
  taken: Present<CapabilityObservation>,
): ReturnType<Indicator['compute']> {
  const before = monthWindow(monthBefore(edition));
  const rest = { method: methodName(indicator), classifiedAt: registry.classifiedAt };
  const upTo = (day: Day) => basisOf(taken, { ...rest, window: { from: month.from, to: day } });
  const basis = upTo(month.to);
  const field = fieldOn(taken.observations, registry, month.to);
  const now = bests(basis, field);
  const then = bests({ ...basis, window: before }, fieldOn(taken.observations, registry, before.to));
  const figures: Record<string, Figure> = {};
  for (const camp of CAMPS) figures[`capability.best.${camp}`] = against(now[camp], then[camp], null);
  for (const [camp, other] of LAGS)
    figures[`capability.lag.${camp}-behind-${other}`] = against(
      lag(basis, field, camp, other, month.to),
      null,
      say('compare.lag'),
    );
  return {
    figures,
    tables: {
      'capability-frontier': table(
        basis,
        'Models that raised their side’s best',
        frontierHead,
        frontierRows(field),
      ),
      'capability-top': table(basis, 'Five best of each side', topHead, topRows(field)),
    },
    series: capabilitySeries(basis, taken.observations, registry, edition),
  };
}

/** The best model of each side; partial where a better one is on no list. */
function bests(basis: Basis, { camps, unclassified }: Field): Record<Camp, Figure> {
  const scored = CAMPS.flatMap((camp) => camps[camp]).length;
  const covered = scored / (scored + unclassified.length || 1);
  const one = (camp: Camp): Figure => {
    const [best] = camps[camp];
    if (!best) return missing('points', basis.method, basis.universe, say('gap.no-scored'));
    const above = unclassified.filter(({ score }) => score > best.score).map(({ model }) => model);
    return figure(basis, {
      unit: 'points',
      value: best.score,
      low: best.low ?? best.score,
      high: best.high ?? best.score,
      subject: best.model,
      coverage: covered,
      partial: above.length > 0 ? say('gap.unclassified-higher', { names: above }) : null,
    });
  };
  return {
    'china-open': one('china-open'),
    'united-states-open': one('united-states-open'),
    closed: one('closed'),
  };
}

/** The lag as a figure; it says so where one side is not behind the other. */
function lag(basis: Basis, field: Field, camp: Camp, other: Camp, end: Day): Figure {
  const found = lagOn(field, camp, other, end);
  if (!found) return missing('months', basis.method, basis.universe, say('gap.no-scored'));
  const { best, first, months, low, high } = found;
  return {
    ...figure(basis, {
      unit: 'months',
      value: months,
      low,
      high,
      subject: first ? `${best.model}; ${first.model}, ${first.since}` : best.model,
    }),
    reason: first ? null : say('gap.not-behind'),
  };
}

function frontierRows({ camps }: Field): Table['rows'] {
  return CAMPS.flatMap((camp) =>
    frontier(camps[camp]).map(({ since, model, score, low, high }) => ({
      date: since,
      camp,
      model,
      score,
      low,
      high,
    })),
  );
}

function topRows({ camps }: Field): Table['rows'] {
  return CAMPS.flatMap((camp) =>
    camps[camp].slice(0, TOP).map(({ model, maker, score, low, high, since }: Contender) => ({
      camp,
      model,
      maker: maker.id,
      score,
      low,
      high,
      released: since,
    })),
  );
}

function absent(reason: string): ReturnType<Indicator['compute']> {
  const method = methodName(indicator);
  const figures: Record<string, Figure> = {};
  for (const camp of CAMPS) figures[`capability.best.${camp}`] = missing('points', method, UNIVERSE, reason);
  for (const [camp, other] of LAGS)
    figures[`capability.lag.${camp}-behind-${other}`] = missing('months', method, UNIVERSE, reason);
  return {
    figures,
    tables: {
      'capability-frontier': missingTable(
        method,
        'Models that raised their side’s best',
        frontierHead,
        UNIVERSE,
        reason,
      ),
      'capability-top': missingTable(method, 'Five best of each side', topHead, UNIVERSE, reason),
    },
    series: missingCapabilitySeries(method, UNIVERSE, reason),
  };
}
