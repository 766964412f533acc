import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';

/** A name that can never be a host of the internet (RFC 6761). */
const ADDRESS = 'https://edition.invalid/report.html';

/**
 * Loads a self-contained document in a page of its own: no scripts, no network, no file, no frame.
 *
 * Whatever else the document asks for, now or while it is printed, is refused twice: by us, who answer every request
 * ourselves, and by the browser, which lets no page of the web read a local file, and says so in its log.
 *
 * @param use what is done with the page; it is closed afterwards
 * @throws PrintFailed `request-refused`; `bad-document` if the browser finds the document wrong; what `use` throws otherwise
 */
export async function withPage<T>(
  browser: Browser,
  html: string,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await browser.newPage();
  const asked = new Set<string>();
  const wrong = new Set<string>();
  await page.setJavaScriptEnabled(false);
  await page.setOfflineMode(true);
  await page.emulateMediaType('print');
  await page.setRequestInterception(true);
  let served = false;
  page.on('request', (request) => {
    // Besides the navigation, the browser's own inspector asks for the text of the document's styles.
    const wanted = served ? request.resourceType() === 'other' : request.isNavigationRequest();
    const own = wanted && request.url() === ADDRESS;
    served ||= own;
    if (!own && !request.url().startsWith('data:')) asked.add(request.url());
    // A page that is being closed answers no more; what matters was written down already.
    answer(request, own ? html : undefined).catch(() => undefined);
  });
  page.on('frameattached', () => asked.add('a frame'));
  const session = await page.createCDPSession();
  session.on('Log.entryAdded', ({ entry: { level, source, text } }) => {
    if (level !== 'error' || source === 'network') return;
    const local = LOCAL.exec(text)?.[1];
    if (local) asked.add(local);
    else wrong.add(text);
  });
  await session.send('Log.enable');
  try {
    await page.goto(ADDRESS, { waitUntil: 'load', timeout: 0 });
    const result = await use(page);
    assertBlameless(asked, wrong);
    await page.close();
    return result;
  } catch (error) {
    // What the document did explains what then went wrong.
    assertBlameless(asked, wrong, error);
    throw error;
  }
}

/** What Chromium logs, with the address, where a page asks for a local file. */
const LOCAL = /^Not allowed to load local resource: (.+)$/s;

function answer(request: HTTPRequest, html: string | undefined): Promise<void> {
  if (html !== undefined)
    return request.respond({ status: 200, contentType: 'text/html; charset=utf-8', body: html });
  return request.url().startsWith('data:') ? request.continue() : request.abort('blockedbyclient');
}

function assertBlameless(asked: ReadonlySet<string>, wrong: ReadonlySet<string>, cause?: unknown): void {
  if (asked.size > 0) {
    throw new PrintFailed(
      'request-refused',
      `The document asks for something outside itself: ${some(asked)}. Embed it as a data: URL, or take it out.`,
      { asked: some(asked), count: asked.size },
      cause,
    );
  }
  if (wrong.size > 0) {
    throw new PrintFailed(
      'bad-document',
      `The browser finds the document wrong: ${some(wrong)}. Correct the template or the chart.`,
      { count: wrong.size },
      cause,
    );
  }
}

function some(texts: ReadonlySet<string>): string {
  const first = [...texts].slice(0, 3).map((text) => (text.length > 200 ? `${text.slice(0, 200)}…` : text));
  return first.join(', ') + (texts.size > first.length ? ` and ${texts.size - first.length} more` : '');
}
