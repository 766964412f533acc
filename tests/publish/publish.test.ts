import { describe, expect, it } from 'vitest';
import type { Archive } from '../../functions/archive/archive.ts';
import { bytesArtefact } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { approve } from '../../functions/check/approval.ts';
import { verdictArtefact } from '../../functions/check/verdict.ts';
import { parseEdition } from '../../functions/edition.ts';
import { editionsArtefact, revisionArtefact } from '../../functions/publish/editions.ts';
import { publishEdition } from '../../functions/publish/publish.ts';
import { judgedDraft } from './draft.ts';

const edition = parseEdition('2026-07');
const now = new Date('2026-08-06T06:00:00Z');
const bytes = bytesArtefact();

async function publicTree(archive: Archive): Promise<string[]> {
  const found: string[] = [];
  for await (const key of archive.list('public/')) found.push(key);
  return found;
}

describe('publishing', () => {
  it('freezes the judged draft as r1, with its checksums, and names it in the list of editions', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    const published = await publishEdition({ archive, edition, now });
    expect(published).toMatchObject({ revision: 'r1', changed: true });
    const { value: editions } = await archive.read(editionsArtefact, keys.editions);
    const manifest = await archive.read(revisionArtefact, keys.manifest(edition, 'r1'));
    expect(editions.editions[0]).toMatchObject({
      edition,
      revision: 'r1',
      locales: ['en'],
      revisions: [{ publishedAt: now.toISOString(), manifest: manifest.sha256 }],
    });
    expect(await publicTree(archive)).toEqual([
      'public/2026-07/r1/en/report.pdf',
      'public/2026-07/r1/figures.json',
      'public/2026-07/r1/revision.json',
      'public/editions.json',
      'public/feed.en.xml',
    ]);
  });

  it('keeps what is not for the public out: print’s own page, receipts, the verdict', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    await publishEdition({ archive, edition, now });
    expect(
      (await publicTree(archive)).filter((key) => /report\.html|receipts|verdict|print-job/.test(key)),
    ).toEqual([]);
  });

  it('calls the same bytes the same revision, whenever they come', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    await publishEdition({ archive, edition, now });
    const before = await archive.store.get(keys.editions);
    await judgedDraft(archive, edition, 'first');
    expect(await publishEdition({ archive, edition, now: new Date('2027-01-01') })).toMatchObject({
      revision: 'r1',
      changed: false,
    });
    expect(await archive.store.get(keys.editions)).toEqual(before);
  });

  it('calls changed bytes the next revision and leaves the one before as it was', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    await publishEdition({ archive, edition, now });
    const before = await archive.store.get('public/2026-07/r1/en/report.pdf');
    await judgedDraft(archive, edition, 'second');
    expect(await publishEdition({ archive, edition, now })).toMatchObject({ revision: 'r2', changed: true });
    expect(await archive.store.get('public/2026-07/r1/en/report.pdf')).toEqual(before);
    const { value } = await archive.read(editionsArtefact, keys.editions);
    expect(value.editions[0]?.revisions.map(({ revision }) => revision)).toEqual(['r1', 'r2']);
    await judgedDraft(archive, edition, 'first');
    expect(await publishEdition({ archive, edition, now })).toMatchObject({ revision: 'r3', changed: true });
  });

  it('continues a publication that died before it was committed', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    const dying = openArchive('memory:');
    for await (const key of archive.list('drafts/'))
      await dying.store.put(key, (await archive.store.get(key))?.body ?? new Uint8Array());
    await publishEdition({ archive, edition, now });
    for (const key of ['public/2026-07/r1/revision.json', 'public/2026-07/r1/en/report.pdf'])
      await dying.store.put(key, (await archive.store.get(key))?.body ?? new Uint8Array());
    expect(await publishEdition({ archive: dying, edition, now })).toMatchObject({
      revision: 'r1',
      changed: true,
    });
    for await (const key of archive.list('public/'))
      expect((await dying.store.get(key))?.body, key).toEqual((await archive.store.get(key))?.body);
  });

  it('never writes over a number that died with other bytes: it stays unused', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    const abandoned = {
      schemaVersion: 1 as const,
      edition,
      revision: 'r1',
      kind: 'live' as const,
      decision: 'publish' as const,
      warnings: [],
      approvedBecause: null,
      locales: ['en'],
      files: [],
    };
    await archive.writeOnce(revisionArtefact, keys.manifest(edition, 'r1'), abandoned);
    expect(await publishEdition({ archive, edition, now })).toMatchObject({ revision: 'r2' });
    expect((await archive.read(revisionArtefact, keys.manifest(edition, 'r1'))).value).toEqual(abandoned);
  });

  it('lets two publishers of the same bytes both end with one revision', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    const both = await Promise.all([
      publishEdition({ archive, edition, now }),
      publishEdition({ archive, edition, now }),
    ]);
    expect(both.map(({ revision }) => revision)).toEqual(['r1', 'r1']);
    expect((await archive.read(editionsArtefact, keys.editions)).value.editions[0]?.revisions).toHaveLength(
      1,
    );
  });

  it('lets publishers of different months commit at the same moment', async () => {
    const archive = openArchive('memory:');
    const months = ['2026-03', '2026-04', '2026-05', '2026-06'].map(parseEdition);
    for (const month of months) await judgedDraft(archive, month, month);
    await Promise.all(months.map((month) => publishEdition({ archive, edition: month, now })));
    expect(
      (await archive.read(editionsArtefact, keys.editions)).value.editions.map((one) => one.edition),
    ).toEqual([...months].reverse());
  });

  it('refuses a draft in which a byte changed after it was judged', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first');
    await archive.write(bytes, keys.reportPdf(edition, 'en'), new TextEncoder().encode('%PDF-other'));
    await expect(publishEdition({ archive, edition, now })).rejects.toThrow(
      /report\.pdf is not what print finished.*Run again from print/,
    );
    expect(await publicTree(archive)).toEqual([]);
  });

  it('publishes nothing that is refused', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first', 'refuse');
    await expect(publishEdition({ archive, edition, now })).rejects.toMatchObject({ name: 'EditionRefused' });
    expect(await publicTree(archive)).toEqual([]);
  });
});

