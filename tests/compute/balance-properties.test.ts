import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HubMoment, repairCounters } from '../../functions/compute/counters.ts';
import { COUNTRIES } from '../../functions/compute/country.ts';
import type { Figure } from '../../functions/compute/figures.ts';
import { derivatives } from '../../functions/compute/indicators/derivatives.ts';
import { downloads } from '../../functions/compute/indicators/downloads.ts';
import { isBelow } from '../../functions/compute/leader.ts';
import { crossingsOf, type LedgerEntry } from '../../functions/compute/ledger.ts';
import { parseEdition } from '../../functions/edition.ts';
import type { RepositoryObservation } from '../../functions/sources/observation.ts';
import { evidence, repository } from './evidence.ts';

const GRAIN = 2 ** -40;
const owners = ['Dragon', 'Peak', 'Eagle', 'Hawk', 'Stier', 'Merlion', 'Nobody', 'someone'] as const;
const count = fc.bigInt({ min: 0n, max: 10n ** 9n });
const listing = fc
  .uniqueArray(
    fc.record({
      owner: fc.constantFrom(...owners),
      name: fc.stringMatching(/^[a-z]{1,6}$/),
      downloads30d: count,
      base: fc.option(fc.constantFrom('Dragon/a', 'Eagle/b', 'someone/c', 'lost/d'), { nil: null }),
    }),
    { selector: ({ owner, name }) => `${owner}/${name}`, minLength: 1, maxLength: 25 },
  )
  .map((some) =>
    some.map(({ owner, name, downloads30d, base }) =>
      repository(`${owner}/${name}`, {
        downloads30d,
        bases: base ? [{ model: base, relation: 'finetune' }] : [],
      }),
    ),
  );
const number = (figure: Figure | undefined, part: 'value' | 'low' | 'high' = 'value') =>
  Number(figure?.[part]);
const shuffled = <T>(some: readonly T[], seed: number) =>
  [...some].sort((a, b) => Math.sin(some.indexOf(a) * 1e4 + seed) - Math.sin(some.indexOf(b) * 1e4 + seed));

