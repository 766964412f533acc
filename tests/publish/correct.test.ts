import { describe, expect, it } from 'vitest';
import type { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { parseEdition } from '../../functions/edition.ts';
import { correct } from '../../functions/publish/correct.ts';
import { correctionsArtefact } from '../../functions/publish/corrections.ts';
import { editionsArtefact, revisionArtefact } from '../../functions/publish/editions.ts';
import { publishEdition } from '../../functions/publish/publish.ts';
import type { PrintJob } from '../../functions/render/print-job.ts';
import { judgedDraft } from './draft.ts';

const edition = parseEdition('2026-07');
const published = new Date('2026-08-06T06:00:00Z');
const now = new Date('2026-08-10T09:30:00Z');
const because = 'Downloads of one lab were counted twice.';
const ask = (archive: Archive, reason = because) =>
  correct({ archive, edition, because: reason, by: 'an editor', now });

async function publicEdition(): Promise<Archive> {
  const archive = openArchive('memory:');
  await judgedDraft(archive, edition, 'first');
  await publishEdition({ archive, edition, now: published });
  return archive;
}

/** Makes the draft anew with the corrections that are recorded, as render does, and publishes it. */
async function remade(archive: Archive, words: string): Promise<Awaited<ReturnType<typeof publishEdition>>> {
  const list = await archive.find(correctionsArtefact, keys.corrections(edition));
  const corrections: PrintJob['corrections'] = (list?.value.corrections ?? []).map(
    ({ corrects, because, at }) => ({ corrects, because, at }),
  );
  await judgedDraft(archive, edition, words, 'publish', { corrections });
  return publishEdition({ archive, edition, now });
}

async function recorded(archive: Archive) {
  return (await archive.read(correctionsArtefact, keys.corrections(edition))).value.corrections;
}

async function listed(archive: Archive) {
  return (await archive.read(editionsArtefact, keys.editions)).value.editions[0];
}

describe('a correction', () => {
  it('is bound to the revision that is current, with who, why and when', async () => {
    const archive = await publicEdition();
    expect(await ask(archive)).toMatchObject({ added: true });
    expect(await recorded(archive)).toEqual([
      { corrects: 'r1', because, by: 'an editor', at: now.toISOString() },
    ]);
  });

  it('is recorded once, also if it is asked for again after its revision came out', async () => {
    const archive = await publicEdition();
    await ask(archive);
    expect(await ask(archive, `  ${because}\n`)).toMatchObject({
      added: false,
      correction: { corrects: 'r1' },
    });
    await remade(archive, 'second');
    expect(await ask(archive)).toMatchObject({ added: false, correction: { corrects: 'r1' } });
    expect(await recorded(archive)).toHaveLength(1);
  });

  it('accumulates: another one is of the revision that is current then', async () => {
    const archive = await publicEdition();
    await ask(archive);
    await remade(archive, 'second');
    await ask(archive, 'A licence was read wrongly.');
    await remade(archive, 'third');
    expect((await recorded(archive)).map(({ corrects }) => corrects)).toEqual(['r1', 'r2']);
    const { value } = await archive.read(revisionArtefact, keys.manifest(edition, 'r3'));
    expect(value.corrections?.map((one) => one.because)).toEqual([because, 'A licence was read wrongly.']);
    expect((await listed(archive))?.revisions.map((one) => one.because)).toEqual([
      null,
      because,
      'A licence was read wrongly.',
    ]);
  });

  it.each([
    ['too short', ' It was.  ', /at least 10 characters/],
    ['too long', 'x'.repeat(1001), /has 1001 characters, and there is room for 1000/],
  ])('with a reason that is %s is refused, and nothing is recorded', async (_, reason, message) => {
    const archive = await publicEdition();
    await expect(ask(archive, reason)).rejects.toThrow(message);
    expect(await archive.find(correctionsArtefact, keys.corrections(edition))).toBeUndefined();
  });

  it('of a thousand characters is recorded', async () => {
    const archive = await publicEdition();
    await expect(ask(archive, 'x'.repeat(1000))).resolves.toMatchObject({ added: true });
  });

  it('of an edition that is not public is refused: a draft is simply made again', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    await expect(ask(archive)).rejects.toThrow(
      /^2026-07 is not public in memory:.*so there is nothing to correct/,
    );
    expect(await archive.find(correctionsArtefact, keys.corrections(edition))).toBeUndefined();
  });

  it('does not get lost where two people correct at the same moment: one of them is told', async () => {
    const archive = await publicEdition();
    const both = await Promise.allSettled([ask(archive), ask(archive, 'A licence was read wrongly.')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ name: 'ArchiveConflict' });
    expect(await recorded(archive)).toHaveLength(1);
  });
});

describe('the revision that corrects', () => {
  it('is the next one, and the one before stays listed and readable', async () => {
    const archive = await publicEdition();
    const before = await archive.store.get('public/2026-07/r1/en/report.pdf');
    await ask(archive);
    expect(await remade(archive, 'second')).toMatchObject({ revision: 'r2', changed: true });
    expect(await listed(archive)).toMatchObject({
      revision: 'r2',
      revisions: [
        { revision: 'r1', because: null },
        { revision: 'r2', because },
      ],
    });
    expect(await archive.store.get('public/2026-07/r1/en/report.pdf')).toEqual(before);
    expect((await archive.read(revisionArtefact, keys.manifest(edition, 'r1'))).value.corrections).toEqual(
      [],
    );
  });

  it('is a new one even if no public byte but the notice changed, and the same once it is out', async () => {
    const archive = await publicEdition();
    await ask(archive);
    expect(await remade(archive, 'first')).toMatchObject({ revision: 'r2', changed: true });
    expect(await remade(archive, 'first')).toMatchObject({ revision: 'r2', changed: false });
  });

  it('says in its manifest what is read of it and where', async () => {
    const archive = await publicEdition();
    const { value } = await archive.read(revisionArtefact, keys.manifest(edition, 'r1'));
    expect(value).toMatchObject({
      publisher: 'The Balance',
      pages: [
        {
          locale: 'en',
          title: 'The Balance, 2026-07',
          headline: 'What 2026-07 was about.',
          url: 'https://balance.example/2026-07/',
        },
      ],
    });
  });
});
