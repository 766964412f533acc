import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { parseEdition } from '../../functions/edition.ts';
import { editionsArtefact, revisionArtefact } from '../../functions/publish/editions.ts';
import { publishEdition } from '../../functions/publish/publish.ts';
import { judgedDraft } from './draft.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/published/${name}`, import.meta.url));
const oldList = fixture('editions-before-corrections.json');
const oldRevision = fixture('revision-before-corrections.json');
const now = new Date('2026-08-06T06:00:00Z');

describe('what was published before there were corrections', () => {
  it('is read as it was written', () => {
    expect(editionsArtefact.parse(oldList, 'editions.json')).toEqual(JSON.parse(oldList.toString()));
    expect(revisionArtefact.parse(oldRevision, 'revision.json')).toEqual(JSON.parse(oldRevision.toString()));
  });

  it('stays in the list, byte for byte, when another month is published; the feed is of what says its title', async () => {
    const archive = openArchive('memory:');
    await archive.store.put(keys.editions, oldList);
    await archive.store.put(keys.manifest(parseEdition('2026-05'), 'r1'), oldRevision);
    const edition = parseEdition('2026-07');
    await judgedDraft(archive, edition, 'first');
    await publishEdition({ archive, edition, now });
    const { value } = await archive.read(editionsArtefact, keys.editions);
    expect(value.editions.map((one) => one.edition)).toEqual(['2026-07', '2026-05']);
    expect(value.editions[1]).toEqual(JSON.parse(oldList.toString()).editions[0]);
    const feed = Buffer.from((await archive.store.get(keys.feed('en')))?.body ?? []).toString();
    expect(feed.match(/<entry>/g)).toHaveLength(1);
  });

  it('is corrected as any other', async () => {
    const archive = openArchive('memory:');
    await archive.store.put(keys.editions, oldList);
    const edition = parseEdition('2026-05');
    await archive.store.put(keys.manifest(edition, 'r1'), oldRevision);
    const corrections = [
      { corrects: 'r1', because: 'A lab was counted twice.', at: '2026-08-06T05:00:00.000Z' },
    ];
    await judgedDraft(archive, edition, 'second', 'publish', { corrections });
    expect(await publishEdition({ archive, edition, now })).toMatchObject({ revision: 'r2' });
    const { value } = await archive.read(editionsArtefact, keys.editions);
    expect(value.editions[0]?.revisions.at(-1)).toMatchObject({
      revision: 'r2',
      because: 'A lab was counted twice.',
    });
  });
});
