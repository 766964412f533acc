import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { parseEdition } from '../../functions/edition.ts';
import { writeFeeds } from '../../functions/publish/feeds.ts';
import { publishEdition } from '../../functions/publish/publish.ts';
import type { PrintJob } from '../../functions/render/print-job.ts';
import { judgedDraft } from './draft.ts';

/** An element with its attributes, its own text, and what is in it. */
interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  text: string;
  readonly children: Element[];
}

/** Reads XML strictly: anything that is not well-formed throws. */
function read(xml: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  const [feed] = root.children;
  if (!feed) throw new Error('no root element');
  return feed;
}

const all = ({ children }: Element, name: string) => children.filter((one) => one.name === name);
const text = (element: Element | undefined, name: string) =>
  element ? all(element, name)[0]?.text : undefined;

async function publish(
  archive: Archive,
  month: string,
  at: string,
  job: Partial<PrintJob> = {},
  words = month,
) {
  const edition = parseEdition(month);
  await judgedDraft(archive, edition, words, 'publish', job);
  return publishEdition({ archive, edition, now: new Date(at) });
}

async function feedOf(archive: Archive, locale = 'en'): Promise<Element> {
  return read(Buffer.from((await archive.store.get(keys.feed(locale)))?.body ?? []).toString('utf8'));
}

describe('the feed of a language', () => {
  it('has what Atom asks for: ids, titles, dates, an author, and an entry per edition, newest first', async () => {
    const archive = openArchive('memory:');
    await publish(archive, '2026-06', '2026-07-06T06:00:00Z');
    await publish(archive, '2026-07', '2026-08-06T06:00:00Z');
    const feed = await feedOf(archive);
    expect(feed.name).toBe('feed');
    expect(feed.attributes).toMatchObject({ xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'en' });
    expect(text(feed, 'title')).toBe('The Balance');
    expect(text(feed, 'updated')).toBe('2026-08-06T06:00:00.000Z');
    expect(text(all(feed, 'author')[0], 'name')).toBe('The Balance');
    expect(all(feed, 'link').map(({ attributes: { rel, href } }) => [rel, href])).toEqual([
      ['self', 'https://balance.example/feed.en.xml'],
      ['alternate', 'https://balance.example/'],
    ]);
    const entries = all(feed, 'entry');
    expect(entries.map((entry) => text(entry, 'id'))).toEqual([
      'tag:balance.example,2026:2026-07/en',
      'tag:balance.example,2026:2026-06/en',
    ]);
    expect(text(entries[0], 'title')).toBe('The Balance, 2026-07');
    expect(text(entries[0], 'summary')).toBe('What 2026-07 was about.');
    expect(all(entries[0] ?? feed, 'link')[0]?.attributes).toMatchObject({
      rel: 'alternate',
      href: 'https://balance.example/2026-07/',
      hreflang: 'en',
    });
  });

  it('says of a corrected edition that it was updated, and what was corrected, under the same id', async () => {
    const archive = openArchive('memory:');
    await publish(archive, '2026-07', '2026-08-06T06:00:00Z');
    const before = all(await feedOf(archive), 'entry')[0];
    const corrections = [
      { corrects: 'r1', because: 'Downloads were counted twice.', at: '2026-08-09T10:00:00.000Z' },
    ];
    await publish(archive, '2026-07', '2026-08-10T06:00:00Z', { corrections });
    const feed = await feedOf(archive);
    const [entry, ...others] = all(feed, 'entry');
    expect(others).toEqual([]);
    expect(text(entry, 'id')).toBe(text(before, 'id'));
    expect(text(entry, 'published')).toBe('2026-08-06T06:00:00.000Z');
    expect(text(entry, 'updated')).toBe('2026-08-10T06:00:00.000Z');
    expect(text(feed, 'updated')).toBe('2026-08-10T06:00:00.000Z');
    expect(text(before, 'content')).not.toContain('counted twice');
    expect(text(entry, 'content')).toBe(
      '<p>What 2026-07 was about.</p><p>r1 → r2 · 2026-08-09: Downloads were counted twice.</p>',
    );
  });

  it('is well-formed and runs nothing, whatever titles and reasons contain', async () => {
    const archive = openArchive('memory:');
    const hostile = 'A & B <script>alert(1)</script> ]]> "q" \u0000\u0008\u000b\uffff &amp; \u{1F600}';
    const corrections = [{ corrects: 'r1', because: hostile, at: '2026-08-09T10:00:00.000Z' }];
    await publish(archive, '2026-07', '2026-08-06T06:00:00Z', {
      title: hostile,
      subject: hostile,
      author: hostile,
      corrections,
    });
    const [entry] = all(await feedOf(archive), 'entry');
    const shown = 'A & B <script>alert(1)</script> ]]> "q"  &amp; \u{1F600}';
    expect(text(entry, 'title')).toBe(shown);
    expect(text(entry, 'summary')).toBe(shown);
    const content = text(entry, 'content') ?? '';
    expect(content).not.toContain('<script');
    expect(content).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(content.match(/<\/?[a-z]+/g)).toEqual(['<p', '</p', '<p', '</p']);
  });

  it('tells of the latest 24 editions and no more', async () => {
    const archive = openArchive('memory:');
    const months = Array.from(
      { length: 26 },
      (_, index) => `${2025 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
    );
    for (const month of months) await publish(archive, month, `${month}-28T00:00:00Z`);
    const entries = all(await feedOf(archive), 'entry');
    expect(entries.map((entry) => text(entry, 'title'))).toEqual(
      months
        .slice(2)
        .reverse()
        .map((month) => `The Balance, ${month}`),
    );
  });

  it('is written again whenever publish runs, also if nothing changed, and with the same bytes', async () => {
    const archive = openArchive('memory:');
    await publish(archive, '2026-07', '2026-08-06T06:00:00Z');
    const first = (await archive.store.get(keys.feed('en')))?.body;
    await archive.store.put(keys.feed('en'), new TextEncoder().encode('<?xml lost'));
    expect(await publish(archive, '2026-07', '2027-01-01T00:00:00Z')).toMatchObject({ changed: false });
    expect((await archive.store.get(keys.feed('en')))?.body).toEqual(first);
  });

  it('has no link to a page that is not known, and stays an entry of that edition', async () => {
    const archive = openArchive('memory:');
    await publish(archive, '2026-07', '2026-08-06T06:00:00Z', { url: undefined });
    const feed = await feedOf(archive);
    expect(all(feed, 'link')).toEqual([]);
    expect(all(feed, 'entry').map((entry) => text(entry, 'title'))).toEqual(['The Balance, 2026-07']);
  });

  it('is not written where nothing is public', async () => {
    const archive = openArchive('memory:');
    await writeFeeds(archive);
    expect(await archive.store.get(keys.feed('en'))).toBeUndefined();
  });

  it('tells of what another publisher commits while it is written', async () => {
    const archive = openArchive('memory:');
    await publish(archive, '2026-06', '2026-07-06T06:00:00Z');
    await Promise.all([
      publish(archive, '2026-07', '2026-08-06T06:00:00Z'),
      publish(archive, '2026-05', '2026-08-06T06:00:00Z'),
    ]);
    expect(all(await feedOf(archive), 'entry').map((entry) => text(entry, 'title'))).toEqual([
      'The Balance, 2026-07',
      'The Balance, 2026-06',
      'The Balance, 2026-05',
    ]);
  });
});
