import { describe, expect, it } from 'vitest';
import { openArchive } from '../../functions/archive/open-store.ts';
import { observationText, observe } from '../../functions/cli/observe.ts';
import { silent } from '../../functions/cli/progress.ts';
import { parseEdition } from '../../functions/edition.ts';
import { seal } from '../../functions/pull/seal.ts';
import type { RunResult } from '../../functions/run.ts';

const edition = parseEdition('2026-11');
const nothing: RunResult = { stages: [], warnings: [], verdict: null, published: null };

/** Seals what Epoch says at a moment. */
async function sealed(archive: ReturnType<typeof openArchive>, at: string): Promise<void> {
  await seal(archive, {
    source: 'epoch',
    retrievedAt: at,
    sealedAt: at,
    window: { from: '2026-10-01', to: '2026-11-10' },
    bodies: [
      {
        part: 'scores',
        url: 'https://epoch.ai/data/eci_scores.csv',
        headers: { 'last-modified': 'Tue, 10 Nov 2026 00:00:00 GMT' },
        retrievedAt: at,
        body: new TextEncoder().encode(
          'Model,Display name,eci,eci_ci_low,eci_ci_high,date,Organization,Country (of organization),Model accessibility,Accessibility group,model_versions\nm,M,150,149,151,2026-10-01,Lab,China,Open weights (unrestricted),Open,m\n',
        ),
        transcribed: null,
      },
    ],
  });
}

function observing(archive: ReturnType<typeof openArchive>, pull: () => Promise<RunResult>) {
  return observe({
    archive,
    edition,
    sources: ['epoch', 'huggingface'],
    now: new Date('2026-11-18T00:00:00Z'),
    pull,
    reporter: silent,
  });
}

describe('an observation', () => {
  it('says what was sealed where, and how old the one before was', async () => {
    const archive = openArchive('memory:');
    await sealed(archive, '2026-11-10T05:00:00.000Z');
    const observed = await observing(archive, async () => {
      await sealed(archive, '2026-11-17T06:00:00.000Z');
      return { ...nothing, warnings: ['huggingface: it did not answer.'] };
    });
    expect(observed.sources).toEqual([
      {
        source: 'epoch',
        seal: `${archive.url}snapshots/epoch/2026-11-17T06-00-00Z/snapshot.json`,
        retrievedAt: '2026-11-17T06:00:00.000Z',
        bodies: 1,
        bytes: expect.any(Number),
        before: '2026-11-10T05:00:00.000Z',
        secondsBefore: 7 * 86_400 + 3_600,
      },
      {
        source: 'huggingface',
        seal: null,
        retrievedAt: null,
        bodies: 0,
        bytes: 0,
        before: null,
        secondsBefore: null,
      },
    ]);
    const text = observationText(observed);
    expect(text).toContain('Observed for 2026-11: 1 of 2 sources sealed');
    expect(text).toMatch(
      /epoch +snapshots\/epoch\/2026-11-17T06-00-00Z\/snapshot\.json +seen before on 2026-11-10, 7 days earlier/,
    );
    expect(text).toMatch(/huggingface +nothing sealed +never seen before/);
    expect(text).toContain('huggingface: it did not answer.');
  });

  it('tells of a source that gave nothing how long ago it was seen', async () => {
    const archive = openArchive('memory:');
    await sealed(archive, '2026-11-10T00:00:00.000Z');
    const { sources } = await observing(archive, async () => nothing);
    expect(sources[0]).toMatchObject({ seal: null, secondsBefore: 8 * 86_400 });
  });

  it('fails as pulling does where no source gave anything', async () => {
    const archive = openArchive('memory:');
    await expect(
      observing(archive, () => Promise.reject(new Error('No source gave figures'))),
    ).rejects.toThrow('No source gave figures');
  });
});
