import { describe, expect, it } from 'vitest';
import { assembleFigures } from '../../functions/compute/assemble.ts';
import type { Repair } from '../../functions/compute/counters.ts';
import { evidence, repository, served, smallRegistry } from './evidence.ts';

const registry = smallRegistry([
  ['fire', 'dragon', '2025-01-01'],
  ['wing', 'eagle', '2025-01-01'],
]);
const made = (given: Parameters<typeof evidence>[0]) =>
  assembleFigures(evidence({ registry, ...given }), { sources: [], absent: [], kind: 'live' });
const rows = (figures: ReturnType<typeof made>, headline: string) =>
  Object.fromEntries(
    (figures.tables.sensitivity?.rows ?? [])
      .filter((row) => row.headline === headline)
      .map((row) => [row.alternative, [row.value, row.leader]]),
  );

describe('the headline of downloads', () => {
  const repositories = [
    repository('Dragon/fire', { downloads30d: 60n }),
    repository('Eagle/wing', { downloads30d: 40n }),
    repository('Eagle/bert', { downloads30d: 300n, pipelineTag: 'fill-mask' }),
    repository('someone/wing-tuned', {
      downloads30d: 100n,
      bases: [{ model: 'Eagle/wing', relation: 'finetune' }],
    }),
  ];

  it('stands under every other choice, with who leads then', () => {
    const found = rows(made({ repositories }), 'downloads');
    expect(found).toMatchObject({
      lineage: [expect.closeTo(0.3, 9), 'unitedStates'],
      'all-tasks': [expect.closeTo(0.15, 9), 'unitedStates'],
      'raw-counters': [expect.closeTo(0.6, 9), 'china'],
      'without-largest': [0, 'unitedStates'],
      'unknown-against': [expect.closeTo(0.6, 9), 'china'],
    });
  });

  it('has a band from the lowest to the highest, and the choice that moves it most by name', () => {
    const { figures } = made({ repositories });
    expect(figures['sensitivity.downloads.china']).toMatchObject({
      value: figures['downloads.language.publisher-share.china']?.value,
      low: 0,
      high: figures['downloads.language.publisher-share.china']?.value,
      subject: 'largest',
    });
  });

  it('shows what a counter that was set aside would have done', () => {
    const repair: Repair = {
      model: 'Dragon/fire',
      day: '2026-08-01',
      counted: 5940n,
      used: 60n,
      repair: 'repaired',
      cause: 'counter-high',
    };
    const figures = made({ repositories, hub: { repairs: [repair] } });
    expect(rows(figures, 'downloads')['raw-counters']?.[0]).toBeCloseTo(5940 / 5980, 9);
  });
});

describe('the headline of usage', () => {
  it('moves with what is unknown, and with free traffic', () => {
    const usage = [
      served('dragon/fire', 60n),
      served('dragon/fire', 20n, '2026-07-15', 'free'),
      served('eagle/wing', 20n),
      served('other', 25n),
    ];
    const found = rows(made({ usage }), 'usage');
    expect(found['unknown-against']?.[0]).toBeCloseTo(80 / 125, 9);
    expect(found['unknown-for']?.[0]).toBeCloseTo(105 / 125, 9);
    expect(found['paid-only']?.[0]).toBeCloseTo(60 / 80, 9);
  });

  it('is missing with the reason where usage is', () => {
    const { figures, tables } = made({});
    expect(figures['sensitivity.usage.china-of-open']).toMatchObject({ status: 'missing', value: null });
    expect(tables.sensitivity).toMatchObject({ status: 'missing', rows: [] });
  });
});
