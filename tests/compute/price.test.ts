import { describe, expect, it } from 'vitest';
import { dollarsPerMillion, picodollars } from '../../functions/compute/dollars.ts';
import { price } from '../../functions/compute/indicators/price.ts';
import { paidOffers } from '../../functions/compute/paid-offers.ts';
import { daysOf, monthWindow, parseEdition } from '../../functions/edition.ts';
import type { OfferObservation } from '../../functions/sources/observation.ts';
import { evidence, served, smallRegistry } from './evidence.ts';

const registry = smallRegistry([
  ['fire', 'dragon', '2025-01-01'],
  ['ember', 'dragon', '2025-01-01'],
  ['smoke', 'dragon', '2025-01-01'],
  ['late', 'dragon', '2026-07-31'],
  ['free', 'eagle', '2025-01-01'],
  ['shut', 'eagle', null],
  ['keep', 'stier', null],
  ['bull', 'stier', '2025-01-01'],
]);
const offer = (id: string, promptPrice: string, completionPrice: string): OfferObservation => ({
  kind: 'offer',
  id,
  slug: id.split(':', 1)[0] ?? id,
  name: `Named ${id}`,
  huggingFaceId: null,
  created: '2026-07-01',
  contextLength: null,
  promptPrice,
  completionPrice,
});
const days = daysOf(monthWindow(parseEdition('2026-07')));
/** The same tokens on every day of July, so that no day is missing. */
const daily = (slug: string, tokens: bigint, variant: string | null = null) =>
  days.map((day) => served(slug, tokens, day, variant));
const compute = (offers: OfferObservation[], ...usage: ReturnType<typeof daily>[]) =>
  price.compute(evidence({ registry, offers, usage: usage.flat() }));

describe('a price in dollars', () => {
  it('is a whole number of trillionths, exactly', () => {
    expect(picodollars('0.00000025')).toBe(250_000n);
    expect(picodollars('0')).toBe(0n);
    expect(picodollars('12.5')).toBe(12_500_000_000_000n);
    expect(picodollars('0.0000000000014999')).toBe(1n);
    expect(picodollars('0.0000000000015')).toBe(2n);
  });

  it('per million tokens has four decimals, rounded from the exact quotient', () => {
    expect(dollarsPerMillion(picodollars('0.00000025'), 1n)).toBe(0.25);
    expect(dollarsPerMillion(100n, 3n)).toBe(0);
    expect(dollarsPerMillion(200n, 3n)).toBe(0.0001);
    expect(dollarsPerMillion(2n ** 80n * 3_000_000n, 2n ** 80n)).toBe(3);
    expect(dollarsPerMillion(1n, 0n)).toBeNull();
  });
});

describe('the paid offer of a model', () => {
  const found = (...offers: Parameters<typeof offer>[]) =>
    [...paidOffers(offers.map((one) => offer(...one))).values()].map(({ offer: { id } }) => id);

  it('is the plain one, whatever the others cost and wherever they stand', () => {
    const plain = ['a/x', '0.000002', '0.00001'] as const;
    const batch = ['a/x:batch', '0.000001', '0.000005'] as const;
    expect(found([...plain], [...batch])).toEqual(['a/x']);
    expect(found([...batch], [...plain])).toEqual(['a/x']);
  });

  it('is the cheapest where none is plain', () => {
    expect(found(['a/x:batch', '0.000001', '0.000005'], ['a/x:flex', '0.000001', '0.000004'])).toEqual([
      'a/x:flex',
    ]);
  });

  it('is none where it is free, by its name or by its price', () => {
    expect(found(['a/x:free', '0', '0'], ['b/y', '0', '0.0'], ['c/z:free', '0.000001', '0'])).toEqual([]);
    expect(found(['d/image', '0', '0.000002'])).toEqual(['d/image']);
  });
});

