import type { Archive } from '../../functions/archive/archive.ts';
import { bytesArtefact } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import type { Edition } from '../../functions/edition.ts';
import { withPage } from '../../functions/print/browser-page.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { printEdition } from '../../functions/print/print.ts';
import { browserPrinter, printInBrowser } from '../../functions/print/printer.ts';
import { htmlArtefact, printJobArtefact } from '../../functions/render/print-job.ts';
import { renderEdition } from '../../functions/render/render.ts';
import type { Templates } from '../../functions/render/templates.ts';

/** Rounds of everything by turns; the median is told. */
const ROUNDS = 5;
const BUDGET_MS = 300_000;

type Say = (line: string) => void;

/**
 * What printing costs beyond the browser's own: against as many bare prints of the same page on a warm browser as the
 * contents' page numbers need, two. What comes after the browser is told apart.
 *
 * @param archive holds the rendered draft of the edition, in English
 */
export async function printing(archive: Archive, edition: Edition, say: Say): Promise<void> {
  const html = (await archive.read(htmlArtefact, keys.reportHtml(edition, 'en'))).value;
  const job = (await archive.read(printJobArtefact, keys.printJob(edition, 'en'))).value;
  const attachments = await Promise.all(
    job.attachments.map(async ({ key, ...described }) => ({
      ...described,
      body: (await archive.read(bytesArtefact('attachment'), key)).value,
    })),
  );
  const took = {
    bare: [] as number[],
    printed: [] as number[],
    finished: [] as number[],
    pictures: [] as number[],
  };
  await chromium(process.env).use(BUDGET_MS, async (running) => {
    for (let round = 0; round <= ROUNDS; round++) {
      const bare = await timed(async () => {
        for (let print = 0; print < 2; print++)
          await withPage(running.browser, html, (page) =>
            page.pdf({
              tagged: true,
              outline: true,
              preferCSSPageSize: true,
              printBackground: true,
              timeout: 0,
            }),
          );
      });
      const printed = await timed(() => printInBrowser(running, html, { ...job, pictures: [] }));
      const finished = await timed(() => finishPdf(printed.value.pdf, job, attachments, printed.value.texts));
      const pictures = await timed(() => printInBrowser(running, html, job));
      if (round === 0) continue;
      took.bare.push(bare.ms);
      took.printed.push(printed.ms);
      took.finished.push(finished.ms);
      took.pictures.push(pictures.ms - printed.ms);
    }
  });
  const unit = median(took.bare);
  say('\nprint · 1.0 = the same page printed twice, bare, on a warm browser');
  say(ratio(median(took.printed) / unit, 'the report, with its page numbers, faces and fit looked at'));
  say(ratio(median(took.finished) / unit, 'and after the browser: tags, artifacts, metadata, attachments'));
  say(ratio(median(took.pictures) / unit, 'and its pictures'));
}

/** The languages at once against one after another, and the whole way from the figures to their PDFs. */
export async function languages(
  archive: Archive,
  edition: Edition,
  templates: Templates,
  locales: readonly string[],
  say: Say,
): Promise<void> {
  const rendered = await timed(() => renderAll(archive, edition, templates, locales));
  const printer = browserPrinter(chromium(process.env));
  const print = (locale: string) => printEdition({ archive, edition, locale, printer, budgetMs: BUDGET_MS });
  const sequence: number[] = [];
  const together: number[] = [];
  for (let round = 0; round < 3; round++) {
    sequence.push(
      (
        await timed(async () => {
          for (const locale of locales) await print(locale);
        })
      ).ms,
    );
    together.push((await timed(() => inPairs(locales, print))).ms);
  }
  say(`\n${locales.length} languages · 1.0 = printed one after another`);
  say(ratio(median(together) / median(sequence), 'printed two at a time, as the program does on two cores'));
  say(
    ratio(
      (rendered.ms + median(together)) / median(sequence),
      'from the figures to all PDFs, pages and mails',
    ),
  );
}

async function renderAll(
  archive: Archive,
  edition: Edition,
  templates: Templates,
  locales: readonly string[],
): Promise<void> {
  for (const locale of locales) await renderEdition({ archive, edition, locale, templates });
}

async function inPairs(locales: readonly string[], print: (locale: string) => Promise<void>): Promise<void> {
  const left = [...locales];
  const next = async () => {
    for (let locale = left.shift(); locale !== undefined; locale = left.shift()) await print(locale);
  };
  await Promise.all([next(), next()]);
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { ms: performance.now() - started, value };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function ratio(times: number, what: string): string {
  return `  ${times.toFixed(2).padStart(6)} × ${what}`;
}
