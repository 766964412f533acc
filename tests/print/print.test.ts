import { describe, expect, it } from 'vitest';
import { Archive } from '../../functions/archive/archive.ts';
import { bytesArtefact } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import { MemoryStore } from '../../functions/archive/memory-store.ts';
import { Work } from '../../functions/archive/work.ts';
import { inspectPdf } from '../../functions/check/pdf.ts';
import { parseEdition } from '../../functions/edition.ts';
import { PrintFailed } from '../../functions/errors.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { madeWithArtefact } from '../../functions/print/made-with.ts';
import { printEdition } from '../../functions/print/print.ts';
import { pdfArtefact, pngArtefact } from '../../functions/print/printed.ts';
import { browserPrinter, type Printer } from '../../functions/print/printer.ts';
import { htmlArtefact, type PrintJob, printJobArtefact } from '../../functions/render/print-job.ts';
import { BUDGET_MS, jobOf, reportOf } from './fixture.ts';

const edition = parseEdition('2026-07');
const locale = 'en';
const bytes = bytesArtefact();
const table = {
  key: keys.table(edition, 'downloads'),
  name: 'downloads.csv',
  mediaType: 'text/csv',
  description: 'Downloads',
};

/** A draft as render leaves it. */
async function renderedDraft(job: PrintJob, html = reportOf()): Promise<Archive> {
  const archive = new Archive(new MemoryStore('memory:'));
  const compute = await Work.open(archive, { stage: 'compute', edition });
  await compute.write(bytes, table.key, new TextEncoder().encode('a,b\n'));
  await compute.finish();
  const render = await Work.open(archive, { stage: 'render', edition, locale });
  await render.write(htmlArtefact, keys.reportHtml(edition, locale), html);
  await render.write(printJobArtefact, keys.printJob(edition, locale), job);
  await render.finish();
  return archive;
}

/** What print wrote into a draft. */
async function printedKeys(archive: Archive): Promise<string[]> {
  const found: string[] = [];
  for await (const key of archive.list(keys.draft(edition)))
    if (/\.(pdf|png)$|print-en/.test(key)) found.push(key);
  return found;
}

describe('the stage print', () => {
  it('makes of a rendered draft the PDF with its data inside, the pictures, and its receipt', async () => {
    const madeFrom = { templates: { sha256: 'a'.repeat(64), commit: 'abcdef0' }, fonts: {} };
    const archive = await renderedDraft(jobOf({ attachments: [table], madeFrom }));
    const printer = browserPrinter(chromium({}));
    await printEdition({ archive, edition, locale, printer, budgetMs: BUDGET_MS });
    const pdf = await archive.read(pdfArtefact, keys.reportPdf(edition, locale));
    expect(await inspectPdf(pdf.value)).toMatchObject({
      title: 'Balance, July 2026',
      attachments: ['downloads.csv'],
    });
    await archive.read(pngArtefact, keys.picture(edition, locale, 'cover'));
    const made = await archive.read(madeWithArtefact, keys.madeWith(edition, locale));
    expect(made.value).toMatchObject({ pdf: pdf.sha256, from: { templates: { commit: 'abcdef0' } } });
    expect(made.value.browser).toMatch(/Chrom.*\d/);
    expect(made.value.program).toMatch(/ \d+\.\d+\.\d+$/);
    expect(await printedKeys(archive)).toHaveLength(3);
  });

  it('writes nothing when printing fails', async () => {
    const archive = await renderedDraft(jobOf());
    const printer: Printer = {
      print: async () => {
        throw new PrintFailed('browser-died', 'It died.');
      },
    };
    const printing = printEdition({ archive, edition, locale, printer, budgetMs: BUDGET_MS });
    await expect(printing).rejects.toMatchObject({ way: 'browser-died' });
    expect(await printedKeys(archive)).toEqual([]);
  });

  it('believes no printer that gives something else than a PDF', async () => {
    const archive = await renderedDraft(jobOf());
    const printer: Printer = {
      print: async () => ({ pdf: new TextEncoder().encode('<html>502'), pictures: new Map() }),
    };
    const printing = printEdition({ archive, edition, locale, printer, budgetMs: BUDGET_MS });
    await expect(printing).rejects.toMatchObject({ way: 'not-a-pdf' });
    expect(await printedKeys(archive)).toEqual([]);
  });

  it('asks for what render has not made yet', async () => {
    const archive = new Archive(new MemoryStore('memory:'));
    const printer: Printer = { print: async () => ({ pdf: new Uint8Array(), pictures: new Map() }) };
    const printing = printEdition({ archive, edition, locale, printer, budgetMs: BUDGET_MS });
    await expect(printing).rejects.toMatchObject({ name: 'IncompleteEdition' });
  });

  it('asks for an attachment that nobody made', async () => {
    const archive = await renderedDraft(
      jobOf({ attachments: [{ ...table, key: keys.table(edition, 'usage') }] }),
    );
    const printer: Printer = { print: async () => ({ pdf: new Uint8Array(), pictures: new Map() }) };
    const printing = printEdition({ archive, edition, locale, printer, budgetMs: BUDGET_MS });
    await expect(printing).rejects.toMatchObject({ name: 'IncompleteEdition' });
  });
});
