import { describe, expect, it } from 'vitest';
import type { PublishedEdition } from '../../functions/compute/evidence.ts';
import { against, missing } from '../../functions/compute/figure.ts';
import type { Figure } from '../../functions/compute/figures.ts';
import { leads } from '../../functions/compute/indicators/leads.ts';
import { restatementsOf } from '../../functions/compute/restatements.ts';
import { parseEdition } from '../../functions/edition.ts';
import { evidence } from './evidence.ts';

const ID = 'usage.open-share';
const JUNE = { from: '2026-06-01', to: '2026-06-30' };
const JULY = { from: '2026-07-01', to: '2026-07-31' };
const sum = (digit: string) => digit.repeat(64);
const REGISTRY = { organisations: sum('a'), openness: sum('b'), classifiedAt: '2026-07-01' };

function measured(value: Figure['value'], window: Figure['window'], unit: Figure['unit'] = 'share'): Figure {
  return {
    ...missing(unit, 'usage@1', 'u', 'r'),
    status: 'measured',
    reason: null,
    value,
    low: value,
    high: value,
    window,
  };
}
function june(value: Figure['value'], more: Partial<PublishedEdition> = {}): PublishedEdition {
  return {
    edition: parseEdition('2026-06'),
    revision: 'r2',
    kind: 'live',
    registry: REGISTRY,
    figures: { [ID]: measured(value, JUNE) },
    ...more,
  };
}
const july = (then: number) => ({ [ID]: against(measured(0.8, JULY), measured(then, JUNE), null) });
const restated = (
  before: PublishedEdition | undefined,
  now: Record<string, Figure>,
  registry: PublishedEdition['registry'] = REGISTRY,
) => restatementsOf(before, now, registry);

describe('a restatement', () => {
  it('is what an earlier edition published, and the same month by this one’s reckoning', () => {
    expect(restated(june(0.67), july(0.71))).toEqual([
      {
        edition: '2026-06',
        revision: 'r2',
        figure: ID,
        unit: 'share',
        published: 0.67,
        restated: 0.71,
        why: 'source',
      },
    ]);
  });

  it('says whether the registry or the definition is another now', () => {
    const registry = { ...REGISTRY, openness: sum('c') };
    expect(restated(june(0.67), july(0.71), registry)[0]?.why).toBe('registry');
    const defined = { [ID]: { ...july(0.71)[ID], method: 'usage@2' } };
    expect(restated(june(0.67), defined, registry)[0]?.why).toBe('definition');
  });

  it('is not what rounds away, but is any other count', () => {
    expect(restated(june(0.67), july(0.6704))).toEqual([]);
    const counts = (value: string, window: Figure['window']) => measured(value, window, 'tokens');
    const then = june(null, { figures: { [ID]: counts('1000', JUNE) } });
    const now = { [ID]: against(counts('5', JULY), counts('1001', JUNE), null) };
    expect(restated(then, now)).toMatchObject([{ published: '1000', restated: '1001' }]);
  });

  it('is nothing in a first edition, and of nothing that cannot be compared', () => {
    expect(restated(undefined, july(0.71))).toEqual([]);
    expect(restated(june(null), july(0.71))).toEqual([]);
    expect(
      restated(june(0.67), { [ID]: against(measured(0.8, JULY), measured(0.71, JUNE), 'another universe') }),
    ).toEqual([]);
    expect(
      restated(june(0.67), {
        [ID]: against(measured(0.8, JULY), measured(0.71, { from: '2026-06-02', to: '2026-07-01' }), null),
      }),
    ).toEqual([]);
  });
});

describe('the ledger of an edition', () => {
  const soFar = (figures: Record<string, Figure>) => ({ figures, tables: {}, series: {} });
  const usage = (china: number, us: number, window = JULY) => ({
    'usage.share.china-open': measured(china, window),
    'usage.share.united-states-open': measured(us, window),
  });

  it('begins with itself where nothing was published', () => {
    const { tables, series } = leads.compute(evidence({}), soFar(usage(0.6, 0.1)));
    expect(tables.leads?.rows).toContainEqual({
      axis: 'usage',
      leader: 'china',
      since: '2026-07',
      contestedSince: null,
      editions: 1,
    });
    expect(tables['lead-changes']?.rows).toEqual([]);
    expect(series['axis-history']?.rows.filter(({ axis }) => axis === 'usage')).toHaveLength(2);
  });

  it('finds the crossing between a published edition and this one, and what is restated', () => {
    const published = [june(0.67, { figures: { ...usage(0.1, 0.4, JUNE), [ID]: measured(0.67, JUNE) } })];
    const { tables } = leads.compute(evidence({ published }), soFar({ ...usage(0.6, 0.1), ...july(0.71) }));
    expect(tables['lead-changes']?.rows).toEqual([
      {
        axis: 'usage',
        edition: '2026-07',
        revision: null,
        from: 'unitedStates',
        to: 'china',
        contestedSince: null,
      },
    ]);
    expect(tables.restatements?.rows).toMatchObject([
      { figure: ID, published: '0.67', restated: '0.71', why: 'registry' },
    ]);
  });

  it('never puts generated figures beside measured ones', () => {
    const published = [june(0.67, { kind: 'synthetic', figures: usage(0.1, 0.4, JUNE) })];
    const { tables, series } = leads.compute(evidence({ published }), soFar(usage(0.6, 0.1)));
    expect(tables['lead-changes']?.rows).toEqual([]);
    expect(series['axis-history']?.rows.map(({ edition }) => edition)).not.toContain('2026-06');
  });
});
