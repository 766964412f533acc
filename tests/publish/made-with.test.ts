import { expect, it } from 'vitest';
import { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { MemoryStore } from '../../functions/archive/memory-store.ts';
import { Work } from '../../functions/archive/work.ts';
import { parseEdition } from '../../functions/edition.ts';
import { type MadeWith, madeWithArtefact } from '../../functions/print/made-with.ts';
import { madeWithOf } from '../../functions/publish/made-with.ts';

const edition = parseEdition('2026-07');
const sum = 'a'.repeat(64);
const made: MadeWith = {
  schemaVersion: 1,
  program: 'open-model-balance 0.1.0',
  runtime: 'node 24.0.0',
  browser: 'HeadlessChrome/153.0',
  from: { templates: { sha256: sum, commit: null }, fonts: { '@fontsource/inter/inter.woff2': sum } },
  pdf: sum,
};

it('tells of every language what it was made with, and of one printed by an older release nothing', async () => {
  const archive = new Archive(new MemoryStore('memory:'));
  const print = await Work.open(archive, { stage: 'print', edition, locale: 'en' });
  await print.write(madeWithArtefact, keys.madeWith(edition, 'en'), made);
  await print.finish();
  const publish = await Work.open(archive, { stage: 'publish', edition });
  expect(await madeWithOf(publish, ['en', 'fr'])).toEqual({ madeWith: { en: made } });
  expect(await madeWithOf(publish, ['fr'])).toEqual({});
});
