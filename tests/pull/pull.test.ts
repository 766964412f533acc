import { describe, expect, it } from 'vitest';
import type { Archive } from '../../functions/archive/archive.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { listSnapshots, readSnapshot } from '../../functions/archive/snapshots.ts';
import { pull } from '../../functions/pull/pull.ts';
import { openHttp } from '../../functions/sources/http.ts';
import { sourceNamed } from '../../functions/sources/index.ts';
import type { Environment, SourceName, Wish } from '../../functions/sources/source.ts';
import * as faults from '../sources/faults.ts';
import { type Servers, startSources } from '../sources/servers.ts';

const WISH: Wish = { window: { from: '2026-09-01', to: '2026-10-31' }, makers: ['Qwen', 'google'] };
const NOON = Date.parse('2026-11-03T12:00:00.250Z');

/** One pull of a source from the servers, at a time of the test's own. */
function pulled(
  servers: Servers,
  archive: Archive,
  {
    source = 'huggingface',
    at = NOON,
    wish = WISH,
    environment = {},
    stopAfter = Number.POSITIVE_INFINITY,
    now = () => new Date(at),
    budgetMs,
  }: {
    source?: SourceName;
    at?: number;
    wish?: Wish;
    environment?: Environment;
    /** Bodies after which the process is gone. */
    stopAfter?: number;
    now?: () => Date;
    budgetMs?: number;
  } = {},
) {
  const everything = { ...servers.environment, ...environment };
  return pull({
    archive,
    source: sourceNamed(source),
    http: openHttp({
      source: sourceNamed(source),
      environment: everything,
      sleep: async () => {},
      now: () => now().getTime(),
    }),
    wish,
    now,
    environment: everything,
    ...(budgetMs === undefined ? {} : { budgetMs }),
    onProgress: ({ bodies }) => {
      if (bodies === stopAfter) throw new Error('killed');
    },
  });
}

async function keysOf(archive: Archive): Promise<string[]> {
  const found: string[] = [];
  for await (const key of archive.list('')) found.push(key);
  return found;
}

describe('a pull', () => {
  it('writes the bodies as they came, sealed last, and gives them back byte for byte', async () => {
    await using servers = await startSources();
    const archive = openArchive('memory:');
    const { key, sha256, snapshot } = await pulled(servers, archive, { source: 'openrouter-usage' });
    expect(key).toBe('snapshots/openrouter-usage/2026-11-03T12-00-00Z/snapshot.json');
    expect(snapshot).toMatchObject({
      source: 'openrouter-usage',
      retrievedAt: '2026-11-03T12:00:00.000Z',
      window: WISH.window,
      asOf: '2026-11-06T01:46:00Z',
      remarks: [],
    });
    expect(snapshot.bodies.map(({ file }) => file).slice(0, 4)).toEqual([
      '00001.json',
      '00002.json',
      '00003.json',
      '00004.csv',
    ]);
    expect(snapshot.bodies.every(({ transcribed }) => transcribed === null)).toBe(true);
    expect(await listSnapshots(archive, 'openrouter-usage')).toEqual([key]);
    const read = await readSnapshot(archive, key, sha256);
    expect(read.snapshot).toEqual(snapshot);
    const direct = await fetch(snapshot.bodies[3]?.url ?? '');
    expect(Buffer.from(read.bodies[3]?.body ?? []).equals(Buffer.from(await direct.arrayBuffer()))).toBe(
      true,
    );
    const again = sourceNamed('openrouter-usage').parse(read.bodies, snapshot.window);
    expect(again.universe).toBe(snapshot.universe);
  });

  it.each(['huggingface', 'openrouter-usage', 'openrouter-models', 'epoch'] as const)(
    'of %s asks nobody but its source, one thing at a time',
    async (source) => {
      await using servers = await startSources();
      const { snapshot } = await pulled(servers, openArchive('memory:'), { source });
      expect(snapshot.bodies).toHaveLength(servers.requests.length);
    },
  );

  it('makes a new snapshot each time, even within one second', async () => {
    await using servers = await startSources();
    const archive = openArchive('memory:');
    const first = await pulled(servers, archive, { source: 'epoch' });
    const second = await pulled(servers, archive, { source: 'epoch' });
    expect(await listSnapshots(archive, 'epoch')).toEqual([first.key, second.key]);
    expect(first.key).not.toBe(second.key);
  });

  it('keeps keys out of everything that is stored', async () => {
    await using servers = await startSources();
    const archive = openArchive('memory:');
    await pulled(servers, archive, { environment: { HF_TOKEN: 'hf_secret' } });
    await pulled(servers, archive, {
      source: 'openrouter-usage',
      environment: { OPENROUTER_API_KEY: 'synthetic-key' },
    });
    for (const key of await keysOf(archive)) {
      const text = Buffer.from((await archive.store.get(key))?.body ?? []).toString();
      expect(text).not.toMatch(/hf_secret|synthetic-key/);
    }
  });
});

