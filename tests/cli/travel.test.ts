import { beforeEach, describe, expect, it } from 'vitest';
import { Archive } from '../../functions/archive/archive.ts';
import { bytesArtefact } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import { MemoryStore } from '../../functions/archive/memory-store.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { copyObjects, keysUnder } from '../../functions/cli/copy.ts';
import { status, statusText } from '../../functions/cli/status.ts';
import { fetchEdition, sendEdition } from '../../functions/cli/travel.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import { parseEdition } from '../../functions/edition.ts';
import { ArchiveConflict, ArchiveUnavailable } from '../../functions/errors.ts';
import { type Revision, revisionArtefact } from '../../functions/publish/editions.ts';
import { openRecording } from '../../functions/pull/recording.ts';

const edition = parseEdition('2026-07');
const text = (of: string) => new TextEncoder().encode(of);
let cloud: Archive;
let laptop: Archive;

/** The cloud's archive with a computed draft, what it came from, and things that are none of a laptop's business. */
beforeEach(async () => {
  cloud = openArchive('memory:');
  laptop = openArchive('memory:');
  const recording = await openRecording();
  for (const source of recording.sources) await recording.seal(cloud, source);
  await computeEdition({ archive: cloud, edition });
  await cloud.store.put('subscribers/list.json', text('someone@example.org'));
  await cloud.store.put('delivery/2026-07/seal.json', text('{}'));
  await cloud.store.put('templates/current.json', text('{}'));
  await cloud.store.put('drafts/2026-06/figures.json', text('of another month'));
  await cloud.store.put('snapshots/epoch/2026-01-01T00-00-00Z/00001.csv', text('not pinned'));
});

/** Publishes the cloud's figures as a revision of one file. */
async function publish(archive: Archive): Promise<void> {
  const { value, sha256, bytes } = await archive.read(bytesArtefact(), keys.figures(edition));
  const revision: Revision = {
    schemaVersion: 1,
    edition,
    revision: 'r1',
    kind: 'recorded',
    decision: 'publish',
    warnings: [],
    approvedBecause: null,
    locales: ['en'],
    files: [{ path: 'figures.json', sha256, bytes }],
  };
  await archive.store.put('public/2026-07/r1/figures.json', value);
  await archive.write(revisionArtefact, keys.manifest(edition, 'r1'), revision);
}

/** The archive as who approves or edits may see it. */
function withoutSnapshots({ store }: Archive): Archive {
  const denied = (key: string) => {
    if (key.startsWith('snapshots/'))
      throw new ArchiveUnavailable('Access denied.', { code: 'AccessDenied' });
  };
  return new Archive({
    url: store.url,
    async get(key) {
      denied(key);
      return store.get(key);
    },
    put: (...given) => store.put(...given),
    async *list(prefix) {
      denied(prefix);
      yield* store.list(prefix);
    },
  });
}

async function all(archive: Archive): Promise<string[]> {
  return keysUnder(archive, '');
}

