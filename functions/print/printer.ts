import type { PDFDocument } from '@cantoo/pdf-lib';
import type { Browser, Page } from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';
import type { PrintJob } from '../render/print-job.ts';
import type { RunningBrowser } from './browser.ts';
import { drawnWith, loadFaces } from './browser-fonts.ts';
import { assertFits } from './browser-layout.ts';
import { withPage } from './browser-page.ts';
import { takePicture } from './browser-picture.ts';
import { type PageText, textsOf } from './browser-texts.ts';
import type { Chromium } from './chromium.ts';
import { asksForPageNumbers, pagesOfPlaces, withPageNumbers } from './page-numbers.ts';
import { openPdf, type RawPdf, readRawPdf } from './raw-pdf.ts';

/** What the browser made of a document. */
export interface Prints {
  /** As the browser made it: with the hour of printing in it, and without attachments. */
  readonly pdf: Uint8Array;
  /** PNG by the name the job gives it. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** What the document says, in reading order, as it was written. */
  readonly texts?: readonly PageText[];
  /** Which browser it was, and its version. */
  readonly browser?: string;
}

/** The port: a document and a job become a PDF and pictures, within a time budget. */
export interface Printer {
  /**
   * @param budgetMs milliseconds until the caller itself runs out of time
   * @throws PrintFailed, whose `way` names how; nothing is left running then, and nothing on the disk
   */
  print(html: string, job: PrintJob, budgetMs: number): Promise<Prints>;
}

/** Prints with a browser that is started for the document and gone afterwards. */
export function browserPrinter(chromium: Chromium): Printer {
  return {
    async print(html, job, budgetMs) {
      try {
        return await chromium.use(budgetMs, (running) => printInBrowser(running, html, job));
      } catch (error) {
        if (error instanceof PrintFailed) throw error;
        throw new PrintFailed(
          'bad-document',
          `"${job.title}" could not be printed: ${error instanceof Error ? error.message : String(error)}. Look at its page and its print job.`,
          {},
          error,
        );
      }
    },
  };
}

/**
 * Prints a document in a running browser, and takes the pictures the job wants; a page of its own for either, since a
 * page that printed once keeps traces of it.
 *
 * @throws PrintFailed `request-refused`, `font-missing`, `page-overflow`, `not-a-pdf` or `bad-document`
 */
export async function printInBrowser(
  { browser }: RunningBrowser,
  html: string,
  { fonts, pictures: wanted }: PrintJob,
): Promise<Prints> {
  const { pdf, raw, texts } = asksForPageNumbers(html)
    ? await printNumbered(browser, html, fonts)
    : await printOnce(browser, html, fonts);
  const pictures = new Map<string, Uint8Array>();
  if (wanted.length > 0) {
    await withPage(browser, html, async (page) => {
      await loadFaces(page, fonts);
      for (const one of wanted) pictures.set(one.name, await takePicture(page, one, raw.pages[0]));
    });
  }
  return { pdf, pictures, texts, browser: await browser.version() };
}

interface Printed {
  readonly pdf: Uint8Array;
  readonly document: PDFDocument;
  readonly raw: RawPdf;
  readonly texts: readonly PageText[];
}

async function printOnce(browser: Browser, html: string, fonts: readonly string[]): Promise<Printed> {
  return withPage(browser, html, async (page) => {
    const families = await loadFaces(page, fonts);
    const pdf = await page.pdf(AS_TAGGED);
    const document = await openPdf(pdf);
    const raw = readRawPdf(document);
    await assertFits(page, raw.pages);
    await assertOwnFaces(page, raw, families);
    return { pdf, document, raw, texts: await textsOf(page) };
  });
}

const AS_TAGGED = {
  tagged: true,
  outline: true,
  preferCSSPageSize: true,
  printBackground: true,
  timeout: 0,
} as const;

/**
 * Prints once to learn the pages, and again with their numbers: a contents page is right only if its numbers did not
 * move what they point at.
 */
async function printNumbered(browser: Browser, html: string, fonts: readonly string[]): Promise<Printed> {
  const places = await withPage(browser, html, async (page) => {
    await loadFaces(page, fonts);
    return pagesOfPlaces(await openPdf(await page.pdf(AS_TAGGED)));
  });
  const printed = await printOnce(browser, withPageNumbers(html, places), fonts);
  const moved = [...pagesOfPlaces(printed.document)].find(([id, page]) => places.get(id) !== page);
  if (moved) {
    throw new PrintFailed(
      'bad-document',
      `Its own page numbers moved "${moved[0]}" to another page. Give the numbers of the contents a fixed width.`,
      { id: moved[0] },
    );
  }
  return printed;
}

/** Fast by name, and only where a name is strange, exact by element. */
async function assertOwnFaces(page: Page, { faces }: RawPdf, families: readonly string[]): Promise<void> {
  const strange = faces.filter((face) => !families.some((family) => plain(face).startsWith(plain(family))));
  if (strange.length === 0) return;
  const { foreign, own } = await drawnWith(page);
  // A face of the document may be named otherwise than its family; text of the margins is no element.
  const unknown = strange.filter((face) => !own.has(face));
  if (foreign.length === 0 && unknown.length === 0) return;
  const texts = foreign.slice(0, 3).map(({ text, face }) => `"${text}" in ${face}`);
  throw new PrintFailed(
    'font-missing',
    `Text is shown in a face that the document does not bring: ${texts.length > 0 ? texts.join(', ') : `${unknown.join(', ')} in the pages' margins`}. Embed a face that has these characters, or use other characters.`,
    { face: foreign[0]?.face ?? unknown[0] ?? '' },
  );
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