describe('an interrupted pull', () => {
  it('is continued: only what is missing is asked for', async () => {
    await using servers = await startSources();
    const archive = openArchive('memory:');
    await expect(pulled(servers, archive, { stopAfter: 5 })).rejects.toThrow('killed');
    expect(await listSnapshots(archive, 'huggingface')).toEqual([]);
    const before = [...servers.requests];
    const { snapshot } = await pulled(servers, archive, { at: NOON + 3_600_000 });
    const asked = servers.requests.slice(before.length);
    expect(before).toHaveLength(5);
    expect(asked.filter((path) => before.includes(path))).toEqual([]);
    expect(snapshot.bodies).toHaveLength(servers.requests.length);
    expect(snapshot.retrievedAt).toBe('2026-11-03T12:00:00.000Z');
  });

  it('gives the same bodies as one that was not interrupted', async () => {
    await using servers = await startSources();
    const [whole, pieces] = [openArchive('memory:'), openArchive('memory:')];
    const undisturbed = await pulled(servers, whole);
    for (const stopAfter of [1, 2, 3, 5, 8])
      await expect(pulled(servers, pieces, { stopAfter })).rejects.toThrow('killed');
    const continued = await pulled(servers, pieces);
    const sums = ({ snapshot }: typeof continued) => snapshot.bodies.map(({ url, sha256 }) => [url, sha256]);
    expect(sums(continued)).toEqual(sums(undisturbed));
  });

  it('is continued after the source was down, with what had come', async () => {
    await using servers = await startSources({
      faults: [{ match: /author=google/, times: 5, answer: faults.status(503) }],
    });
    const archive = openArchive('memory:');
    await expect(pulled(servers, archive)).rejects.toMatchObject({ name: 'SourceUnavailable' });
    const before = [...servers.requests];
    await pulled(servers, archive);
    const again = servers.requests.slice(before.length).filter((path) => before.includes(path));
    expect(again).toEqual([expect.stringContaining('author=google')]);
  });

  it('asks again for a body whose bytes are not those of its record, or that has none', async () => {
    await using servers = await startSources();
    const archive = openArchive('memory:');
    await expect(pulled(servers, archive, { stopAfter: 3 })).rejects.toThrow('killed');
    const folder = 'snapshots/huggingface/2026-11-03T12-00-00Z/';
    await archive.store.put(`${folder}00002.json`, Buffer.from('[]'));
    await archive.store.put(`${folder}00003.record.json`, Buffer.from('{"file":'));
    const before = servers.requests.length;
    const { key } = await pulled(servers, archive);
    const again = servers.requests.slice(before);
    expect(again.filter((path) => servers.requests.slice(0, before).includes(path))).toHaveLength(2);
    await readSnapshot(archive, key);
  });

  it.each([
    ['a day later', { at: NOON + 25 * 3_600_000 }],
    ['for other days', { wish: { ...WISH, window: { from: '2026-08-01', to: '2026-09-30' } } }],
  ])('is begun anew %s', async (_when, other) => {
    await using servers = await startSources();
    const archive = openArchive('memory:');
    await expect(pulled(servers, archive, { stopAfter: 3 })).rejects.toThrow('killed');
    const before = servers.requests.length;
    const { snapshot } = await pulled(servers, archive, other);
    expect(servers.requests.length - before).toBe(snapshot.bodies.length);
  });

  it('does not mind a run beside it: both end with a snapshot that reads', async () => {
    await using servers = await startSources();
    const archive = openArchive('memory:');
    const both = await Promise.all([pulled(servers, archive), pulled(servers, archive)]);
    for (const { key, sha256 } of both) await readSnapshot(archive, key, sha256);
  });
});

