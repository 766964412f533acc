import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAsked } from './asked.ts';
import { inOneLine } from './compare-pages.ts';
import { readPng } from './png.ts';
import { acceptPages, type LanguagePages, reviewPages } from './review.ts';
import { page } from './sample.ts';

let folder: string;
let folders: { baseline: URL; changed: URL };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visual-'));
  const root = pathToFileURL(`${folder}/`);
  folders = { baseline: new URL('baseline/', root), changed: new URL('changed/', root) };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const all = { page: undefined };
const [one, two, three] = [page(), page({ word: 'balance' }), page({ word: 'july' })];
const english = (...pages: (typeof one)[]): LanguagePages => ({ language: 'en', direction: 'ltr', pages });
const arabic = (...pages: (typeof one)[]): LanguagePages => ({ language: 'ar', direction: 'rtl', pages });
const review = async (languages: LanguagePages[], asked: { page: number | undefined } = all) =>
  (await reviewPages(languages, asked, folders)).map(inOneLine);

describe('the visual review', () => {
  it('finds nothing to say of pages that were just accepted', async () => {
    await acceptPages([english(one, two), arabic(two)], all, folders.baseline);
    expect(await review([english(one, two), arabic(two)])).toEqual([]);
    expect(await readFile(new URL('index.html', folders.changed), 'utf8')).toContain('No page changed');
  });

  it('leaves before, after and difference of what changed, an index, and sheets of all pages', async () => {
    await acceptPages([english(one, two), arabic(one)], all, folders.baseline);
    expect(await review([english(one, three, two), arabic(two)])).toEqual([
      expect.stringMatching(/^en page 2: \d+ pixels differ, /),
      'en page 3: new, no such page is accepted',
      expect.stringMatching(/^ar page 1: /),
    ]);
    expect((await readdir(folders.changed, { recursive: true })).sort()).toEqual([
      'ar',
      'ar/01.after.png',
      'ar/01.before.png',
      'ar/01.diff.png',
      'contact-sheet.ar.png',
      'contact-sheet.en.png',
      'contact-sheet.png',
      'en',
      'en/02.after.png',
      'en/02.before.png',
      'en/02.diff.png',
      'en/03.after.png',
      'index.html',
    ]);
    const index = await readFile(new URL('index.html', folders.changed), 'utf8');
    expect(index).toContain('3 pages changed');
    expect(index).toContain('<section dir="rtl"><h2>ar</h2>');
    const addresses = [...index.matchAll(/src="([^"]+)"/g)].map(([, address]) => address ?? '');
    for (const address of addresses) readPng(await readFile(new URL(address, folders.changed)));
    expect(addresses).toHaveLength(7);
  });

  it('lays the pages of Arabic from the right', async () => {
    await acceptPages([arabic(one)], all, folders.baseline);
    await review([arabic(one)]);
    const { width, height, data } = readPng(await readFile(new URL('contact-sheet.ar.png', folders.changed)));
    const white = [...data.keys()].filter((at) => at % 4 === 0 && data[at] === 255 && data[at + 2] === 255);
    expect(Math.min(...white.map((at) => (at / 4) % width))).toBeGreaterThan(width / 2);
    expect(height).toBeGreaterThan(40);
  });

  it('forgets what an earlier review left', async () => {
    await acceptPages([english(one)], all, folders.baseline);
    await review([english(two)]);
    await review([english(one)]);
    expect(await readdir(folders.changed)).not.toContain('en');
  });

  it('accepts a page that is gone, one page alone, and all there are', async () => {
    await acceptPages([english(one, two, three)], all, folders.baseline);
    await acceptPages([english(two, two)], { page: 1 }, folders.baseline);
    expect(await review([english(two, two)])).toEqual(['en page 3: gone, the report ends before it']);
    await acceptPages([english(two, two)], { page: 3 }, folders.baseline);
    expect(await review([english(two, two)])).toEqual([]);
    await acceptPages([english(one)], all, folders.baseline);
    expect(await readdir(new URL('en/', folders.baseline))).toEqual(['01.png']);
  });

  it('of a language of which nothing is accepted says so, and shows its pages', async () => {
    await expect(review([english(one)])).rejects.toThrow(
      'No page of en is accepted yet. Look at tests/visual/changed/contact-sheet.png, then accept: npm run visual -- --accept',
    );
    expect(await readdir(folders.changed)).toContain('contact-sheet.en.png');
    await acceptPages([english(one)], all, folders.baseline);
    await expect(review([english(one), arabic(one)])).rejects.toThrow(/accept: .* --lang ar$/);
  });

  it('names an accepted page that is damaged, and accepts over it', async () => {
    await mkdir(new URL('en/', folders.baseline), { recursive: true });
    for (const damaged of ['', 'no picture', '\x89PNG\r\n\x1a\n']) {
      await writeFile(new URL('en/01.png', folders.baseline), Buffer.from(damaged, 'latin1'));
      await expect(review([english(one)])).rejects.toMatchObject({
        name: 'ArchiveCorrupt',
        message: expect.stringContaining('The accepted page en/01.png is damaged'),
      });
    }
    await acceptPages([english(one)], { page: 1 }, folders.baseline);
    expect(await review([english(one)])).toEqual([]);
  });

  it('refuses the number of a page that there is not', async () => {
    await acceptPages([english(one, two)], all, folders.baseline);
    for (const work of [
      () => review([english(one)], { page: 3 }),
      () => acceptPages([english(one)], { page: 3 }, folders.baseline),
    ])
      await expect(work()).rejects.toThrow('There is no page 3: the report has 2 pages.');
  });
});

describe('what a review is asked for', () => {
  const complete = ['en', 'fr', 'ar'];
  it('is every page of every language, or what is named', () => {
    expect(readAsked([], complete)).toEqual({ accept: false, languages: complete, page: undefined });
    expect(readAsked(['--accept', '--lang', 'fr', '--lang', 'ar', '--page', '3'], complete)).toEqual({
      accept: true,
      languages: ['fr', 'ar'],
      page: 3,
    });
  });

  it.each([
    [['--lang', 'xx'], 'There is no complete language "xx". Complete in templates/locales: en, fr, ar.'],
    [['--page', '0'], '"0" is not the number of a page. Write --page 3, from 1.'],
    [['--page', 'three'], '"three" is not the number of a page.'],
    [['--page', '-1'], 'knows --accept, --lang <language> and --page <number>.'],
    [['--acept'], "Unknown option '--acept'. The visual review knows"],
    [['fr'], 'The visual review knows'],
  ])('that cannot be is refused: %j', (args, message) => {
    expect(() => readAsked(args, complete)).toThrow(message);
  });
});
