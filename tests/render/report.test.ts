import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { MemoryStore } from '../../functions/archive/memory-store.ts';
import { Work } from '../../functions/archive/work.ts';
import { figuresArtefact } from '../../functions/compute/figures.ts';
import { parseEdition } from '../../functions/edition.ts';
import { htmlArtefact, printJobArtefact } from '../../functions/render/print-job.ts';
import { render, renderEdition } from '../../functions/render/render.ts';
import { figures, section, templates, textOf, withFigures } from './fixture.ts';

const edition = parseEdition('2026-07');

/** The recorded month, rendered once for every look at it. */
const once = await render(figures(), templates, 'en', []);

describe('the report', () => {
  it('is the same bytes for the same figures and templates', async () => {
    const first = once;
    const second = await render(figures(), templates, 'en', []);
    expect(second.report).toBe(first.report);
    expect(second.web).toBe(first.web);
    expect(second.job).toEqual(first.job);
  });

  it('is written to the draft with the job for print, dated by its sources and not by the clock', async () => {
    const archive = new Archive(new MemoryStore('memory:render'));
    const compute = await Work.open(archive, { stage: 'compute', edition });
    await compute.write(figuresArtefact, keys.figures(edition), figures());
    await compute.write(htmlArtefact, keys.table(edition, 'usage-daily'), '<!doctype html>');
    await compute.finish();

    await renderEdition({ archive, edition, locale: 'en', templates });

    const { value: job } = await archive.read(printJobArtefact, keys.printJob(edition, 'en'));
    expect(job.date).toBe('2026-08-22T00:05:21.000Z');
    expect(job.title).toBe('Open Model Balance, July 2026');
    expect(job.attachments.map(({ name }) => name)).toEqual(['figures.json', 'usage-daily.csv']);
    const { value: page } = await archive.read(htmlArtefact, keys.reportHtml(edition, 'en'));
    expect(textOf(page)).toContain(job.subject);
  });

  it('says the month on one page in the words of the golden text', async () => {
    const { report } = once;
    const golden = new URL('../golden/month-on-one-page.en.txt', import.meta.url);
    const changed = new URL('../golden/month-on-one-page.en.changed.txt', import.meta.url);
    const text = `${textOf(section(report, 'month'))}\n`;
    if (text === readFileSync(golden, 'utf8')) rmSync(changed, { force: true });
    else writeFileSync(changed, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  it('stands alone: it loads nothing and runs nothing', async () => {
    const { report, web } = once;
    for (const page of [report, web]) {
      expect(page).not.toMatch(/<script|<link[^>]*stylesheet|<iframe|\ssrc=|@import|url\((?!data:|#)/i);
      expect(page.match(/<h1\b/g)).toHaveLength(1);
      expect(page).toMatch(/<html lang="en" dir="ltr">/);
    }
  });

  it('gives every picture an alternative text and every table heads with a scope', async () => {
    const { report } = once;
    const charts = report.match(/<svg\b[^>]*>/g) ?? [];
    // One more is the balance in the picture of the mail.
    expect(charts).toHaveLength(10 + 1);
    for (const chart of charts) expect(chart).toMatch(/role="img" aria-label="[^"]{40,}"/);
    for (const head of report.match(/<th\b[^>]*>/g) ?? []) expect(head).toMatch(/scope="(col|row|rowgroup)"/);
  });

  it('orders its headings without a gap', async () => {
    const { report } = once;
    const levels = [...report.matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
    const jumps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
    expect(jumps).toEqual([]);
  });

  it('draws text in charts no smaller than can be read on paper', async () => {
    const { report } = once;
    const sizes = [...report.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
    expect(sizes.length).toBeGreaterThan(20);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10);
  });
});

describe('what a report says of its own figures', () => {
  it('is that they were recorded, on the cover and in the foot of every page', async () => {
    const { report, web } = once;
    expect(textOf(section(report, 'cover'))).toMatch(
      /Made from recorded figures.*July 31, 2026.*August 22, 2026/,
    );
    expect(report).toMatch(/@bottom-left \{ direction: ltr; content: [^}]*recorded figures/);
    expect(textOf(web)).toContain('Made from recorded figures.');
  });

  it('is loud on every page where they are synthetic', async () => {
    const { report, web } = await render({ ...figures(), kind: 'synthetic' }, templates, 'en', []);
    expect(report).toMatch(/@page \{ @top-right \{ content: "SYNTHETIC FIGURES/);
    expect(report).toContain('<div class="synthetic-mark">SYNTHETIC FIGURES');
    expect(web).toContain('<div class="synthetic-mark">SYNTHETIC FIGURES');
    expect(textOf(report)).not.toContain('recorded figures');
  });

  it('is nothing of the kind where they were pulled', async () => {
    const { report } = await render({ ...figures(), kind: 'live' }, templates, 'en', []);
    expect(report).not.toMatch(/recorded figures|SYNTHETIC/);
  });
});

describe('a figure', () => {
  it('that is missing is printed as not measured with its reason, never as nought', async () => {
    const gone = {
      value: null,
      low: null,
      high: null,
      status: 'missing' as const,
      reason: 'The Hub did not answer.',
    };
    const { report } = await render(
      withFigures({ 'releases.count.china': gone, 'releases.count.united-states': gone }),
      templates,
      'en',
      [],
    );
    const month = textOf(section(report, 'month'));
    expect(month).toContain('not measured The Hub did not answer.');
    expect(month).toContain('Releases could not be measured.');
    expect(textOf(section(report, 'releases'))).toContain('Releases could not be measured');
    expect(month).not.toMatch(/\b0 against\b|(?<![\d.])0%/);
  });

  it('has its range beside it where low and high differ, and none where they do not', async () => {
    const apart = { value: 0.5, low: 0.25, high: 0.75 };
    const exact = { value: 0.5, low: 0.5, high: 0.5 };
    const { report } = await render(withFigures({ 'usage.china-of-open': apart }), templates, 'en', []);
    expect(textOf(section(report, 'cover'))).toContain('served 50% of open tokens in July 2026 (25–75%)');
    const plain = await render(withFigures({ 'usage.china-of-open': exact }), templates, 'en', []);
    expect(plain.job.subject).toBe('Chinese open models served 50% of open tokens in July 2026');
  });

  it('without usage leaves the headline to downloads, and without both says so', async () => {
    const gone = { value: null, low: null, high: null, status: 'missing' as const, reason: 'gone' };
    const downloads = await render(withFigures({ 'usage.china-of-open': gone }), templates, 'en', []);
    expect(downloads.job.subject).toContain('of the downloads of open language models in July 2026');
    const neither = await render(
      withFigures({ 'usage.china-of-open': gone, 'downloads.language.publisher-share.china': gone }),
      templates,
      'en',
      [],
    );
    expect(neither.job.subject).toBe('Neither usage nor downloads could be measured in July 2026');
  });

  it('names a leader only where the bounds separate', async () => {
    const id = (country: string) => `downloads.language.publisher-share.${country}`;
    const touching = withFigures({
      [id('china')]: { value: 0.5, low: 0.4, high: 0.6 },
      [id('united-states')]: { value: 0.4, low: 0.35, high: 0.45 },
    });
    const { report } = await render(touching, templates, 'en', []);
    expect(textOf(section(report, 'month'))).toContain('Too close to tell');
    expect(textOf(section(report, 'month'))).not.toMatch(
      /Chinese makers lead in downloads|American makers lead/,
    );
    expect(textOf(section(report, 'downloads'))).toContain('too close to tell');
  });
});
