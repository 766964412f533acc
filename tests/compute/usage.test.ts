import { describe, expect, it } from 'vitest';
import { usage } from '../../functions/compute/indicators/usage.ts';
import { parseRegistry } from '../../functions/compute/registry.ts';
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

  it('counts past 2^63', () => {
    const one = figures(['dragon/fire', 2n ** 70n], ['eagle/shut', 1n]);
    expect(one['usage.tokens.total']?.value).toBe(String(2n ** 70n + 1n));
  });
});
