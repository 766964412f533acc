import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure, Figures } from '../../functions/compute/figures.ts';
import { herfindahl } from '../../functions/compute/herfindahl.ts';
import { concentration } from '../../functions/compute/indicators/concentration.ts';
import { licences } from '../../functions/compute/indicators/licences.ts';
import { price } from '../../functions/compute/indicators/price.ts';
import { usage } from '../../functions/compute/indicators/usage.ts';
import { LICENCE_CLASSES } from '../../functions/compute/licence-class.ts';
import type { OfferObservation } from '../../functions/sources/observation.ts';
import { evidence, repository, served, smallRegistry } from './evidence.ts';

/** One step of a share. */
const GRAIN = 2 ** -40;
const registry = smallRegistry([
  ['fire', 'dragon', '2025-01-01'],
  ['late', 'dragon', '2026-07-16'],
  ['snow', 'peak', '2025-01-01'],
  ['shut', 'peak', null],
  ['wing', 'eagle', '2025-01-01'],
  ['talon', 'hawk', '2025-01-01'],
  ['keep', 'hawk', null],
]);
const SLUGS = [
  'dragon/fire',
  'dragon/late',
  'peak/snow',
  'peak/shut',
  'eagle/wing',
  'hawk/talon',
  'hawk/keep',
  'other',
];

const repositories = fc
  .uniqueArray(
    fc.record({
      owner: fc.constantFrom('Dragon', 'Peak', 'Eagle', 'Hawk', 'Stier', 'Nobody', 'someone'),
      name: fc.stringMatching(/^[a-z]{1,6}$/),
      downloads30d: fc.bigInt({ min: 0n, max: 2n ** 62n }),
      licence: fc.constantFrom('apache-2.0', 'mit', 'cc-by-4.0', 'gemma', 'other', null),
    }),
    { selector: ({ owner, name }) => `${owner}/${name}`, minLength: 1, maxLength: 25 },
  )
  .map((some) =>
    some.map(({ owner, name, downloads30d, licence }) =>
      repository(`${owner}/${name}`, { downloads30d, licence }),
    ),
  );
const rows = fc
  .array(
    fc.record({
      slug: fc.constantFrom(...SLUGS),
      tokens: fc.bigInt({ min: 0n, max: 2n ** 66n }),
      day: fc.constantFrom('2026-07-01', '2026-07-15', '2026-07-16', '2026-07-31'),
      variant: fc.constantFrom(null, 'free', 'thinking'),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((some) => some.map(({ slug, tokens, day, variant }) => served(slug, tokens, day, variant)));
const money = fc.integer({ min: 0, max: 10 ** 8 }).map((pico) => `0.${String(pico).padStart(12, '0')}`);
const offers = fc
  .uniqueArray(
    fc.record({
      slug: fc.constantFrom(...SLUGS.slice(0, -1)),
      variant: fc.constantFrom('', ':batch', ':free'),
      prompt: money,
      completion: money,
    }),
    { selector: ({ slug, variant }) => slug + variant, maxLength: 20 },
  )
  .map((some) =>
    some.map(
      ({ slug, variant, prompt, completion }): OfferObservation => ({
        kind: 'offer',
        id: slug + variant,
        slug,
        name: slug,
        huggingFaceId: null,
        created: '2026-07-01',
        contextLength: null,
        promptPrice: prompt,
        completionPrice: completion,
      }),
    ),
  );

type Given = Parameters<typeof evidence>[0];
const computed = (indicator: typeof licences, given: Given) =>
  indicator.compute(evidence({ registry, ...given }));

/** The same in another order that the seed decides. */
function shuffled<T>(some: readonly T[], seed: number): T[] {
  return some
    .map((one, at) => ({ one, key: Math.sin(seed + at * 7919) }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}

/** What a figure says, also where it is withheld from print. */
function inOrder(figures: Figures['figures'], most: number): void {
  for (const [id, { value, low, high, status }] of Object.entries(figures)) {
    if (status === 'missing') continue;
    expect(Number(low), id).toBeGreaterThanOrEqual(0);
    expect(Number(high), id).toBeGreaterThanOrEqual(Number(low));
    expect(Number(high), id).toBeLessThanOrEqual(most);
    if (value === null) continue;
    expect(Number(value), id).toBeGreaterThanOrEqual(Number(low));
    expect(Number(high), id).toBeGreaterThanOrEqual(Number(value));
  }
}

const vendorFigures = (figures: Figures['figures']) =>
  Object.fromEntries(Object.entries(figures).filter(([id]) => id.startsWith('usage.vendor-share.')));
const total = (some: readonly (Figure | undefined)[]) =>
  some.reduce((sum, one) => sum + Number(one?.value), 0);

describe('shares', () => {
  it('of licences sum to exactly one on each side', () => {
    fc.assert(
      fc.property(repositories, (some) => {
        const { figures, tables } = computed(licences, { repositories: some });
        for (const side of ['china', 'united-states']) {
          const four = LICENCE_CLASSES.map((one) => figures[`licences.share.${side}.${one}`]);
          if (four.every((one) => one?.status === 'measured')) expect(total(four)).toBe(1);
          const shares = (tables.licences?.rows ?? [])
            .filter(({ country, share }) => country === side && share !== null)
            .map(({ share }) => Number(share));
          expect([0, 1]).toContain(shares.reduce((sum, one) => sum + one, 0));
        }
      }),
    );
  });

  it('of vendors sum to exactly one, as do those of all makers of closed models', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const { figures, tables } = computed(usage, { usage: some });
        const four = Object.values(vendorFigures(figures));
        if (four.every(({ value }) => value !== null)) expect(total(four)).toBe(1);
        const shares = (tables['usage-vendors']?.rows ?? []).flatMap(({ shareOfClosed }) =>
          shareOfClosed === null ? [] : [Number(shareOfClosed)],
        );
        expect([0, 1]).toContain(shares.reduce((sum, one) => sum + one, 0));
      }),
    );
  });
});

describe('every figure', () => {
  it('has low ≤ value ≤ high, and shares and indices lie between nothing and one', () => {
    fc.assert(
      fc.property(repositories, rows, (some, served) => {
        inOrder(computed(licences, { repositories: some }).figures, 1);
        inOrder(computed(concentration, { repositories: some, usage: served }).figures, 1);
        inOrder(vendorFigures(computed(usage, { usage: served }).figures), 1);
      }),
    );
  });

  it('does not depend on the order of what was observed', () => {
    fc.assert(
      fc.property(repositories, rows, offers, fc.integer(), (some, served, catalogue, seed) => {
        const given = { repositories: some, usage: served, offers: catalogue };
        const other = {
          repositories: shuffled(some, seed),
          usage: shuffled(served, seed),
          offers: shuffled(catalogue, seed),
        };
        for (const indicator of [licences, concentration, price, usage])
          expect(computed(indicator, other)).toEqual(computed(indicator, given));
      }),
    );
  });
});

describe('a Herfindahl index', () => {
  it('lies between one over the number of labs and one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 2n ** 66n }), { minLength: 1, maxLength: 20 }),
        fc.bigInt({ min: 0n, max: 2n ** 66n }),
        (labs, unknown) => {
          const found = herfindahl(labs, unknown);
          expect(found?.value).toBeGreaterThanOrEqual(1 / labs.length - GRAIN);
          expect(found?.value).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('keeps within its bounds wherever the unknown in truth belongs', () => {
    const labs = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        labs,
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 8n }), { maxLength: 12 }),
        (known, parts) => {
          const unknown = parts.reduce((sum, one) => sum + one, 0n);
          const bounds = herfindahl(known, unknown);
          const truth = known.map((one, at) => one + (parts[at] ?? 0n));
          const value = herfindahl([...truth, ...parts.slice(known.length)], 0n)?.value;
          expect(value).toBeGreaterThanOrEqual(Number(bounds?.low) - GRAIN);
          expect(value).toBeLessThanOrEqual(Number(bounds?.high) + GRAIN);
        },
      ),
    );
  });
});

