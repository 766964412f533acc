import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspectPdf, type PdfFacts } from '../../functions/check/pdf.ts';
import { judgePdf, type PdfExpectation } from '../../functions/check/pdf-judge.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { BUDGET_MS, jobOf, reportOf } from '../print/fixture.ts';

const printer = browserPrinter(chromium({}));
const job = jobOf({ pictures: [] });
const data = {
  name: 'figures.json',
  mediaType: 'application/json',
  description: 'Figures',
  body: new Uint8Array(9),
};
const expected: PdfExpectation = {
  title: job.title,
  language: job.language,
  onCover: [job.subject],
  families: ['SourceSerif4', 'Inter'],
  attachments: [data.name],
};

async function factsOf(html: string): Promise<PdfFacts> {
  const { pdf } = await printer.print(html, job, BUDGET_MS);
  return inspectPdf(await finishPdf(pdf, job, [data]));
}

/** The checks that a PDF does not pass, with what they found. */
function faults(facts: PdfFacts, expectation = expected): Record<string, string> {
  return Object.fromEntries(
    judgePdf(facts, expectation)
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ id, detail }) => [id, detail]),
  );
}

const good = (changes: Parameters<typeof reportOf>[0] = {}) => reportOf({ sections: 9, ...changes });

describe('the judge of a printed report', () => {
  let facts: PdfFacts;
  beforeAll(async () => {
    facts = await factsOf(good());
  });

  it('finds no fault with a good one', () => {
    expect(faults(facts)).toEqual({});
  });

  it('says of every check what would silently go wrong without it', () => {
    const checks = judgePdf(facts, expected);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    for (const { sentence } of checks) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('sees a page with only its number, whatever recurs on it', async () => {
    const html = good({
      body: '<section><p>Nothing</p></section>',
      css: '@page{@top-left{content:"Open models balance, July 2026, https://example.org/2026-07";font:400 8pt Inter}}',
    });
    expect(faults(await factsOf(html))).toEqual({ 'pdf.no-empty-page': 'page 11 is nearly empty' });
  });

  it('sees a page that lost its number', async () => {
    const html = good({
      css: '@page bare{@bottom-right{content:none}} #s3{page:bare}',
    });
    expect(faults(await factsOf(html))).toEqual({ 'pdf.numbered': 'page 4 does not say 4 / 10' });
  });

  it('sees a report that is too short or too long', async () => {
    expect(faults(await factsOf(reportOf({ sections: 3 })))).toEqual({
      'pdf.page-count': '4 pages, expected 8 to 32',
    });
    expect(faults({ ...facts, pages: 33 })).toHaveProperty(['pdf.page-count']);
  });

  it.each(['undefined', 'NaN', '[object Object]', '{{month}}', '}}'])('sees %s in the text', async (left) => {
    const html = good({ body: `<p>It was ${left} in July.</p>` });
    expect(faults(await factsOf(html))).toHaveProperty(
      ['pdf.no-leftovers'],
      expect.stringContaining('page 10'),
    );
  });

  it('does not mind words that only contain such letters', async () => {
    expect(faults(await factsOf(good({ body: '<p>NaNo models, an undefinedness, [objects]</p>' })))).toEqual(
      {},
    );
  });

  it('sees a headline that is not on the cover', () => {
    expect(faults(facts, { ...expected, onCover: ['American open models served 87%'] })).toEqual({
      'pdf.says-on-cover': 'not on the cover: American open models served 87%',
    });
  });

  it('knows the headline whatever its line breaks and apostrophes', async () => {
    const html = good().replace('Chinese open', 'July’s <br>Chinese open');
    const onCover = ["July's Chinese open models served 87% of open tokens."];
    expect(faults(await factsOf(html), { ...expected, onCover })).toEqual({});
  });

  it('sees characters without a glyph', async () => {
    const faulty = await factsOf(good({ body: '<p>中文</p>' }));
    expect(faults(faulty)).toEqual({ 'pdf.no-missing-glyph': '2 on page 10' });
  });

  it('sees a weight that the browser invented', async () => {
    const html = good({ css: '*{font-synthesis:weight} h2{font:700 20pt Inter}' });
    expect(faults(await factsOf(html))).toEqual({
      'pdf.no-type3': expect.stringContaining('Inter-Regular is a Type 3 font'),
    });
  });

  it('sees a face that is none of the report’s', () => {
    expect(faults(facts, { ...expected, families: ['SourceSerif4'] })).toEqual({
      'pdf.own-faces': 'Inter-Regular is none of the report’s faces',
    });
  });

  it('sees a wrong title, a wrong language, and data that is missing', () => {
    const other = { ...expected, title: 'Balance, June 2026', language: 'fr', attachments: ['labs.csv'] };
    expect(Object.keys(faults(facts, other))).toEqual(['pdf.titled', 'pdf.language', 'pdf.attached']);
  });

  it('sees a link to nowhere, and one to the machine that printed it', async () => {
    const html = good({
      body: '<p><a href="http://example.org/">old</a> <a href="https://edition.invalid/figures.json">data</a></p>',
    });
    const found = faults(await factsOf(html));
    expect(found).toEqual({
      'pdf.linked': 'page 10: http://example.org/; page 10: https://edition.invalid/figures.json',
    });
    const lost = { from: 2, to: 'gone', outside: false, page: null, shows: 'gone' };
    expect(faults({ ...facts, links: [...facts.links, lost] })).toEqual({ 'pdf.linked': 'page 2: gone' });
  });

  it('sees a PDF without tags, bookmarks, title, language and embedded fonts', async () => {
    const plain = await PDFDocument.create();
    const font = await plain.embedFont(StandardFonts.Helvetica);
    for (let page = 1; page <= 8; page++) {
      const lines = [`${'abcdefgh'[page - 1]} different words on every page `.repeat(3), `${page} / 8`];
      if (page === 1) lines.unshift(job.subject);
      plain.addPage().drawText(lines.join('\n'), { font, size: 8, x: 20, y: 500 });
    }
    const found = faults(await inspectPdf(await plain.save()));
    expect(Object.keys(found).sort()).toEqual([
      'pdf.attached',
      'pdf.embedded',
      'pdf.language',
      'pdf.outlined',
      'pdf.own-faces',
      'pdf.tagged',
      'pdf.titled',
    ]);
    expect(found).toMatchObject({ 'pdf.embedded': 'Helvetica is not embedded' });
  });
});

describe('a file that is no PDF', () => {
  it.each([
    ['empty', ''],
    ['an error page', '<html>'],
    ['cut short', '%PDF-1.7\n1 0 obj\n<<'],
  ])('and %s is told of as such', async (_, text) => {
    await expect(inspectPdf(new TextEncoder().encode(text))).rejects.toMatchObject({
      name: 'ArchiveCorrupt',
      message: expect.stringContaining('Run again from print'),
    });
  });
});
