import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Archive } from '../../functions/archive/archive.ts';
import { jsonArtefact } from '../../functions/archive/artefact.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { Work, type WorkOf } from '../../functions/archive/work.ts';
import { parseEdition } from '../../functions/edition.ts';

const note = jsonArtefact('note', z.strictObject({ words: z.string() }));
const edition = parseEdition('2026-07');
const figures = 'drafts/2026-07/figures.json';
const page = (locale: string) => `drafts/2026-07/${locale}/report.html`;
const pdf = (locale: string) => `drafts/2026-07/${locale}/report.pdf`;

/** One stage's whole work: reads, writes one object that says what it read, and finishes. */
async function stage(
  archive: Archive,
  of: Pick<WorkOf, 'stage' | 'locale'>,
  reads: string[],
  key: string,
  words = '',
) {
  const work = await Work.open(archive, { ...of, edition });
  const found = [];
  for (const from of reads) found.push((await work.read(note, from)).words);
  await work.write(note, key, { words: `${found.join(' ')}${words}` });
  await work.finish();
}
const compute = (archive: Archive, words: string) => stage(archive, { stage: 'compute' }, [], figures, words);
const render = (archive: Archive, locale = 'en') =>
  stage(archive, { stage: 'render', locale }, [figures], page(locale), ` in ${locale}`);
const print = (archive: Archive, locale = 'en') =>
  stage(archive, { stage: 'print', locale }, [page(locale)], pdf(locale), ', printed');

/** What a later stage gets to read of the draft. */
async function readBy(archive: Archive, of: Pick<WorkOf, 'stage' | 'locale'>, key: string): Promise<string> {
  const work = await Work.open(archive, { ...of, edition });
  return (await work.read(note, key)).words;
}

describe('the work of one stage', () => {
  it('is what the next stages read', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    await render(archive);
    await print(archive);
    expect(await readBy(archive, { stage: 'check' }, pdf('en'))).toBe('July in en, printed');
  });

  it('does not exist for others until it is finished', async () => {
    const archive = openArchive('memory:');
    const work = await Work.open(archive, { stage: 'compute', edition });
    await work.write(note, figures, { words: 'July' });
    const reading = readBy(archive, { stage: 'render', locale: 'en' }, figures);
    await expect(reading).rejects.toMatchObject({ name: 'IncompleteEdition', evidence: { key: figures } });
    await expect(reading).rejects.toThrow(`no stage before render has made ${figures}`);
    await work.finish();
    expect(await readBy(archive, { stage: 'render', locale: 'en' }, figures)).toBe('July');
  });

  it('is not read by the stages before it', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    await render(archive);
    await expect(readBy(archive, { stage: 'compute' }, page('en'))).rejects.toMatchObject({
      name: 'IncompleteEdition',
    });
  });

  it('writes the same receipt whatever the order of its objects', async () => {
    const receipts = [];
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const archive = openArchive('memory:');
      const work = await Work.open(archive, { stage: 'compute', edition });
      for (const name of order) await work.write(note, `drafts/2026-07/${name}.json`, { words: name });
      await work.finish();
      receipts.push((await archive.store.get('drafts/2026-07/receipts/compute.json'))?.body);
    }
    expect(receipts[0]).toBeDefined();
    expect(receipts[0]).toEqual(receipts[1]);
  });

  it('keeps the locales apart, and shows all of them to a stage of the whole edition', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    await render(archive, 'en');
    await render(archive, 'de');
    await expect(readBy(archive, { stage: 'print', locale: 'en' }, page('de'))).rejects.toMatchObject({
      name: 'IncompleteEdition',
    });
    const check = await Work.open(archive, { stage: 'check', edition });
    expect([...check.finished.keys()]).toEqual([page('de'), page('en'), figures]);
  });
});

describe('a draft that is not of one piece', () => {
  it('is refused when an object changed after its stage finished', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    await archive.write(note, figures, { words: 'by hand' });
    const reading = readBy(archive, { stage: 'render', locale: 'en' }, figures);
    await expect(reading).rejects.toMatchObject({
      name: 'IncompleteEdition',
      evidence: { key: figures, stage: 'compute' },
    });
    await expect(reading).rejects.toThrow(/is not what compute finished\. Run again from compute/);
  });

  it('is refused when a stage was killed halfway through making it anew', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    const killed = await Work.open(archive, { stage: 'compute', edition });
    await killed.write(note, figures, { words: 'July, corrected' });
    await expect(readBy(archive, { stage: 'render', locale: 'en' }, figures)).rejects.toThrow(
      /not what compute finished/,
    );
  });

  it('is refused when figures were made anew after the page was rendered', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    await render(archive);
    await compute(archive, 'July, corrected');
    const reading = readBy(archive, { stage: 'print', locale: 'en' }, page('en'));
    await expect(reading).rejects.toMatchObject({
      name: 'IncompleteEdition',
      evidence: { key: figures, stage: 'render' },
    });
    await expect(reading).rejects.toThrow(/is mixed: render used another .*Run again from render/);
  });

  it('is refused however many stages lie between', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    await render(archive);
    await print(archive);
    await compute(archive, 'July, corrected');
    await expect(readBy(archive, { stage: 'check' }, pdf('en'))).rejects.toThrow(/is mixed: render used/);
    await render(archive);
    await expect(readBy(archive, { stage: 'check' }, pdf('en'))).rejects.toThrow(/is mixed: print used/);
    await print(archive);
    expect(await readBy(archive, { stage: 'check' }, pdf('en'))).toBe('July, corrected in en, printed');
  });

  it('is whole again when a stage made the same bytes anew', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    await render(archive);
    await compute(archive, 'July');
    expect(await readBy(archive, { stage: 'print', locale: 'en' }, page('en'))).toBe('July in en');
  });

  it('is refused when a receipt is damaged', async () => {
    const archive = openArchive('memory:');
    await compute(archive, 'July');
    const broken = new TextEncoder().encode('{"stage": "compute"}');
    await archive.store.put('drafts/2026-07/receipts/compute.json', broken);
    await expect(Work.open(archive, { stage: 'render', edition, locale: 'en' })).rejects.toMatchObject({
      name: 'ArchiveCorrupt',
    });
  });
});
