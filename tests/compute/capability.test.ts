import { describe, expect, it } from 'vitest';
import { capability } from '../../functions/compute/indicators/capability.ts';
import { evidence, scored, smallRegistry } from './evidence.ts';

const registry = smallRegistry([
  ['Fire', 'dragon', '2026-07-27'],
  ['Ember', 'dragon', '2026-01-10'],
  ['Feather', 'eagle', '2026-03-01'],
  ['Shut', 'eagle', null],
  ['Old Shut', 'hawk', null],
  ['Closed Dragon', 'dragon', null],
  ['Bull', 'stier', '2025-01-01'],
  ['Later', 'dragon', '2026-08-02'],
]);
const figures = (...scores: Parameters<typeof scored>[]) =>
  capability.compute(evidence({ registry, capability: scores.map((one) => scored(...one)) })).figures;

describe('the best of a side', () => {
  it('is the highest score among models public by the month’s end, with its interval', () => {
    const found = figures(
      ['Fire', 157, '2026-07-16'],
      ['Ember', 140, '2026-01-10'],
      ['Feather', 142, '2026-03-01'],
    );
    expect(found['capability.best.china-open']).toMatchObject({
      value: 157,
      low: 156,
      high: 158,
      subject: 'Fire',
    });
    expect(found['capability.best.united-states-open']).toMatchObject({ value: 142, subject: 'Feather' });
  });

  it('counts a model as closed until its weights are public', () => {
    const found = figures(['Later', 170, '2026-07-01'], ['Ember', 140, '2026-01-10']);
    expect(found['capability.best.china-open']?.subject).toBe('Ember');
    expect(found['capability.best.closed']?.subject).toBe('Later');
  });

  it('leaves out models released after the month, and open ones of other countries', () => {
    const found = figures(
      ['Shut', 160, '2026-08-01'],
      ['Bull', 150, '2025-01-01'],
      ['Ember', 140, '2026-01-10'],
    );
    expect(found['capability.best.closed']).toMatchObject({ status: 'missing', value: null });
    expect(found['capability.best.china-open']?.value).toBe(140);
    expect(found['capability.best.united-states-open']?.status).toBe('missing');
  });

  it('names a higher model that is on no list of openness', () => {
    const one = figures(['Ember', 140, '2026-01-10'], ['Riddle', 180, '2026-02-01'])[
      'capability.best.china-open'
    ];
    expect(one).toMatchObject({ value: 140, status: 'partial' });
    expect(one?.reason).toContain('Riddle');
  });

  it('has risen only if the intervals are apart from the month before', () => {
    const apart = figures(['Ember', 140, '2026-01-10'], ['Fire', 157, '2026-07-16']);
    expect(apart['capability.best.china-open']).toMatchObject({
      direction: 'up',
      previous: { value: 140, comparable: true },
    });
    const close = figures(['Ember', 156.5, '2026-01-10'], ['Fire', 157, '2026-07-16']);
    expect(close['capability.best.china-open']?.direction).toBe('not established');
  });

  it('stands without an interval where none is stated', () => {
    const one = figures(['Ember', 150, '2026-01-10', null])['capability.best.china-open'];
    expect(one).toMatchObject({ value: 150, low: 150, high: 150 });
  });
});

describe('the lag of one side behind another', () => {
  it('is the time from the other’s first model at or above this side’s best to the month’s end', () => {
    const found = figures(
      ['Feather', 140, '2026-03-01'],
      ['Ember', 141.5, '2026-01-10'],
      ['Fire', 157, '2026-07-16'],
    );
    expect(found['capability.lag.united-states-open-behind-china-open']?.value).toBe(6.6);
  });

  it('has bounds from the interval of this side’s best', () => {
    const found = figures(
      ['Feather', 140, '2026-03-01'],
      ['Ember', 140.5, '2026-01-10'],
      ['Fire', 157, '2026-07-16'],
    );
    expect(found['capability.lag.united-states-open-behind-china-open']).toMatchObject({
      value: 6.6,
      low: 0.1,
      high: 6.6,
    });
  });

  it('is nothing, and says so, where the other side never had one', () => {
    const one = figures(['Feather', 140, '2026-03-01'], ['Fire', 157, '2026-07-16'])[
      'capability.lag.china-open-behind-united-states-open'
    ];
    expect(one).toMatchObject({ value: 0, low: 0, high: 0, status: 'measured' });
    expect(one?.reason).toContain('Not behind');
  });

  it('dates an open model by its weights, not by its first day as a service', () => {
    const rows = capability.compute(
      evidence({
        registry,
        capability: [scored('Fire', 157, '2026-07-16'), scored('Feather', 140, '2026-03-01')],
      }),
    ).tables['capability-frontier']?.rows;
    expect(rows).toContainEqual(
      expect.objectContaining({ model: 'Fire', date: '2026-07-27', camp: 'china-open' }),
    );
  });
});

describe('the history of one vintage', () => {
  const { series, figures: now } = capability.compute(
    evidence({
      registry,
      capability: [
        scored('Ember', 141.5, '2026-01-10'),
        scored('Feather', 140, '2026-03-01', null),
        scored('Fire', 157, '2026-07-16'),
        scored('Old Shut', 150, '2023-05-05'),
        scored('Later', 170, '2026-08-01'),
      ],
    }),
  );
  const best = series['capability-monthly']?.rows ?? [];
  const lags = series['capability-lag-monthly']?.rows ?? [];

  it('has the best of each side at the end of every month from January 2024 to the edition’s', () => {
    const closed = best.filter(({ camp }) => camp === 'closed').map(({ month }) => month);
    expect(closed).toHaveLength(31);
    expect([closed[0], closed.at(-1)]).toEqual(['2024-01', '2026-07']);
    const china = best.filter(({ camp }) => camp === 'china-open').map(({ month, model }) => [month, model]);
    expect([china[0], china.at(-2), china.at(-1)]).toEqual([
      ['2026-01', 'Ember'],
      ['2026-06', 'Ember'],
      ['2026-07', 'Fire'],
    ]);
  });

  it('has the score as its own bounds where no interval is stated', () => {
    expect(best).toContainEqual({
      month: '2026-03',
      camp: 'united-states-open',
      model: 'Feather',
      score: 140,
      low: 140,
      high: 140,
    });
  });

  it('has lags by the same reckoning as the edition’s own', () => {
    for (const { behind, ahead, months, low, high } of lags.filter(({ month }) => month === '2026-07'))
      expect({ months, low, high }).toEqual({
        months: now[`capability.lag.${behind}-behind-${ahead}`]?.value,
        low: now[`capability.lag.${behind}-behind-${ahead}`]?.low,
        high: now[`capability.lag.${behind}-behind-${ahead}`]?.high,
      });
    expect(lags.filter(({ month }) => month === '2026-07')).toHaveLength(4);
    expect(lags).toContainEqual({
      month: '2026-04',
      behind: 'united-states-open',
      ahead: 'china-open',
      months: 3.6,
      low: 3.6,
      high: 3.6,
    });
  });

  it('has no row for a side without a score', () => {
    expect(lags.find(({ month }) => month === '2026-01')).toMatchObject({ behind: 'china-open' });
    expect(lags.filter(({ month }) => String(month) < '2026-01')).toEqual([]);
  });

  it('is there, empty, with the reason where there is no index', () => {
    expect(capability.compute(evidence({})).series['capability-lag-monthly']).toMatchObject({
      status: 'missing',
      reason: 'Not part of this test.',
      rows: [],
    });
  });
});
