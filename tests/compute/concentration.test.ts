import { describe, expect, it } from 'vitest';
import { herfindahl } from '../../functions/compute/herfindahl.ts';
import { concentration } from '../../functions/compute/indicators/concentration.ts';
import { daysOf, monthWindow, parseEdition } from '../../functions/edition.ts';
import { evidence, repository, served, smallRegistry } from './evidence.ts';

const registry = smallRegistry([
  ['fire', 'dragon', '2025-01-01'],
  ['snow', 'peak', '2025-01-01'],
  ['late', 'dragon', '2026-07-16'],
  ['wing', 'eagle', '2025-01-01'],
  ['shut', 'hawk', null],
  ['bull', 'stier', '2025-01-01'],
]);
const compute = (given: Parameters<typeof evidence>[0]) =>
  concentration.compute(evidence({ registry, ...given }));
const days = daysOf(monthWindow(parseEdition('2026-07')));
const daily = (slug: string, tokens: bigint) => days.map((day) => served(slug, tokens, day));

describe('a Herfindahl index', () => {
  it('is one of a single lab, a half of two equal ones, and more the less equal they are', () => {
    expect(herfindahl([7n], 0n)).toEqual({ value: 1, low: 1, high: 1 });
    expect(herfindahl([5n, 5n], 0n)?.value).toBe(0.5);
    expect(herfindahl([6n, 3n, 1n], 0n)?.value).toBeCloseTo(0.46, 9);
  });

  it('gives the unknown to labs too small to matter, then to the largest', () => {
    expect(herfindahl([6n, 2n], 2n)).toEqual({
      value: 0.625,
      low: expect.closeTo(0.4, 9),
      high: expect.closeTo(0.68, 9),
    });
  });

  it('is none of nothing', () => {
    expect(herfindahl([], 5n)).toBeNull();
    expect(herfindahl([0n], 5n)).toBeNull();
  });
});

describe('concentration of downloads', () => {
  const { figures, tables } = compute({
    repositories: [
      repository('Dragon/Fire-8B', { downloads30d: 30n }),
      repository('Dragon-Vision/Eye-8B', { downloads30d: 10n }),
      repository('Peak/Snow-8B', { downloads30d: 10n }),
      repository('Eagle/Wing-8B', { downloads30d: 40n }),
      repository('Nobody/What-8B', { downloads30d: 10n }),
      repository('Dragon/Embedding', { downloads30d: 5000n, pipelineTag: 'feature-extraction' }),
    ],
  });

  it('adds up a lab’s models under all its names', () => {
    expect(figures['concentration.downloads.hhi.china']?.value).toBeCloseTo(0.64 + 0.04, 9);
    expect(figures['concentration.downloads.hhi.united-states']).toMatchObject({ value: 1, unit: 'index' });
  });

  it('leaves a camp’s largest lab out of the camp and of the whole, and names it', () => {
    expect(figures['concentration.downloads.without-largest-lab-share.china']).toMatchObject({
      value: expect.closeTo(10 / 60, 9),
      low: expect.closeTo(10 / 60, 9),
      high: expect.closeTo(20 / 60, 9),
      subject: 'dragon',
      unit: 'share',
    });
    expect(figures['concentration.downloads.without-largest-lab-share.united-states']).toMatchObject({
      value: 0,
      subject: 'eagle',
    });
  });

  it('stands in a table', () => {
    expect(tables.concentration?.rows).toContainEqual({
      axis: 'downloads',
      country: 'china',
      labs: 2,
      hhi: expect.closeTo(0.68, 9),
      largest: 'dragon',
      largestName: 'dragon',
      largestShare: expect.closeTo(0.8, 9),
      withoutLargest: expect.closeTo(10 / 60, 9),
    });
  });
});

describe('concentration of usage', () => {
  const { figures } = compute({
    usage: [
      ...daily('dragon/fire', 60n),
      ...daily('peak/snow', 20n),
      ...daily('eagle/wing', 20n),
      ...daily('hawk/shut', 70n),
      ...daily('other', 10n),
    ],
  });

  it('is of open tokens, a closed model of a lab counts for nothing', () => {
    expect(figures['concentration.usage.hhi.china']?.value).toBeCloseTo(0.5625 + 0.0625, 9);
    expect(figures['concentration.usage.hhi.united-states']?.value).toBe(1);
  });

  it('has its share without the largest lab of open tokens, with bounds as China’s share of open has them', () => {
    expect(figures['concentration.usage.without-largest-lab-share.china']).toMatchObject({
      value: expect.closeTo(20 / 40, 9),
      low: expect.closeTo(20 / 50, 9),
      high: expect.closeTo(30 / 50, 9),
      subject: 'dragon',
      status: 'measured',
    });
  });

  it('counts a model’s tokens from the day its weights were public', () => {
    const late = compute({ usage: [...daily('dragon/late', 10n), ...daily('peak/snow', 10n)] });
    expect(late.figures['concentration.usage.hhi.china']?.value).toBeCloseTo(
      (160 / 470) ** 2 + (310 / 470) ** 2,
      9,
    );
  });

  it('is missing for a camp without open tokens', () => {
    const one = compute({ usage: daily('dragon/fire', 1n) }).figures;
    expect(one['concentration.usage.hhi.united-states']).toMatchObject({ status: 'missing' });
    expect(one['concentration.usage.without-largest-lab-share.china']).toMatchObject({
      status: 'missing',
      reason: 'Without this camp’s largest lab nothing is left.',
    });
  });
});

describe('an axis without its source', () => {
  it('is missing with the reason, and the other axis stands', () => {
    const { figures, tables } = compute({ usage: daily('dragon/fire', 1n) });
    expect(figures['concentration.downloads.hhi.china']).toMatchObject({
      status: 'missing',
      reason: 'Not part of this test.',
    });
    expect(figures['concentration.usage.hhi.china']?.value).toBe(1);
    expect(tables.concentration).toMatchObject({ status: 'partial', reason: 'Not part of this test.' });
    expect(compute({}).tables.concentration).toMatchObject({ status: 'missing', rows: [] });
  });
});
