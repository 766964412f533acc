import { monthBefore } from '../../edition.ts';
import { say } from '../../sentences.ts';
import type { Evidence } from '../evidence.ts';
import type { Figure, Table } from '../figures.ts';
import { type Indicator, methodName, NOTHING_YET, type Outcome } from '../indicator.ts';
import { crossingsOf, type LedgerEdition, type LedgerEntry, ledgerOf } from '../ledger.ts';
import { restatementsOf } from '../restatements.ts';
import { columns, table } from '../table.ts';

const axisColumn = ['text', 'downloads, usage, derivatives, releases or capability'] as const;
const HEADS = {
  leads: {
    title: 'Who leads on each axis, and since when',
    head: columns({
      axis: axisColumn,
      leader: ['text', 'china, unitedStates, close, level or missing'],
      since: ['text', 'First of the editions in a row that its leader leads; empty where nobody does'],
      contestedSince: [
        'text',
        'Edition since which the bounds overlap; empty where the lead is not contested',
      ],
      editions: ['number', 'Editions that measured it, this one included'],
    }),
  },
  'lead-changes': {
    title: 'Leads that changed hands',
    head: columns({
      axis: axisColumn,
      edition: ['text', 'Edition in which the bounds separated on the other side'],
      revision: ['text', 'Its revision; empty for this edition'],
      from: ['text', 'Who led before'],
      to: ['text', 'Who leads since'],
      contestedSince: ['text', 'Edition since which the bounds had overlapped'],
    }),
  },
  restatements: {
    title: 'What the last edition said of its month, and what it is now',
    head: columns({
      edition: ['text', 'The earlier edition'],
      revision: ['text', 'Its revision'],
      figure: ['text', 'Id of the figure'],
      unit: ['text', 'Its unit'],
      published: ['text', 'As it was published'],
      restated: ['text', 'The same month by this edition’s reckoning'],
      why: ['text', 'definition, registry or source: what is another now'],
    }),
  },
} as const;
const HISTORY = columns({
  edition: ['text', 'Month as YYYY-MM'],
  axis: axisColumn,
  side: ['text', 'china or united-states'],
  value: ['number', 'In the unit of the axis'],
  low: ['number', 'Lower bound'],
  high: ['number', 'Upper bound'],
  leader: ['text', 'china, unitedStates, close, level or missing'],
});
/** Editions on the line of the scorecard. */
const EDITIONS = 24;

const indicator = {
  id: 'leads',
  version: 1,
  unit: 'share',
  method:
    'Who leads an axis is read off each published edition, by its current revision, and off this one; a lead holds only if the bounds of the two sides do not overlap. A lead changes when the bounds separate on the other side, and is contested from the edition at which they first overlap. A restatement is a figure of the month before that this edition reckons otherwise than that month’s edition published it: because the indicator’s definition changed, because makers or models were classified anew (which applies from its date on, never backwards), or because a source revised its data.',
} as const;

/** The ledger of leads and restatements, from what was published before. */
export const leads: Indicator = {
  ...indicator,
  compute(evidence, soFar = NOTHING_YET) {
    const editions = editionsOf(evidence, soFar);
    const entries = ledgerOf(editions);
    const { changes, standings } = crossingsOf(entries);
    const { registry, published, edition, month } = evidence;
    const files = registry.files;
    const restated = restatementsOf(
      published.find((one) => one.edition === monthBefore(edition)),
      soFar.figures,
      {
        organisations: files['organisations.json'],
        openness: files['openness.json'],
        classifiedAt: registry.classifiedAt,
      },
    );
    const basis = {
      method: methodName(indicator),
      window: month,
      asOf: null,
      retrievedAt: null,
      classifiedAt: registry.classifiedAt,
      universe: say('universe.editions', { editions: published.length }),
      origins: [],
    };
    const make = (id: keyof typeof HEADS, rows: Table['rows']) =>
      table(basis, HEADS[id].title, HEADS[id].head, rows);
    return {
      figures: {},
      tables: {
        leads: make(
          'leads',
          standings.map((one) => ({ ...one })),
        ),
        'lead-changes': make(
          'lead-changes',
          changes.map((one) => ({ ...one })),
        ),
        restatements: make(
          'restatements',
          restated.map((one) => ({
            ...one,
            published: String(one.published),
            restated: String(one.restated),
          })),
        ),
      },
      series: { 'axis-history': table(basis, 'The axes over the editions', HISTORY, historyRows(entries)) },
    };
  },
};

/** Earlier editions and this one, oldest first; generated figures never stand beside measured ones. */
function editionsOf({ published, edition }: Evidence, { figures }: Outcome): LedgerEdition[] {
  return [
    ...published.filter(({ kind }) => kind !== 'synthetic').slice(1 - EDITIONS),
    { edition, revision: null, figures },
  ];
}

function historyRows(entries: readonly LedgerEntry[]): Table['rows'] {
  const row = (entry: LedgerEntry, side: 'china' | 'united-states', figure: Figure | undefined) => {
    const number = (value: Figure['value'] | undefined) =>
      value === null || value === undefined ? null : Number(value);
    return {
      edition: entry.edition,
      axis: entry.axis,
      side,
      value: number(figure?.value),
      low: number(figure?.low),
      high: number(figure?.high),
      leader: entry.leader,
    };
  };
  return entries.flatMap((entry) => [
    row(entry, 'china', entry.china),
    row(entry, 'united-states', entry.unitedStates),
  ]);
}