describe('downloads', () => {
  const compute = (some: readonly RepositoryObservation[]) =>
    downloads.compute(evidence({ repositories: some })).figures;

  it('have low ≤ value ≤ high in every view, and shares that sum to exactly one', () => {
    fc.assert(
      fc.property(listing, (some) => {
        const figures = compute(some);
        for (const view of ['language.publisher', 'language.lineage', 'all.publisher']) {
          const shares = COUNTRIES.map((country) => figures[`downloads.${view}-share.${country}`]);
          if (shares.every((share) => share?.value !== null))
            expect(shares.reduce((total, share) => total + number(share), 0)).toBe(1);
          for (const figure of [
            ...shares,
            ...COUNTRIES.map((country) => figures[`downloads.${view}.${country}`]),
          ]) {
            if (!figure || figure.value === null) continue;
            expect(figure.low !== null && isBelow(figure.value, figure.low)).toBe(false);
            expect(figure.high !== null && isBelow(figure.high, figure.value)).toBe(false);
          }
        }
      }),
    );
  });

  it('give their high bound again when all unknown is given to one side, and their low bound when to another', () => {
    fc.assert(
      fc.property(listing, (some) => {
        const moved = (to: string) =>
          compute(some.map((one) => ({ ...one, model: one.model.replace(/^Nobody\//, `${to}/n-`) })));
        const id = 'downloads.language.publisher-share.china';
        const now = compute(some)[id];
        fc.pre(now?.value !== null && now?.high !== null);
        expect(Math.abs(number(moved('Dragon')[id]) - number(now, 'high'))).toBeLessThanOrEqual(2 * GRAIN);
        expect(Math.abs(number(moved('Eagle')[id]) - number(now, 'low'))).toBeLessThanOrEqual(2 * GRAIN);
      }),
    );
  });
});

describe('derivatives', () => {
  const born = (some: readonly RepositoryObservation[]) =>
    some.filter(({ bases }) => bases.length > 0).map(({ model, bases }) => ({ model, bases }));
  const compute = (some: readonly RepositoryObservation[], created = born(some)) =>
    derivatives.compute(evidence({ repositories: some, hub: { created, census: true } })).figures;

  it('sum to what was created, share out to exactly one, and lie within their bounds', () => {
    fc.assert(
      fc.property(listing, (some) => {
        const figures = compute(some);
        const counts = COUNTRIES.map((country) => figures[`derivatives.count.${country}`]);
        const whole = born(some).length;
        const unknown = Number(counts.at(-1)?.high);
        const known = counts.slice(0, -1).reduce((total, figure) => total + number(figure, 'low'), 0);
        expect(known + unknown).toBe(whole);
        const shares = COUNTRIES.map((country) => figures[`derivatives.share.${country}`]);
        if (shares.every((share) => share?.value !== null && share?.status !== 'missing'))
          expect(shares.reduce((total, share) => total + number(share), 0)).toBe(1);
      }),
    );
  });

  it('do not depend on the order in which they were listed', () => {
    fc.assert(
      fc.property(listing, fc.integer(), (some, seed) => {
        expect(compute(shuffled(some, seed), shuffled(born(some), seed))).toEqual(compute(some));
      }),
    );
  });

  it('never lower a side on whose model one more is built', () => {
    fc.assert(
      fc.property(listing, (some) => {
        const one = {
          model: 'new/er',
          bases: [{ model: 'Dragon/unheard-of', relation: 'finetune' as const }],
        };
        const [before, after] = [compute(some), compute(some, [...born(some), one])];
        const low = (figures: typeof before, id: string) => number(figures[id], 'low');
        expect(low(after, 'derivatives.count.china')).toBe(low(before, 'derivatives.count.china') + 1);
        expect(low(after, 'derivatives.share.china')).toBeGreaterThanOrEqual(
          low(before, 'derivatives.share.china') - GRAIN,
        );
      }),
    );
  });
});

describe('repaired counters', () => {
  const moments = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 120 }),
      counts: fc.array(count, { minLength: 4, maxLength: 4 }),
      total: fc.option(count, { nil: null }),
    }),
    { maxLength: 5 },
  );
  const at = (day: number) => new Date(Date.UTC(2026, 3, 1) + day * 86_400_000).toISOString();
  const models = (counts: readonly bigint[], total: bigint | null) =>
    counts.map((downloads30d, index) =>
      repository(`Dragon/m${index}`, {
        downloads30d,
        downloadsAllTime: total === null ? null : total + downloads30d,
        createdAt: '2024-01-01T00:00:00.000Z',
      }),
    );

  it('are never higher than counted, are named wherever they differ, and do not depend on any order', () => {
    fc.assert(
      fc.property(
        moments,
        fc.array(count, { minLength: 4, maxLength: 4 }),
        fc.integer(),
        (others, counts, seed) => {
          const seen: HubMoment[] = others.map(({ day, counts: then, total }) => ({
            asOf: at(day),
            repositories: new Map(models(then, total).map((one) => [one.model.toLowerCase(), one])),
          }));
          const now = models(counts, 10n ** 8n);
          const { repositories, repairs } = repairCounters(now, at(60.5), seen);
          const named = new Map(repairs.map((one) => [one.model, one]));
          for (const [index, one] of repositories.entries()) {
            const raw = now[index]?.downloads30d ?? 0n;
            expect(one.downloads30d <= raw).toBe(true);
            expect(one.downloads30d).toBe(named.get(one.model)?.used ?? raw);
          }
          const days = new Set(others.map(({ day }) => day));
          fc.pre(days.size === others.length);
          expect(repairCounters(shuffled(now, seed), at(60.5), shuffled(seen, seed)).repairs).toEqual(
            repairs,
          );
        },
      ),
    );
  });
});

describe('the ledger', () => {
  it('hands a lead back and forth, never to who has it, and only ever in order', () => {
    const leader = fc.constantFrom(
      'china' as const,
      'unitedStates' as const,
      'close' as const,
      'level' as const,
      'missing' as const,
    );
    fc.assert(
      fc.property(fc.array(leader, { minLength: 1, maxLength: 12 }), (leaders) => {
        const entries: LedgerEntry[] = leaders.map((one, month) => ({
          edition: parseEdition(`2026-${String(month + 1).padStart(2, '0')}`),
          revision: 'r1',
          axis: 'usage',
          china: undefined,
          unitedStates: undefined,
          leader: one,
        }));
        const { changes } = crossingsOf(entries);
        for (const [index, change] of changes.entries()) {
          expect(change.from).not.toBe(change.to);
          const next = changes[index + 1];
          if (next) expect([next.from, next.edition > change.edition]).toEqual([change.to, true]);
        }
        const named = leaders.filter((one) => one === 'china' || one === 'unitedStates');
        expect(changes).toHaveLength(
          named.filter((one, index) => index > 0 && one !== named[index - 1]).length,
        );
      }),
    );
  });
});
