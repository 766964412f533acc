import { describe, expect, it } from 'vitest';
import { usage } from '../../functions/compute/indicators/usage.ts';
import { parseRegistry, type Registry } from '../../functions/compute/registry.ts';
import { classifySlug } from '../../functions/compute/tokens.ts';
import { daysOf, monthWindow, parseEdition } from '../../functions/edition.ts';
import { evidence, served, smallRegistry } from './evidence.ts';

const registry = smallRegistry(
  [
    ['fire', 'dragon', '2025-01-01'],
    ['late', 'dragon', '2026-07-27'],
    ['shut', 'eagle', null],
    ['free', 'eagle', '2025-01-01'],
    ['peaky', 'peak', '2025-01-01'],
    ['roar', 'merlion', '2025-01-01'],
    ['tea', 'formosa', '2025-01-01'],
    ['bull', 'stier', '2025-01-01'],
    ['tower', 'lion', '2025-01-01'],
    ['nowhere', 'nobody', '2025-01-01'],
    ['__proto__', 'eagle', '2025-01-01'],
    ['constructor', 'dragon', '2025-01-01'],
  ],
  {
    makers: [
      {
        id: 'mover',
        name: 'Mover',
        countries: [
          { country: 'CN', from: null, to: '2026-07-14' },
          { country: 'SG', from: '2026-07-15', to: null },
        ],
        names: { huggingface: ['Mover'], openrouter: ['mover'], epoch: [] },
        source: 'invented for tests',
      },
    ],
  },
);

const group = (slug: string, day = '2026-07-15') => classifySlug(registry, slug, day).group;
const figures = (...rows: Parameters<typeof served>[]) =>
  usage.compute(evidence({ registry, usage: rows.map((row) => served(...row)) })).figures;

