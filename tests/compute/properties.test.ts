import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTRIES } from '../../functions/compute/country.ts';
import type { Figure } from '../../functions/compute/figures.ts';
import { downloads } from '../../functions/compute/indicators/downloads.ts';
import { shape } from '../../functions/compute/indicators/usage.ts';
import { partition, share } from '../../functions/compute/share.ts';
import { GROUPS, type Tokens } from '../../functions/compute/tokens.ts';
import { evidence, repository } from './evidence.ts';

/** One step of a share; partitions and plain shares may differ by it. */
const GRAIN = 2 ** -40;
const basis = {
  method: 'usage@1',
  window: null,
  asOf: null,
  retrievedAt: null,
  classifiedAt: null,
  universe: 'Invented for tests.',
  origins: [],
};

const amount = fc.oneof(
  fc.bigInt({ min: 0n, max: 1000n }),
  fc.bigInt({ min: 0n, max: 2n ** 50n }),
  fc.bigInt({ min: 0n, max: 2n ** 70n }),
);
const tokens = fc
  .array(amount, { minLength: GROUPS.length, maxLength: GROUPS.length })
  .filter((amounts) => amounts.some((one) => one > 0n))
  .map((amounts) => Object.fromEntries(GROUPS.map((group, at) => [group, amounts[at] ?? 0n])) as Tokens);

/** Little unknown, so that nothing is withheld. */
const known = tokens
  .map((one) => ({ ...one, unknown: one.unknown % 1000n }))
  .filter((one) => one['china-open'] > 2000n && one['united-states-closed'] > 2000n);

const number = (figure: Figure | undefined, part: 'value' | 'low' | 'high' = 'value') =>
  Number(figure?.[part]);

describe('shares', () => {
  it('of a whole sum to exactly one, in whatever order they are added', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), fc.integer(), (parts, seed) => {
        const shares = partition(parts).filter((part) => part !== null);
        fc.pre(shares.length > 0);
        const shuffled = [...shares].sort((a, b) => Math.sin(a * 1e12 + seed) - Math.sin(b * 1e12 + seed));
        expect(shares.reduce((total, part) => total + part, 0)).toBe(1);
        expect(shuffled.reduce((total, part) => total + part, 0)).toBe(1);
      }),
    );
  });

  it('are off by no more than one step', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), (parts) => {
        const whole = parts.reduce((total, part) => total + part, 0n);
        for (const [at, part] of partition(parts).entries())
          if (part !== null)
            expect(Math.abs(part - (share(parts[at] ?? 0n, whole) ?? 0))).toBeLessThanOrEqual(GRAIN);
      }),
    );
  });

  it('of usage, with unknown, sum to exactly one', () => {
    fc.assert(
      fc.property(known, (one) => {
        const found = shape(basis, one, null);
        expect(GROUPS.reduce((total, group) => total + number(found[`share.${group}`]), 0)).toBe(1);
      }),
    );
  });
});

describe('usage', () => {
  it('has low ≤ value ≤ high everywhere, and all between nothing and one', () => {
    fc.assert(
      fc.property(known, (one) => {
        for (const [id, figure] of Object.entries(shape(basis, one, null))) {
          if (id === 'tokens.total') continue;
          expect(number(figure, 'low')).toBeGreaterThanOrEqual(0);
          expect(number(figure)).toBeGreaterThanOrEqual(number(figure, 'low'));
          expect(number(figure, 'high')).toBeGreaterThanOrEqual(number(figure));
          expect(number(figure, 'high')).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('gives its bounds again when all unknown is moved to one side', () => {
    fc.assert(
      fc.property(known, (one) => {
        const found = shape(basis, one, null);
        const moved = (to: (typeof GROUPS)[number]) =>
          shape(basis, { ...one, unknown: 0n, [to]: one[to] + one.unknown }, null);
        const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(GRAIN);
        near(number(moved('united-states-closed')['open-share']), number(found['open-share'], 'low'));
        near(number(moved('china-open')['open-share']), number(found['open-share'], 'high'));
        near(number(moved('united-states-open')['china-of-open']), number(found['china-of-open'], 'low'));
        near(number(moved('china-open')['china-of-open']), number(found['china-of-open'], 'high'));
        near(number(moved('united-states-open')['china-of-all']), number(found['china-of-all'], 'low'));
        near(number(moved('china-closed')['china-of-all']), number(found['china-of-all'], 'high'));
        near(
          number(moved('china-closed')['share.china-closed']),
          number(found['share.china-closed'], 'high'),
        );
      }),
    );
  });

  it('never lowers a side to which something is added', () => {
    fc.assert(
      fc.property(known, amount, (one, more) => {
        const before = shape(basis, one, null);
        const after = shape(basis, { ...one, 'china-open': one['china-open'] + more }, null);
        for (const id of ['share.china-open', 'open-share', 'china-of-open', 'china-of-all'])
          expect(number(after[id])).toBeGreaterThanOrEqual(number(before[id]) - GRAIN);
      }),
    );
  });
});

describe('downloads', () => {
  const repositories = fc
    .uniqueArray(
      fc.record({
        owner: fc.constantFrom('Dragon', 'Peak', 'Eagle', 'Hawk', 'Stier', 'Merlion', 'someone'),
        name: fc.stringMatching(/^[a-z]{1,6}(-8b)?(-gguf|-fp8)?$/),
        downloads30d: fc.bigInt({ min: 1n, max: 10n ** 9n }),
        base: fc.option(fc.constantFrom('Dragon/a', 'Eagle/b', 'someone/c'), { nil: null }),
        relation: fc.constantFrom('quantized' as const, 'finetune' as const),
      }),
      { selector: ({ owner, name }) => `${owner}/${name}`, minLength: 1, maxLength: 25 },
    )
    .map((some) =>
      some.map(({ owner, name, downloads30d, base, relation }) =>
        repository(`${owner}/${name}`, { downloads30d, bases: base ? [{ model: base, relation }] : [] }),
      ),
    );
  const compute = (some: readonly ReturnType<typeof repository>[]) =>
    downloads.compute(evidence({ repositories: some }));

  it('do not depend on the order of the list', () => {
    fc.assert(
      fc.property(repositories, fc.integer(), (some, seed) => {
        const shuffled = [...some].sort(
          (a, b) => Math.sin(a.model.length + seed) - Math.sin(b.model.length + 2 * seed),
        );
        expect(compute(shuffled)).toEqual(compute(some));
        expect(compute([...some].reverse())).toEqual(compute(some));
      }),
    );
  });

  it('never lower a camp to which a model is added', () => {
    fc.assert(
      fc.property(repositories, fc.bigInt({ min: 1n, max: 10n ** 9n }), (some, more) => {
        const before = compute(some).figures;
        const after = compute([...some, repository('Dragon/unheard-of', { downloads30d: more })]).figures;
        const id = 'downloads.language.publisher';
        expect(BigInt(after[`${id}.china`]?.value ?? 0)).toBe(
          BigInt(before[`${id}.china`]?.value ?? 0) + more,
        );
        for (const country of COUNTRIES)
          expect(BigInt(after[`${id}.${country}`]?.value ?? 0)).toBeGreaterThanOrEqual(
            BigInt(before[`${id}.${country}`]?.value ?? 0),
          );
        if (before[`${id}-share.china`]?.value !== null)
          expect(number(after[`${id}-share.china`])).toBeGreaterThanOrEqual(
            number(before[`${id}-share.china`]) - GRAIN,
          );
      }),
    );
  });
});
