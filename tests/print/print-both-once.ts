/** Prints the fixtures in a process of its own, and writes what day it takes it for and the SHA-256 of each finished PDF. */
import { sha256 } from '../../functions/archive/artefact.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import type { PrintJob } from '../../functions/render/print-job.ts';
import { arabicJob, arabicReport } from './arabic-fixture.ts';
import { BUDGET_MS, jobOf, reportOf } from './fixture.ts';

const data = new TextEncoder().encode('a,b\n1,2\n');
const attachments = [{ name: 'table.csv', mediaType: 'text/csv', description: 'A table', body: data }];

async function printed(html: string, job: PrintJob): Promise<string> {
  const { pdf, texts } = await browserPrinter(chromium({})).print(html, job, BUDGET_MS);
  return sha256(await finishPdf(pdf, job, attachments, texts));
}

const sums = [await printed(reportOf(), jobOf({ pictures: [] })), await printed(arabicReport(), arabicJob())];
process.stdout.write(`${JSON.stringify({ day: new Date().toString(), sums })}\n`);