describe('a model that is added', () => {
  it('never lowers the class of licence it has, nor what a camp has without its largest lab', () => {
    fc.assert(
      fc.property(repositories, fc.bigInt({ min: 1n, max: 2n ** 62n }), (some, downloads30d) => {
        const more = [...some, repository('Peak/unheard-of', { downloads30d, licence: 'mit' })];
        const low = (given: typeof some) =>
          computed(licences, { repositories: given }).figures['licences.share.china.apache-mit']?.low;
        expect(Number(low(more))).toBeGreaterThanOrEqual(Number(low(some) ?? 0) - GRAIN);
        const models = (given: typeof some) =>
          computed(concentration, { repositories: given }).tables.concentration?.rows.find(
            ({ country }) => country === 'china',
          );
        expect(Number(models(more)?.labs)).toBeGreaterThanOrEqual(Number(models(some)?.labs));
      }),
    );
  });

  it('never lowers the part of a camp without its largest lab, if it is another lab’s', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (rival, small, more) => {
          const of = (second: bigint) =>
            computed(concentration, {
              repositories: [
                repository('Dragon/a', { downloads30d: 10n ** 13n }),
                repository('Peak/b', { downloads30d: second }),
                repository('Eagle/c', { downloads30d: rival }),
              ],
            }).figures['concentration.downloads.without-largest-lab-share.china']?.value;
          expect(Number(of(small + more))).toBeGreaterThanOrEqual(Number(of(small)));
        },
      ),
    );
  });
});

describe('a price', () => {
  it('lies between the cheapest and the dearest of its side', () => {
    fc.assert(
      fc.property(rows, offers, (served, catalogue) => {
        const { figures, tables } = computed(price, { usage: served, offers: catalogue });
        const models = tables['price-models']?.rows ?? [];
        for (const side of ['china-open', 'united-states-open', 'closed'])
          for (const kind of ['prompt', 'completion'])
            for (const how of ['weighted', 'median']) {
              const prices = models.filter((one) => one.side === side).map((one) => Number(one[kind]));
              const value = figures[`price.${kind}.${how}.${side}`]?.value;
              expect(value === null).toBe(prices.length === 0);
              if (value === null) continue;
              expect(Number(value)).toBeGreaterThanOrEqual(Math.min(...prices));
              expect(Number(value)).toBeLessThanOrEqual(Math.max(...prices));
            }
      }),
    );
  });
});
