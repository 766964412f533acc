import type { Page } from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';
import type { PrintJob } from '../render/print-job.ts';
import type { Chromium } from './chromium.ts';
import { assertFitsPage, assertFontsLoaded, boxOf } from './measure.ts';

/** What the browser made of a document. */
export interface Prints {
  readonly pdf: Uint8Array;
  /** PNG by the name the job gives it. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** The port: a document and a job become a PDF and pictures, within a time budget. */
export interface Printer {
  /** @throws PrintFailed, whose `way` names how */
  print(html: string, job: PrintJob, budgetMs: number): Promise<Prints>;
}

/** The one address the browser may ask for; reserved by RFC 2606, so that it can never be somebody's. */
const DOCUMENT = 'https://edition.invalid/report.html';

/** CSS pixels of an A4 page's width: 210 mm at 96 per inch. */
const A4_WIDTH = 794;
const A4_HEIGHT = 1123;

/** Prints with a browser that is started for the document and gone afterwards. */
export function browserPrinter(chromium: Chromium): Printer {
  return {
    async print(html, job, budgetMs) {
      const deadline = Date.now() + budgetMs;
      const running = await chromium.start(budgetMs);
      let died = false;
      running.browser.once('disconnected', () => {
        died = true;
      });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, fail) => {
        timer = setTimeout(
          () =>
            fail(
              new PrintFailed(
                'too-slow',
                `Printing "${job.title}" took longer than the ${Math.round(budgetMs / 1000)} s it was given. Give it more time, or look for what the page waits for.`,
                { budgetMs },
              ),
            ),
          Math.max(1, deadline - Date.now()),
        );
      });
      const gone = new Promise<never>((_, fail) => {
        running.browser.once('disconnected', () => fail(browserDied(job)));
      });
      gone.catch(() => {});
      try {
        const work = makePrints(() => running.browser.newPage(), html, job);
        work.catch(() => {});
        return await Promise.race([work, late, gone]);
      } catch (error) {
        if (error instanceof PrintFailed) throw error;
        if (died) throw browserDied(job, error);
        throw new PrintFailed(
          'bad-document',
          `"${job.title}" could not be printed: ${error instanceof Error ? error.message : String(error)}. Look at its page and its print job.`,
          {},
          error,
        );
      } finally {
        clearTimeout(timer);
        await running.stop();
      }
    },
  };
}

function browserDied(job: PrintJob, cause?: unknown): PrintFailed {
  return new PrintFailed(
    'browser-died',
    `The browser died while it printed "${job.title}". Try again; if it stays, give it more memory.`,
    {},
    cause,
  );
}

async function makePrints(newPage: () => Promise<Page>, html: string, job: PrintJob): Promise<Prints> {
  const page = await openDocument(await newPage(), html);
  await assertFontsLoaded(page, job.fonts);
  await assertFitsPage(page);
  const pdf = await page.pdf({
    tagged: true,
    outline: true,
    preferCSSPageSize: true,
    printBackground: true,
    format: 'A4',
    timeout: 0,
  });
  if (!isPdf(pdf))
    throw new PrintFailed(
      'not-a-pdf',
      `What came back for "${job.title}" is not a whole PDF (${pdf.length} bytes). Try again.`,
      { bytes: pdf.length },
    );
  const pictures = new Map<string, Uint8Array>();
  if (job.pictures.length > 0) {
    const screen = await openDocument(await newPage(), html);
    for (const picture of job.pictures) pictures.set(picture.name, await takePicture(screen, picture));
  }
  return { pdf, pictures };
}

/** Loads the document with everything else refused: no script, no network, no file. */
async function openDocument(page: Page, html: string): Promise<Page> {
  const refused: string[] = [];
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const url = request.url();
    if (url === DOCUMENT && request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      void request.respond({ status: 200, contentType: 'text/html; charset=utf-8', body: html });
    } else if (url.startsWith('data:') && !request.isNavigationRequest()) {
      void request.continue();
    } else {
      refused.push(url.slice(0, 200));
      void request.abort('blockedbyclient');
    }
  });
  await page.emulateMediaType('print');
  await page.setViewport({ width: A4_WIDTH, height: A4_HEIGHT });
  await page.goto(DOCUMENT, { waitUntil: 'load', timeout: 0 });
  const frames = page
    .frames()
    .filter((frame) => frame !== page.mainFrame())
    .map((frame) => frame.url() || 'a frame');
  const outside = [...refused, ...frames];
  if (outside.length > 0) {
    throw new PrintFailed(
      'request-refused',
      `The document asks for something outside itself: ${[...new Set(outside)].slice(0, 3).join(', ')}. Embed it as a data: URL or remove it.`,
      { refused: outside[0] ?? '' },
    );
  }
  return page;
}

async function takePicture(
  page: Page,
  { name, selector, width }: PrintJob['pictures'][number],
): Promise<Uint8Array> {
  const box = await boxOf(page, selector);
  if (!box)
    throw new PrintFailed(
      'bad-document',
      `The picture "${name}" is of ${selector}, which the document does not have. Correct the print job or the template.`,
      { selector },
    );
  await page.setViewport({ width: A4_WIDTH, height: A4_HEIGHT, deviceScaleFactor: width / box.width });
  return page.screenshot({ type: 'png', clip: box, captureBeyondViewport: true });
}

function isPdf(pdf: Uint8Array): boolean {
  const text = (from: number, to?: number) => Buffer.from(pdf.subarray(from, to)).toString('latin1');
  return text(0, 5) === '%PDF-' && text(Math.max(0, pdf.length - 32)).includes('%%EOF');
}
