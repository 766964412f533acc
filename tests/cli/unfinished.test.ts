import { expect, it } from 'vitest';
import { openArchive } from '../../functions/archive/open-store.ts';
import { fetchEdition } from '../../functions/cli/travel.ts';
import { parseEdition } from '../../functions/edition.ts';
import { revisionArtefact } from '../../functions/publish/editions.ts';

it('a draft whose publication died before the list of editions was written can be fetched', async () => {
  const [cloud, laptop] = [openArchive('memory:'), openArchive('memory:')];
  await cloud.store.put('drafts/2026-07/figures.json', new TextEncoder().encode('{}'));
  await cloud.write(revisionArtefact, 'public/2026-07/r1/revision.json', {
    schemaVersion: 1,
    edition: '2026-07',
    revision: 'r1',
    kind: 'live',
    decision: 'publish',
    warnings: [],
    approvedBecause: null,
    locales: ['en'],
    files: [],
  });
  const { copied } = await fetchEdition(cloud, laptop, parseEdition('2026-07'), false);
  expect(copied).toEqual(['drafts/2026-07/figures.json', 'public/2026-07/r1/revision.json']);
});