describe('the side a slug counts for', () => {
  it('is unknown for masked models and the aggregated rest, whatever a list says', () => {
    expect(['other', 'stealth/ox-alpha', 'openrouter/owl-alpha'].map((slug) => group(slug))).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('is by the day: closed before the weights were public, open from then on', () => {
    expect([group('dragon/late', '2026-07-26'), group('dragon/late', '2026-07-27')]).toEqual([
      'china-closed',
      'china-open',
    ]);
  });

  it('counts Hong Kong to China; Taiwan, Singapore and Britain are other; Germany is the European Union', () => {
    expect(
      ['peak/peaky', 'formosa/tea', 'merlion/roar', 'lion/tower', 'stier/bull'].map((slug) => group(slug)),
    ).toEqual(['china-open', 'other-open', 'other-open', 'other-open', 'european-union-open']);
  });

  it('is unknown where the maker, its country or its openness is not established', () => {
    expect(['who/ever', 'nobody/nowhere', 'eagle/unlisted'].map((slug) => group(slug))).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('follows a maker that moves from its date on, never backwards', () => {
    const moving = parseRegistryWith('mover/one');
    expect(['2026-07-14', '2026-07-15'].map((day) => classifySlug(moving, 'mover/one', day).group)).toEqual([
      'china-open',
      'other-open',
    ]);
  });

  it('is not fooled by names that objects have of themselves', () => {
    expect(group('eagle/__proto__')).toBe('united-states-open');
    expect(
      ['__proto__', 'constructor/prototype', 'toString', 'hasOwnProperty/x'].map((slug) => group(slug)),
    ).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });
});

/** The same registry with one open model of the maker that moves. */
function parseRegistryWith(slug: string) {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return parseRegistry({
    'organisations.json': bytes({
      classifiedAt: '2026-08-01',
      makers: [
        {
          id: 'mover',
          name: 'Mover',
          countries: [
            { country: 'CN', from: null, to: '2026-07-14' },
            { country: 'SG', from: '2026-07-15', to: null },
          ],
          names: { huggingface: [], openrouter: ['mover'], epoch: [] },
          source: 'invented for tests',
        },
      ],
      mirrors: [],
    }),
    'openness.json': bytes({
      classifiedAt: '2026-08-01',
      models: [
        {
          model: { maker: 'mover', family: 'One' },
          names: { openrouter: [slug], epoch: [], huggingface: [] },
          open: '2025-01-01',
          source: 'invented for tests',
        },
      ],
    }),
    'tracked-models.json': bytes({ classifiedAt: '2026-08-01', lists: [] }),
  });
}

/** A world in which the three vendors have a closed model each, and others have one too. */
function withVendors(): Registry {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const source = 'invented for tests';
  const makers = ['openai', 'google', 'anthropic', 'eagle', 'dragon'].map((id) => ({
    id,
    name: id,
    countries: [{ country: id === 'dragon' ? 'CN' : 'US', from: null, to: null }],
    names: { huggingface: [], openrouter: [id], epoch: [] },
    source,
  }));
  const models = [
    ...makers.map(({ id }) => ({ maker: id, family: 'shut', open: null })),
    { maker: 'openai', family: 'free', open: '2025-01-01' },
    { maker: 'dragon', family: 'late', open: '2026-07-27' },
  ].map(({ maker, family, open }) => ({
    model: { maker, family },
    names: { openrouter: [`${maker}/${family}`], epoch: [], huggingface: [] },
    open,
    source,
  }));
  return parseRegistry({
    'organisations.json': bytes({ classifiedAt: '2026-08-01', makers, mirrors: [] }),
    'openness.json': bytes({ classifiedAt: '2026-08-01', models }),
    'tracked-models.json': bytes({ classifiedAt: '2026-08-01', lists: [] }),
  });
}

const vendors = (...rows: Parameters<typeof served>[]) =>
  usage.compute(evidence({ registry: withVendors(), usage: rows.map((row) => served(...row)) }));

describe('usage', () => {
  const rows: Parameters<typeof served>[] = [
    ['dragon/fire', 50n],
    ['eagle/free', 20n, '2026-07-15', 'free'],
    ['eagle/shut', 20n],
    ['other', 10n],
  ];

  it('states open share with bounds: all unknown closed, then all unknown open', () => {
    expect(figures(...rows)['usage.open-share']).toMatchObject({
      low: expect.closeTo(0.7, 9),
      high: expect.closeTo(0.8, 9),
    });
    expect(figures(...rows)['usage.open-share']?.value).toBeCloseTo(70 / 90, 9);
  });

  it('states China’s share of the open and of all', () => {
    const found = figures(...rows);
    expect(found['usage.china-of-open']?.value).toBeCloseTo(50 / 70, 9);
    expect(found['usage.china-of-open']?.low).toBeCloseTo(50 / 80, 9);
    expect(found['usage.china-of-open']?.high).toBeCloseTo(60 / 80, 9);
    expect(found['usage.china-of-all']).toMatchObject({ value: 0.5, low: 0.5, high: expect.closeTo(0.6, 9) });
  });

  it('leaves free traffic out of the paid figures; the rest that cannot be divided stays in as unknown', () => {
    const found = figures(...rows);
    expect(found['usage.paid.tokens.total']?.value).toBe('80');
    expect(found['usage.paid.share.united-states-open']?.value).toBe(0);
    expect(found['usage.paid.share.unknown']?.value).toBe(0.125);
  });

  it('names the days that are missing and calls the month partial', () => {
    const one = figures(...rows)['usage.open-share'];
    expect(one?.status).toBe('partial');
    expect(one?.reason).toContain('2026-07-31');
  });

  it('states a direction only where the bounds of two whole months are apart', () => {
    const whole = (month: string, closed: bigint) =>
      daysOf(monthWindow(parseEdition(month))).flatMap((day): Parameters<typeof served>[] => [
        ['dragon/fire', 100n, day],
        ['eagle/shut', closed, day],
        ['other', 10n, day],
      ]);
    const risen = figures(...whole('2026-06', 100n), ...whole('2026-07', 10n));
    expect(risen['usage.open-share']).toMatchObject({ direction: 'up', status: 'measured' });
    const level = figures(...whole('2026-06', 100n), ...whole('2026-07', 95n));
    expect(level['usage.open-share']).toMatchObject({ direction: 'not established' });
    expect(level['usage.open-share']?.previous).toMatchObject({ comparable: true });
  });

  it('is missing where the snapshot has no day of the month', () => {
    const one = figures(['dragon/fire', 5n, '2026-05-01'])['usage.open-share'];
    expect(one).toMatchObject({ status: 'missing', value: null });
  });

  it('divides the closed tokens among the three vendors and all others, with the unknown as bounds', () => {
    const found = vendors(
      ['openai/shut', 40n],
      ['google/shut', 20n],
      ['anthropic/shut', 10n],
      ['eagle/shut', 30n],
      ['openai/free', 500n],
      ['other', 25n],
    );
    expect(found.figures['usage.vendor-share.openai']).toMatchObject({
      value: expect.closeTo(0.4, 9),
      low: expect.closeTo(40 / 125, 9),
      high: expect.closeTo(65 / 125, 9),
      unit: 'share',
    });
    expect(found.figures['usage.vendor-share.others']).toMatchObject({
      value: expect.closeTo(0.3, 9),
      low: expect.closeTo(30 / 125, 9),
    });
    const four = ['openai', 'google', 'anthropic', 'others'].map((vendor) =>
      Number(found.figures[`usage.vendor-share.${vendor}`]?.value),
    );
    expect(four.reduce((sum, one) => sum + one, 0)).toBe(1);
  });

  it('lists every maker of closed models with its part of them and its tokens of the month before', () => {
    const { tables } = vendors(
      ['openai/shut', 40n],
      ['eagle/shut', 60n],
      ['dragon/late', 100n, '2026-07-26'],
      ['dragon/late', 900n, '2026-07-27'],
      ['eagle/shut', 7n, '2026-06-15'],
    );
    expect(
      tables['usage-vendors']?.rows.map(({ rank, maker, country, tokens, shareOfClosed, previousTokens }) => [
        rank,
        maker,
        country,
        tokens,
        shareOfClosed,
        previousTokens,
      ]),
    ).toEqual([
      [1, 'dragon', 'china', '100', 0.5, '0'],
      [2, 'eagle', 'united-states', '60', expect.closeTo(0.3, 9), '7'],
      [3, 'openai', 'united-states', '40', expect.closeTo(0.2, 9), '0'],
    ]);
  });

  it('has no part of vendors where no closed tokens are known', () => {
    expect(vendors(['openai/free', 9n]).figures['usage.vendor-share.openai']).toMatchObject({
      status: 'missing',
      reason: 'No tokens of closed models are known.',
    });
  });

  it('adds up every whole month of a long snapshot, each day as of its own, and no month that lacks a day', () => {
    const days = daysOf({ from: '2025-01-01', to: '2026-08-31' }).filter((day) => day !== '2025-03-05');
    const rows = days.flatMap((day): Parameters<typeof served>[] => [
      ['dragon/late', 1n, day],
      ['eagle/shut', 2n, day],
    ]);
    const { series } = usage.compute(evidence({ registry, usage: rows.map((row) => served(...row)) }));
    const monthly = series['usage-monthly']?.rows ?? [];
    const months = [...new Set(monthly.map(({ month }) => month))];
    expect(months).toHaveLength(18);
    expect(months.slice(0, 3)).toEqual(['2025-01', '2025-02', '2025-04']);
    expect(months.at(-1)).toBe('2026-07');
    const july = Object.fromEntries(
      monthly.filter(({ month }) => month === '2026-07').map(({ group, tokens }) => [group, tokens]),
    );
    expect(july).toMatchObject({ 'china-closed': '26', 'china-open': '5', 'united-states-closed': '62' });
    const daily = series['usage-daily']?.rows ?? [];
    expect([daily[0]?.day, daily.at(-1)?.day]).toEqual(['2026-06-01', '2026-07-31']);
  });

  it('counts past 2^63', () => {
    const one = figures(['dragon/fire', 2n ** 70n], ['eagle/shut', 1n]);
    expect(one['usage.tokens.total']?.value).toBe(String(2n ** 70n + 1n));
  });
});