describe('an edition fetched to a laptop', () => {
  it('is its draft and the snapshots it was computed from, and nothing of anybody else', async () => {
    const { copied, same } = await fetchEdition(cloud, laptop, edition, false);
    expect(same).toBe(0);
    expect(copied).toContain(keys.figures(edition));
    const there = (await all(laptop)).filter((key) => !key.startsWith('fetched/'));
    expect(there.sort()).toEqual([...copied].sort());
    expect(there.filter((key) => !/^(snapshots|drafts\/2026-07)\//.test(key))).toEqual([]);
    expect(there.some((key) => key.includes('2026-01-01'))).toBe(false);
  });

  it('can be computed there again, byte for byte', async () => {
    await fetchEdition(cloud, laptop, edition, false);
    await computeEdition({ archive: laptop, edition });
    for (const key of await keysUnder(laptop, 'drafts/'))
      expect((await laptop.store.get(key))?.body, key).toEqual((await cloud.store.get(key))?.body);
  });

  it('is fetched again without copying what is there', async () => {
    const first = await fetchEdition(cloud, laptop, edition, false);
    expect(await fetchEdition(cloud, laptop, edition, false)).toMatchObject({
      copied: [],
      same: first.copied.length,
    });
  });

  it('does not write over what was changed here, unless asked to', async () => {
    await laptop.store.put(keys.figures(edition), text('mine'));
    await expect(fetchEdition(cloud, laptop, edition, false)).rejects.toThrow(
      /1 object in memory: has other bytes, such as drafts\/2026-07\/figures\.json\. Nothing was copied.*--overwrite/,
    );
    expect(await all(laptop)).toEqual([keys.figures(edition)]);
    await fetchEdition(cloud, laptop, edition, true);
    expect((await laptop.store.get(keys.figures(edition)))?.body).not.toEqual(text('mine'));
  });

  it('that is not there is refused', async () => {
    await expect(fetchEdition(laptop, cloud, parseEdition('2026-09'), false)).rejects.toThrow(
      /nothing of 2026-09/,
    );
  });

  it('is not taken for whole when fetching is killed: seals and receipts come last', async () => {
    const order: string[] = [];
    const store = new MemoryStore();
    const put = store.put.bind(store);
    store.put = (key, ...rest) => {
      order.push(key);
      return put(key, ...rest);
    };
    await fetchEdition(cloud, new Archive(store), edition, false);
    const last = order.findLastIndex((key) => !/snapshot\.json$|receipts|^fetched/.test(key));
    expect(order.slice(0, last + 1).filter((key) => /snapshot\.json$|receipts/.test(key))).toEqual([]);
    expect(order.some((key) => key.includes('receipts'))).toBe(true);
  });
});

describe('what is fetched', () => {
  it.each([
    ['a body that is not what was sealed', /^snapshots\/epoch\/2026-08.*\.csv$/],
    ['a published file that is not what was published', /^public\/2026-07\/r1\/figures\.json$/],
  ])('is refused whole for %s', async (_, which) => {
    await publish(cloud);
    const key = (await all(cloud)).find((one) => which.test(one)) ?? '';
    await cloud.store.put(key, text('damaged'));
    await expect(fetchEdition(cloud, laptop, edition, false)).rejects.toThrow(
      /is not what was sealed or published\. Nothing was copied/,
    );
    expect(await all(laptop)).toEqual([]);
  });

  it('comes without snapshots to whoever may not read them, who is told so', async () => {
    const { copied, remarks } = await fetchEdition(withoutSnapshots(cloud), laptop, edition, false);
    expect(copied).toContain(keys.figures(edition));
    expect(await keysUnder(laptop, 'snapshots/')).toEqual([]);
    expect(remarks).toEqual([expect.stringMatching(/may not read snapshots.*from render or later/)]);
  });

  it('says which snapshot is not there any more', async () => {
    await fetchEdition(cloud, laptop, edition, false);
    const bare = openArchive('memory:');
    for (const key of await keysUnder(laptop, 'drafts/'))
      await bare.store.put(key, (await laptop.store.get(key))?.body ?? text(''));
    const { remarks } = await sendEdition(bare, cloud, edition, false);
    expect(remarks[0]).toMatch(/snapshots\/.*snapshot\.json is not there any more/);
  });

  it('leaves the status to whoever may not read snapshots', async () => {
    const seen = await status(withoutSnapshots(cloud));
    expect(seen.snapshots).toBeNull();
    expect(statusText(seen)).toContain('Snapshots: not to be seen with these credentials');
  });
});

describe('a draft taken back', () => {
  beforeEach(() => fetchEdition(cloud, laptop, edition, false));

  it('replaces what was fetched, and leaves alone what is public, approved or somebody else’s', async () => {
    await laptop.store.put(keys.figures(edition), text('better'));
    await laptop.store.put(keys.approval(edition), text('{}'));
    await laptop.store.put(keys.corrections(edition), text('{}'));
    await laptop.store.put('public/2026-07/r1/figures.json', text('{}'));
    const { copied } = await sendEdition(laptop, cloud, edition, false);
    expect(copied).toEqual([keys.figures(edition)]);
    expect((await cloud.store.get(keys.figures(edition)))?.body).toEqual(text('better'));
    expect(await cloud.store.get(keys.approval(edition))).toBeUndefined();
    expect(await cloud.store.get(keys.corrections(edition))).toBeUndefined();
    expect(await keysUnder(cloud, 'public/')).toEqual([]);
  });

  it('may be taken back twice', async () => {
    for (const words of ['better', 'best']) {
      await laptop.store.put(keys.figures(edition), text(words));
      await sendEdition(laptop, cloud, edition, false);
    }
    expect((await cloud.store.get(keys.figures(edition)))?.body).toEqual(text('best'));
  });

  it('is refused where the cloud’s draft changed meanwhile', async () => {
    await laptop.store.put(keys.figures(edition), text('better'));
    await cloud.store.put(keys.figures(edition), text('made anew'));
    await expect(sendEdition(laptop, cloud, edition, false)).rejects.toThrow(
      /other bytes.*Nothing was copied/,
    );
    expect((await cloud.store.get(keys.figures(edition)))?.body).toEqual(text('made anew'));
    await sendEdition(laptop, cloud, edition, true);
    expect((await cloud.store.get(keys.figures(edition)))?.body).toEqual(text('better'));
  });

  it('never writes over what a run in the cloud wrote between the comparison and the copy', async () => {
    await laptop.store.put(keys.figures(edition), text('mine'));
    const put = cloud.store.put.bind(cloud.store);
    cloud.store.put = async (key, ...rest) => {
      await put(key, text('of a run meanwhile'));
      return put(key, ...rest);
    };
    await expect(sendEdition(laptop, cloud, edition, false)).rejects.toThrow(ArchiveConflict);
    expect((await cloud.store.get(keys.figures(edition)))?.body).toEqual(text('of a run meanwhile'));
  });

  it('never writes over a snapshot, whatever is asked', async () => {
    const [body = ''] = await keysUnder(laptop, 'snapshots/');
    await cloud.store.put(body, text('damaged there'));
    await expect(sendEdition(laptop, cloud, edition, true)).rejects.toThrow(/never written over/);
    expect((await cloud.store.get(body))?.body).toEqual(text('damaged there'));
  });

  it('that was never made is refused', async () => {
    await expect(sendEdition(laptop, cloud, parseEdition('2026-09'), false)).rejects.toThrow(
      /no draft of 2026-09/,
    );
  });
});

describe('what travels', () => {
  it.each([
    'subscribers/list.json',
    'delivery/2026-07/seal.json',
    'templates/current.json',
    'fetched/2026-07.json',
  ])('is never %s', async (key) => {
    await expect(copyObjects(cloud, laptop, new Map([[key, undefined]]), () => true)).rejects.toThrow(
      /does not travel/,
    );
    expect(await all(laptop)).toEqual([]);
  });
});
