import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editionsArtefact, revisionArtefact } from '../../functions/publish/editions.ts';
import { folder, report, tree } from './report.ts';

const because = 'Downloads of one lab were counted twice; they are counted once now.';
const becauseInFrench =
  'Les téléchargements d’un laboratoire étaient comptés deux fois ; ils le sont une fois.';
let archive: Awaited<ReturnType<typeof folder>>;
let first: Record<string, string>;
const correct = (...more: string[]) =>
  report([
    'correct',
    ...['--edition', '2026-07', '--because', because, '--because-in', `fr=${becauseInFrench}`],
    ...['--archive', archive.url, ...more],
  ]);
const file = (path: string) => readFile(join(archive.path, 'public', path));
const publicTree = () => tree(join(archive.path, 'public'));

beforeAll(async () => {
  archive = await folder();
  expect((await report(['--locale', 'en', 'fr', '--archive', archive.url])).stderr).toBe('');
  first = await publicTree();
});
afterAll(() => archive[Symbol.asyncDispose]());

describe('a corrected edition', () => {
  it('is the next revision, made by one command', async () => {
    const { stdout, stderr, code } = await correct('--by', 'an editor', '--json');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      revision: 'r2',
      changed: true,
      correction: { corrects: 'r1', because, by: 'an editor' },
    });
  });

  it('tells its readers what was corrected: on the web page, in the manifest, in the list and in the feed', async () => {
    expect((await file('2026-07/r2/en/web.html')).toString()).toContain(because);
    const french = (await file('2026-07/r2/fr/web.html')).toString();
    expect(french).toContain(becauseInFrench);
    expect(french).not.toContain(because);
    expect((await file('feed.fr.xml')).toString()).toContain(becauseInFrench);
    const manifest = revisionArtefact.parse(await file('2026-07/r2/revision.json'), 'revision');
    expect(manifest.corrections).toMatchObject([{ corrects: 'r1', because }]);
    const { editions } = editionsArtefact.parse(await file('editions.json'), 'editions');
    expect(editions).toMatchObject([
      {
        edition: '2026-07',
        revision: 'r2',
        revisions: [
          { revision: 'r1', because: null },
          { revision: 'r2', because },
        ],
      },
    ]);
    const feed = (await file('feed.en.xml')).toString();
    expect(feed.match(/<entry>/g)).toHaveLength(1);
    expect(feed).toContain(because);
    expect(feed).toContain(`<updated>${editions[0]?.revisions[1]?.publishedAt}</updated>`);
  });

  it('was judged for saying so on its cover', async () => {
    const verdict = JSON.parse(await readFile(join(archive.path, 'drafts/2026-07/verdict.json'), 'utf8'));
    expect(verdict.reasons).toContainEqual(
      expect.objectContaining({ id: 'en.corrections.printed', outcome: 'passed' }),
    );
  });

  it('leaves the revision before where it was, byte for byte', async () => {
    const now = await publicTree();
    for (const [path, sum] of Object.entries(first).filter(([path]) => path.startsWith('2026-07/r1/')))
      expect(now[path], path).toBe(sum);
  });

  it('corrected again for the same reason is no other revision', async () => {
    const before = await publicTree();
    const { stdout, code } = await correct();
    expect(code).toBe(0);
    expect(stdout).toContain('It was recorded before, as a correction of r1');
    expect(stdout).toContain('nothing new to publish');
    expect(await publicTree()).toEqual(before);
  });

  it('keeps its notice when words change, and stays the same revision when nothing does', async () => {
    const before = await publicTree();
    expect((await report(['--locale', 'en', 'fr', '--archive', archive.url, '--from', 'render'])).code).toBe(
      0,
    );
    expect(await publicTree()).toEqual(before);
  });
});
