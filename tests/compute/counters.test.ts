import { describe, expect, it } from 'vitest';
import { type HubMoment, isStalled, panelRatio, repairCounters } from '../../functions/compute/counters.ts';
import type { RepositoryObservation } from '../../functions/sources/observation.ts';
import { repository } from './evidence.ts';

const NAME = 'Dragon/Fire-8B';
const OLD = '2024-01-01T00:00:00.000Z';
const at = (asOf: string, ...some: RepositoryObservation[]): HubMoment => ({
  asOf,
  repositories: new Map(some.map((one) => [one.model.toLowerCase(), one])),
});
const counted = (
  downloads30d: bigint,
  downloadsAllTime: bigint | null = null,
  createdAt: string | null = OLD,
) => repository(NAME, { downloads30d, downloadsAllTime, createdAt });
const judged = (now: RepositoryObservation, ...others: HubMoment[]) => {
  const { repositories, repairs } = repairCounters([now], '2026-08-01T00:00:00Z', others);
  return {
    used: repositories[0]?.downloads30d,
    repairs: repairs.map(({ repair, cause }) => `${repair} ${cause}`),
  };
};

describe('a counter that is ten times what it was', () => {
  it('is set aside where no all-time counter explains it, and named with what was counted', () => {
    const { repositories, repairs } = repairCounters([counted(187_000_000n)], '2026-08-01T00:00:00Z', [
      at('2026-07-01T00:00:00Z', counted(2_400_000n)),
    ]);
    expect(repositories[0]?.downloads30d).toBe(0n);
    expect(repairs).toEqual([
      {
        model: NAME,
        day: '2026-08-01',
        counted: 187_000_000n,
        used: 0n,
        repair: 'set-aside',
        cause: 'spike',
      },
    ]);
  });

  it('is set aside if it stands between two low readings, whatever its age', () => {
    const found = judged(
      counted(187_000_000n, null, null),
      at('2026-07-01T00:00:00Z', counted(2_400_000n)),
      at('2026-09-01T00:00:00Z', counted(2_100_000n)),
    );
    expect(found).toEqual({ used: 0n, repairs: ['set-aside spike'] });
  });

  it('is believed where a later reading confirms it', () => {
    const found = judged(
      counted(50_000_000n),
      at('2026-07-01T00:00:00Z', counted(2_000_000n)),
      at('2026-09-01T00:00:00Z', counted(48_000_000n)),
    );
    expect(found).toEqual({ used: 50_000_000n, repairs: [] });
  });

  it('is believed of a young model, and of one whose age is not known', () => {
    const before = at('2026-07-01T00:00:00Z', counted(2_000_000n));
    for (const createdAt of ['2026-06-20T00:00:00.000Z', null])
      expect(judged(counted(50_000_000n, null, createdAt), before).repairs).toEqual([]);
  });

  it('is let be where it moves nothing', () => {
    expect(judged(counted(900_000n), at('2026-07-01T00:00:00Z', counted(100n))).repairs).toEqual([]);
  });

  it('does not matter the other way round: falling is no accident of counting', () => {
    expect(judged(counted(2_000_000n), at('2026-07-01T00:00:00Z', counted(90_000_000n))).repairs).toEqual([]);
  });
});

describe('the 30-day counter beside the growth of the all-time counter', () => {
  const earlier = (downloads: bigint, allTime: bigint) =>
    at('2026-07-02T00:00:00Z', counted(downloads, allTime));

  it('is replaced by that growth where it is half as high again', () => {
    expect(judged(counted(187_000_000n, 12_000_000n), earlier(2_000_000n, 10_000_000n))).toEqual({
      used: 2_000_000n,
      repairs: ['repaired counter-high'],
    });
  });

  it('stands where both agree within a half', () => {
    expect(judged(counted(2_900_000n, 12_000_000n), earlier(2_000_000n, 10_000_000n)).repairs).toEqual([]);
  });

  it('scales the growth to 30 days', () => {
    const later = at('2026-07-12T00:00:00Z', counted(2_000_000n, 10_000_000n));
    expect(judged(counted(50_000_000n, 12_000_000n), later).used).toBe(3_000_000n);
  });

  it('is kept, and named, where it is the lower one: the counter stalled', () => {
    expect(judged(counted(1_000_000n, 14_000_000n), earlier(4_000_000n, 10_000_000n))).toEqual({
      used: 1_000_000n,
      repairs: ['kept counter-low'],
    });
  });

  it('is kept, and named, where the all-time counter stalled or was recounted', () => {
    expect(judged(counted(5_000_000n, 10_000_000n), earlier(4_000_000n, 10_000_000n)).repairs).toEqual([
      'kept all-time-stalled',
    ]);
    expect(judged(counted(5_000_000n, 9_000_000n), earlier(4_000_000n, 10_000_000n)).repairs).toEqual([
      'kept all-time-recounted',
    ]);
  });

  it('is not held against counters of a week ago, nor of a quarter', () => {
    for (const asOf of ['2026-07-25T00:00:00Z', '2026-05-01T00:00:00Z'])
      expect(
        judged(counted(5_000_000n, 10_000_000n), at(asOf, counted(4_000_000n, 10_000_000n))).repairs,
      ).toEqual([]);
  });
});

describe('a moment at which every counter read too low', () => {
  const all = (asOf: string, downloads30d: bigint) =>
    at(asOf, ...['a', 'b', 'c'].map((name) => repository(`Dragon/${name}`, { downloads30d })));

  it('is known by a panel a fifth below those before and after', () => {
    const others = [all('2026-06-02T00:00:00Z', 100n), all('2026-07-02T00:00:00Z', 104n)];
    expect(isStalled(all('2026-06-12T00:00:00Z', 70n), others)).toBe(true);
    expect(isStalled(all('2026-06-12T00:00:00Z', 95n), others)).toBe(false);
  });

  it('cannot be told from a quiet month without a later look', () => {
    expect(isStalled(all('2026-06-12T00:00:00Z', 70n), [all('2026-06-02T00:00:00Z', 100n)])).toBe(false);
  });

  it('compares only what was seen both times', () => {
    const wider = at(
      '2026-06-02T00:00:00Z',
      repository('Dragon/a', { downloads30d: 50n }),
      repository('Eagle/z', { downloads30d: 9_000n }),
    );
    expect(panelRatio(all('2026-06-12T00:00:00Z', 100n), wider)).toBe(2);
    expect(panelRatio(all('2026-06-12T00:00:00Z', 100n), at('2026-06-02T00:00:00Z'))).toBeNull();
  });
});
