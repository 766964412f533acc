import { describe, expect, it } from 'vitest';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { parseEdition } from '../../functions/edition.ts';
import { editionsArtefact } from '../../functions/publish/editions.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import { editionDue, watch } from '../../functions/watch/watch.ts';

const first = parseEdition('2026-07');

describe('the edition that is due', () => {
  it.each([
    ['2026-11-06T23:59:59Z', '2026-09', 'on its day of publication it may still come'],
    ['2026-11-07T00:00:00Z', '2026-10', 'from the day after it is owed'],
    ['2027-01-06T12:00:00Z', '2026-11', 'in a new year as in an old one'],
    ['2027-01-07T12:00:00Z', '2026-12', 'in a new year as in an old one'],
    ['2027-03-06T12:00:00Z', '2027-01', 'after a short month'],
  ])('at %s is %s: %s', (now, due) => {
    expect(editionDue(new Date(now), first, 6)).toBe(due);
  });

  it('is none before the first that is owed', () => {
    expect(editionDue(new Date('2026-08-06T12:00:00Z'), first, 6)).toBeNull();
    expect(editionDue(new Date('2026-08-07T12:00:00Z'), first, 6)).toBe('2026-07');
  });
});

describe('the daily watch', () => {
  const now = new Date('2026-08-25T12:00:00Z');

  it('finds the edition absent until it is public', async () => {
    const archive = openArchive('memory:');
    expect(await watch({ archive, now, first, publishDay: 6 })).toMatchObject({
      due: '2026-07',
      absent: true,
    });
    const published = { revision: 'r1', publishedAt: '2026-08-06T06:00:00.000Z', manifest: 'a'.repeat(64) };
    const entry = {
      edition: '2026-07',
      revision: 'r1',
      kind: 'live' as const,
      locales: ['en'],
      revisions: [published],
    };
    await archive.write(editionsArtefact, keys.editions, { schemaVersion: 1, editions: [entry] });
    expect(await watch({ archive, now, first, publishDay: 6 })).toMatchObject({ absent: false });
  });

  it('tells how old the newest snapshot of each source is, and which was never taken', async () => {
    const archive = openArchive('memory:');
    await (await openRecording()).seal(archive, 'openrouter-usage');
    const { sources } = await watch({ archive, now, first, publishDay: 6 });
    expect(sources.map(({ source, ageDays }) => [source, ageDays])).toEqual([
      ['huggingface', null],
      ['openrouter-usage', 3.5],
      ['openrouter-models', null],
      ['epoch', null],
    ]);
  });
});