describe('a pull whose time is limited', () => {
  /** A clock by which every request takes a second. */
  const clockOf = (servers: Servers) => {
    const before = servers.requests.length;
    return () => new Date(NOON + 1_000 * (servers.requests.length - before));
  };

  it('that stopped at its limit three times ends with the seal of an undisturbed one, and asks for each page once', async () => {
    await using servers = await startSources();
    const [whole, pieces] = [openArchive('memory:'), openArchive('memory:')];
    const undisturbed = await pulled(servers, whole, { now: clockOf(servers) });
    const before = servers.requests.length;
    const now = clockOf(servers);
    const limited = { now, budgetMs: 24_000 };
    for (const bodies of [4, 8, 12])
      await expect(pulled(servers, pieces, limited)).rejects.toMatchObject({
        name: 'PullUnfinished',
        message: `The pull of huggingface stopped at its time limit after ${bodies} bodies; what came is kept. Start the pull again to continue.`,
        evidence: { source: 'huggingface', bodies },
      });
    expect(await listSnapshots(pieces, 'huggingface')).toEqual([]);
    const continued = await pulled(servers, pieces, { now, budgetMs: 900_000 });
    expect(continued).toEqual(undisturbed);
    const asked = servers.requests.slice(before);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toHaveLength(undisturbed.snapshot.bodies.length);
    await readSnapshot(pieces, continued.key, continued.sha256);
  });

  it('stops at its limit though the source has not answered by then', async () => {
    await using servers = await startSources({
      faults: [{ match: /author=google/, times: 1, answer: faults.silent }],
    });
    const archive = openArchive('memory:');
    const budgetMs = 20_300;
    await expect(pulled(servers, archive, { budgetMs })).rejects.toMatchObject({ name: 'PullUnfinished' });
    const before = [...servers.requests];
    await pulled(servers, archive);
    const again = servers.requests.slice(before.length).filter((path) => before.includes(path));
    expect(again).toEqual([expect.stringContaining('author=google')]);
  });

  it('asks for nothing where there is no time to keep an answer', async () => {
    await using servers = await startSources();
    const stopped = pulled(servers, openArchive('memory:'), { budgetMs: 19_000 });
    await expect(stopped).rejects.toMatchObject({ name: 'PullUnfinished', evidence: { bodies: 0 } });
    expect(servers.requests).toEqual([]);
  });
});

describe('a source that changed', () => {
  it('is never sealed, and does not spoil the next pull', async () => {
    const wrong = faults.body('[{"id":"Qwen/Synthetic-1","downloads":-4}]');
    await using servers = await startSources({ faults: [{ match: /author=Qwen/, times: 1, answer: wrong }] });
    const archive = openArchive('memory:');
    await expect(pulled(servers, archive)).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringMatching(/row 1, field downloads/),
    });
    expect(await listSnapshots(archive, 'huggingface')).toEqual([]);
    expect(await keysOf(archive)).toContain('snapshots/huggingface/2026-11-03T12-00-00Z/refused.json');
    const { key } = await pulled(servers, archive);
    expect(await listSnapshots(archive, 'huggingface')).toEqual([key]);
  });

  it('keeps what it read where a single page could not be had', async () => {
    await using servers = await startSources({
      faults: [{ match: /author=google/, times: 1, answer: faults.body('<html>', 'text/html') }],
    });
    const archive = openArchive('memory:');
    await expect(pulled(servers, archive)).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringMatching(/HTML/),
    });
    const before = [...servers.requests];
    await pulled(servers, archive);
    const again = servers.requests.slice(before.length).filter((path) => before.includes(path));
    expect(again).toEqual([expect.stringContaining('author=google')]);
  });

  it('is told of where an export is not what its manifest vouches for', async () => {
    const wrong = faults.body('date,model_permaslug,rank,total_tokens,share_of_daily_tokens\r\n', 'text/csv');
    await using servers = await startSources({ faults: [{ match: /2026-10-14\.csv/, answer: wrong }] });
    const archive = openArchive('memory:');
    await expect(pulled(servers, archive, { source: 'openrouter-usage' })).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringMatching(/export body at .*2026-10-14\.csv.*its manifest states/),
    });
    expect(await listSnapshots(archive, 'openrouter-usage')).toEqual([]);
  });
});

describe('a sealed snapshot', () => {
  it('whose bytes were changed or lost since is refused by name', async () => {
    await using servers = await startSources();
    const archive = openArchive('memory:');
    const { key } = await pulled(servers, archive, { source: 'epoch' });
    const body = key.replace('snapshot.json', '00001.csv');
    await archive.store.put(body, Buffer.from('Model\r\n'));
    await expect(readSnapshot(archive, key)).rejects.toMatchObject({
      name: 'ArchiveCorrupt',
      message: expect.stringMatching(/00001\.csv is not what was sealed/),
    });
    await expect(readSnapshot(archive, key, '0'.repeat(64))).rejects.toMatchObject({
      name: 'ArchiveCorrupt',
    });
    await expect(readSnapshot(archive, key.replace('12-00-00', '13-00-00'))).rejects.toMatchObject({
      name: 'IncompleteEdition',
    });
    const hollow = openArchive('memory:');
    await hollow.store.put(key, (await archive.store.get(key))?.body ?? Buffer.alloc(0));
    await expect(readSnapshot(hollow, key)).rejects.toMatchObject({
      name: 'ArchiveCorrupt',
      message: expect.stringMatching(/00001\.csv is gone/),
    });
  });
});
