import { describe, expect, it } from 'vitest';
import { openArchive } from '../../functions/archive/open-store.ts';
import { listSnapshots, readSnapshot } from '../../functions/archive/snapshots.ts';
import { type SealOptions, seal } from '../../functions/pull/seal.ts';

const CSV =
  'Model,eci,eci_ci_low,eci_ci_high,date,Organization,Country (of organization),Model accessibility\r\n';

function given(score: string): SealOptions {
  const retrievedAt = '2026-08-01T00:00:00.000Z';
  return {
    source: 'epoch',
    retrievedAt,
    sealedAt: '2026-08-22T00:05:21.000Z',
    window: { from: '2026-07-01', to: '2026-07-31' },
    bodies: [
      {
        part: 'scores',
        url: 'https://epoch.ai/data/eci_scores.csv',
        headers: { 'content-type': 'text/csv' },
        retrievedAt,
        body: Buffer.from(`${CSV}Synthetic,${score},,,2026-05-01,Alibaba,China,API access\r\n`),
        transcribed: 'A table made up for this test.',
      },
    ],
  };
}

describe('bodies that are given', () => {
  it('are sealed with where their facts were read', async () => {
    const archive = openArchive('memory:');
    const { key, snapshot } = await seal(archive, given('150'));
    expect(key).toBe('snapshots/epoch/2026-08-01T00-00-00Z/snapshot.json');
    expect(snapshot.bodies[0]?.transcribed).toBe('A table made up for this test.');
    expect((await readSnapshot(archive, key)).bodies).toHaveLength(1);
  });

  it('sealed again are no change, at whatever time', async () => {
    const archive = openArchive('memory:');
    const first = await seal(archive, given('150'));
    const second = await seal(archive, { ...given('150'), sealedAt: '2026-09-01T00:00:00.000Z' });
    expect(second).toEqual(first);
  });

  it('are refused where other bodies were sealed', async () => {
    const archive = openArchive('memory:');
    await seal(archive, given('150'));
    await expect(seal(archive, given('151'))).rejects.toMatchObject({ name: 'ArchiveConflict' });
  });

  it('that cannot be read leave nothing behind', async () => {
    const archive = openArchive('memory:');
    await expect(seal(archive, given('many'))).rejects.toMatchObject({ name: 'SourceChanged' });
    expect(await listSnapshots(archive, 'epoch')).toEqual([]);
    for await (const key of archive.list('')) expect.unreachable(key);
  });

  it('whose writing was interrupted are sealed by the next attempt', async () => {
    const archive = openArchive('memory:');
    const options = given('150');
    await archive.store.put(
      'snapshots/epoch/2026-08-01T00-00-00Z/00001.csv',
      options.bodies[0]?.body ?? Buffer.alloc(0),
    );
    await readSnapshot(archive, (await seal(archive, options)).key);
  });
});
