import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figuresArtefact } from '../../functions/compute/figures.ts';
import { editionsArtefact } from '../../functions/publish/editions.ts';
import { type Ended, folder, report, tree } from './report.ts';

let archive: Awaited<ReturnType<typeof folder>>;
let first: Ended;
/** Two of the languages, one of each direction: all go the same way. */
const here = () => ['--locale', 'en', 'ar', '--archive', archive.url];

beforeAll(async () => {
  archive = await folder();
  first = await report(here());
});
afterAll(() => archive[Symbol.asyncDispose]());

describe('the recorded edition', () => {
  it('is made and published by one command, offline', () => {
    expect(first.stderr).toBe('');
    expect(first.code).toBe(0);
  });

  it('ends with the headline, the stages’ times, what to know and where the files are', () => {
    expect(first.stdout).toMatch(/Chinese open models served .* of open tokens in July 2026/);
    for (const stage of ['pull', 'compute', 'render', 'print', 'check', 'publish'])
      expect(first.stdout).toMatch(new RegExp(`^${stage} +\\d+\\.\\d s$`, 'm'));
    expect(first.stdout).toContain('To know:');
    expect(first.stdout).toContain(join(archive.path, 'public/2026-07/r1/en/report.pdf'));
    expect(first.stdout).toContain(join(archive.path, 'public/editions.json'));
  });

  it('lies where the layout says', async () => {
    const files = Object.keys(await tree(archive.path));
    for (const file of [
      'figures.json',
      'figures.schema.json',
      'datapackage.json',
      'tables/figures.csv',
      'tables/origins.csv',
      'en/report.pdf',
      'en/web.html',
      'en/charts/balance.svg',
      'en/cover.png',
      'en/cover-thumbnail.png',
      'en/headline.png',
      'en/email.html',
      'en/email.txt',
      'en/email.json',
      ...['ar/report.pdf', 'ar/web.html'],
    ])
      expect(files).toContain(`public/2026-07/r1/${file}`);
    expect(files).toContain('public/editions.json');
    for (const language of ['en', 'ar']) expect(files).toContain(`public/feed.${language}.xml`);
    expect(files).toContain('drafts/2026-07/verdict.json');
    expect(files.filter((file) => /^snapshots\/[\w-]+\/[\dTZ-]+\/snapshot\.json$/.test(file))).toHaveLength(
      6,
    );
  });

  it('says in its figures that they were recorded, and from which bodies', async () => {
    const figures = figuresArtefact.parse(
      await readFile(join(archive.path, 'public/2026-07/r1/figures.json')),
      'figures',
    );
    expect(figures.kind).toBe('recorded');
    expect(
      figures.sources.flatMap(({ bodies }) => bodies).every(({ transcribed }) => transcribed !== null),
    ).toBe(true);
    expect(figures.figures['downloads.language.publisher.china']).toMatchObject({
      direction: 'not comparable',
    });
    expect(figures.figures['derivatives.count.china']).toMatchObject({
      status: 'partial',
      reason: expect.any(String),
    });
  });

  it('made again is the same revision, and says so', async () => {
    const before = await tree(join(archive.path, 'public'));
    const again = await report([...here(), '--json']);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ edition: '2026-07', revision: 'r1', changed: false });
    expect(await tree(join(archive.path, 'public'))).toEqual(before);
  });

  it('can be continued from any stage', async () => {
    const before = await tree(archive.path);
    for (const stage of ['check', 'publish'])
      expect((await report([...here(), '--from', stage])).code, stage).toBe(0);
    expect(await tree(archive.path)).toEqual(before);
  });

  it('is told of by report status', async () => {
    const { stdout, code } = await report(['status', '--archive', archive.url]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/2026-07 {2}published r1 of 2026-08-22/);
    const { stdout: json } = await report(['status', '--archive', archive.url, '--json']);
    expect(JSON.parse(json)).toMatchObject({
      editions: [
        {
          edition: '2026-07',
          draft: expect.arrayContaining(['check', 'compute', 'print-ar', 'print-en', 'render-ar']),
        },
      ],
    });
  });

  it('made twice at once on one archive ends in one revision, or in one clear error that names the other run', async () => {
    await using shared = await folder();
    const english = ['--locale', 'en', '--archive', shared.url];
    const both = await Promise.all([report(english), report(english)]);
    for (const { code, stderr } of both) {
      if (code !== 0)
        expect(stderr).toMatch(/^(IncompleteEdition|ArchiveConflict): .*(another run|Run again)/);
    }
    expect((await report(english)).code).toBe(0);
    const editions = editionsArtefact.parse(
      await readFile(join(shared.path, 'public/editions.json')),
      'editions',
    );
    expect(editions.editions[0]?.revisions).toHaveLength(1);
    const edition = 'public/2026-07/r1/en';
    expect(await tree(join(shared.path, edition))).toEqual(await tree(join(archive.path, edition)));
  });
});