describe('the price of a side', () => {
  const offers = [
    offer('dragon/fire', '0.000001', '0.000002'),
    offer('dragon/ember', '0.000003', '0.000009'),
    offer('eagle/shut', '0.000005', '0.000025'),
    offer('stier/keep', '0.000001', '0.000001'),
    offer('eagle/free:free', '0', '0'),
    offer('stier/bull', '0.1', '0.1'),
  ];

  it('counts each model by its paid tokens, prompt and completion apart; the median counts each once', () => {
    const { figures } = compute(offers, daily('dragon/fire', 300n), daily('dragon/ember', 100n));
    expect(figures['price.prompt.weighted.china-open']).toMatchObject({
      value: 1.5,
      low: 1.5,
      high: 1.5,
      unit: 'dollars',
      coverage: 1,
      status: 'measured',
    });
    expect(figures['price.completion.weighted.china-open']?.value).toBe(3.75);
    expect(figures['price.prompt.median.china-open']?.value).toBe(2);
    expect(figures['price.completion.median.china-open']?.value).toBe(5.5);
  });

  it('leaves free traffic out, and takes other variants at the plain price', () => {
    const { figures } = compute(
      offers,
      daily('dragon/fire', 900n, 'free'),
      daily('dragon/fire', 100n, 'thinking'),
      daily('dragon/ember', 100n),
    );
    expect(figures['price.prompt.weighted.china-open']?.value).toBe(2);
  });

  it('has closed models of any country on one side, and open ones of other countries on none', () => {
    const { figures } = compute(
      offers,
      daily('eagle/shut', 100n),
      daily('stier/keep', 100n),
      daily('stier/bull', 9000n),
      daily('other', 9000n),
      daily('stealth/ox', 9000n),
    );
    expect(figures['price.prompt.weighted.closed']?.value).toBe(3);
    expect(figures['price.prompt.weighted.china-open']).toMatchObject({
      status: 'missing',
      reason: 'No model of this side served paid tokens.',
    });
  });

  it('has a model on the side on which it is on the month’s last day', () => {
    const { figures } = compute([offer('dragon/late', '0.000007', '0.000007')], daily('dragon/late', 1n));
    expect(figures['price.prompt.weighted.china-open']?.value).toBe(7);
  });

  it('is partial where less than nine tenths of its paid tokens have a price, and says how many have', () => {
    const of = (unpriced: bigint) =>
      compute(offers, daily('dragon/fire', 900n), daily('dragon/smoke', unpriced)).figures[
        'price.prompt.weighted.china-open'
      ];
    expect(of(100n)).toMatchObject({ value: 1, status: 'measured', coverage: expect.closeTo(0.9, 9) });
    expect(of(300n)).toMatchObject({ value: 1, status: 'partial', coverage: 0.75 });
    expect(of(300n)?.reason).toBe('The catalogue has a price for 75 % of this side’s paid tokens.');
  });

  it('is missing where nothing of it has a price', () => {
    expect(
      compute(offers, daily('eagle/free', 100n)).figures['price.prompt.median.united-states-open'],
    ).toMatchObject({
      status: 'missing',
      reason: expect.stringContaining('has a price in the catalogue'),
    });
  });

  it('is of both snapshots: the catalogue’s date, the month’s window', () => {
    const one = compute(offers, daily('dragon/fire', 1n)).figures['price.prompt.weighted.china-open'];
    expect(one?.origins.map(({ source }) => source)).toEqual(['openrouter-models', 'openrouter-usage']);
    expect(one?.window).toEqual({ from: '2026-07-01', to: '2026-07-31' });
  });

  it('is missing where either source is absent, or has no day of the month, with the reason', () => {
    const one = (given: Parameters<typeof evidence>[0]) =>
      price.compute(evidence({ registry, ...given })).figures['price.prompt.weighted.closed'];
    expect(one({ offers })).toMatchObject({ status: 'missing', reason: 'Not part of this test.' });
    expect(one({ usage: daily('dragon/fire', 1n) })).toMatchObject({ status: 'missing' });
    expect(one({ offers, usage: [served('dragon/fire', 1n, '2026-05-01')] })?.reason).toContain('2026-07');
  });

  it('names the days that are missing', () => {
    const one = compute(offers, [served('dragon/fire', 1n, '2026-07-01')]);
    expect(one.figures['price.prompt.weighted.china-open']).toMatchObject({
      status: 'partial',
      reason: expect.stringContaining('2026-07-31'),
    });
  });

  it('stands in a table, and model by model, most paid tokens first', () => {
    const { tables } = compute(
      offers,
      daily('dragon/fire', 10n),
      daily('eagle/shut', 20n),
      daily('dragon/smoke', 90n),
    );
    expect(tables.prices?.rows).toContainEqual({
      side: 'china-open',
      kind: 'completion',
      weighted: 2,
      median: 2,
      models: 1,
      coverage: expect.closeTo(0.1, 9),
    });
    expect(tables['price-models']?.rows).toEqual([
      {
        slug: 'eagle/shut',
        name: 'Named eagle/shut',
        maker: 'eagle',
        makerName: 'eagle',
        side: 'closed',
        prompt: 5,
        completion: 25,
        tokens: '620',
      },
      expect.objectContaining({ slug: 'dragon/fire', prompt: 1, completion: 2, tokens: '310' }),
    ]);
  });
});