describe('a held edition', () => {
  const said = { because: 'The repository was looked at and is real.', by: 'an editor', now };

  it('is not published, and the error says where the draft is and how to approve it', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first', 'hold');
    await expect(publishEdition({ archive, edition, now })).rejects.toThrow(
      /held for a person: .*above 10 % of an axis.*report approve --edition 2026-07 --because/,
    );
    expect(await publicTree(archive)).toEqual([]);
  });

  it('goes out once approved, with the reason kept in the revision', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first', 'hold');
    await approve({ archive, edition, ...said });
    await publishEdition({ archive, edition, now });
    expect((await archive.read(revisionArtefact, keys.manifest(edition, 'r1'))).value.approvedBecause).toBe(
      said.because,
    );
  });

  it('is voided by one changed byte in any file that was judged, also one that stays private', async () => {
    const judged = openArchive('memory:');
    await judgedDraft(judged, edition, 'first', 'hold');
    const { value: verdict } = await judged.read(verdictArtefact, keys.verdict(edition));
    const files = Object.keys(verdict.judged);
    expect(files.map((key) => key.slice(keys.draft(edition).length)).sort()).toEqual([
      'en/print-job.json',
      'en/report.html',
      'en/report.pdf',
      'figures.json',
    ]);
    for (const key of files) {
      const archive = openArchive('memory:');
      await judgedDraft(archive, edition, 'first', 'hold');
      await approve({ archive, edition, ...said });
      const body = (await archive.read(bytes, key)).value;
      const last = body.length - 1;
      await archive.write(bytes, key, body.with(last, (body[last] ?? 0) ^ 1));
      await expect(publishEdition({ archive, edition, now }), key).rejects.toThrow(
        /is not what (compute|print) finished|is not JSON/,
      );
      expect(await publicTree(archive), key).toEqual([]);
    }
  });

  it('is approved by the checksum of the verdict, which lists every judged file with its own', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first', 'hold');
    const approval = await approve({ archive, edition, ...said });
    const verdict = await archive.read(verdictArtefact, keys.verdict(edition));
    expect(approval.verdict).toBe(verdict.sha256);
    for (const [key, sum] of Object.entries(verdict.value.judged))
      expect((await archive.read(bytes, key)).sha256, key).toBe(sum);
  });

  it('needs a new approval when a byte changed', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'first', 'hold');
    await approve({ archive, edition, ...said });
    await judgedDraft(archive, edition, 'second', 'hold');
    await expect(publishEdition({ archive, edition, now })).rejects.toThrow(
      /approval there was of other bytes/,
    );
  });

  it('cannot be approved without a reason, without a verdict, or when it is not held', async () => {
    const archive = openArchive('memory:');
    await expect(approve({ archive, edition, ...said })).rejects.toThrow(/no verdict on 2026-07/);
    await judgedDraft(archive, edition, 'first');
    await expect(approve({ archive, edition, ...said })).rejects.toThrow(/is not held/);
    await judgedDraft(archive, edition, 'first', 'hold');
    await expect(approve({ archive, edition, ...said, because: '  ok ' })).rejects.toThrow(/Say why/);
    await judgedDraft(archive, edition, 'first', 'refuse');
    await expect(approve({ archive, edition, ...said })).rejects.toThrow(
      /refused; an approval cannot change that/,
    );
  });
});

describe('what is published for keeps', () => {
  /** Object lock as a map, on a store that tells what was there when. */
  function keeping(archive: Archive) {
    const kept = new Map<string, string>();
    const publicThen: boolean[] = [];
    return {
      kept,
      publicThen,
      days: 3650,
      async retain(key: string, until: Date) {
        if (!(await archive.store.get(key))) throw new Error(`${key} is not there yet`);
        publicThen.push((await archive.store.get(keys.editions)) !== undefined);
        kept.set(key, until.toISOString());
      },
    };
  }

  it('is retained object by object before it becomes public, and the list of editions is not', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'words');
    const retention = keeping(archive);
    await publishEdition({ archive, edition, now, retention });
    const written: string[] = [];
    for await (const key of archive.list(keys.revision(edition, 'r1'))) written.push(key);
    expect([...retention.kept.keys()].sort()).toEqual(written);
    expect(new Set(retention.kept.values())).toEqual(
      new Set([new Date(now.getTime() + 3650 * 86_400_000).toISOString()]),
    );
    expect(retention.publicThen).not.toContain(true);
  });

  it('does not become public where it cannot be retained', async () => {
    const archive = openArchive('memory:');
    await judgedDraft(archive, edition, 'words');
    const retention = { days: 1, retain: () => Promise.reject(new Error('no object lock')) };
    await expect(publishEdition({ archive, edition, now, retention })).rejects.toThrow('no object lock');
    expect(await archive.store.get(keys.editions)).toBeUndefined();
  });
});
