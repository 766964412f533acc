import type { Browser, Page } from 'puppeteer-core';

/** How somebody looks at a page. */
export interface Screen {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** A page on a screen, and what it did that a page may not do. */
export interface Shown {
  readonly page: Page;
  /** Whatever it asked for, and whatever the browser complained of. */
  readonly faults: string[];
}

const ADDRESS = 'https://edition.invalid/2026-07/r1/web.html';

/** Opens a page in a tab of its own; up to 640 pixels it is that of a phone. */
export async function show(browser: Browser, html: string, { width, scheme }: Screen): Promise<Shown> {
  const page = await browser.newPage();
  const faults: string[] = [];
  const isPhone = width <= 640;
  await page.setViewport({ width, height: 900, isMobile: isPhone, hasTouch: isPhone });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    // Besides the navigation, the browser's own inspector asks for the text of the document's styles.
    if (request.url() === ADDRESS && (request.isNavigationRequest() || request.resourceType() === 'other'))
      return request.respond({ status: 200, contentType: 'text/html; charset=utf-8', body: html });
    if (request.url().startsWith('data:')) return request.continue();
    faults.push(`asks for ${request.url().slice(0, 100)}`);
    return request.abort();
  });
  page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(ADDRESS, { waitUntil: 'load' });
  return { page, faults };
}

/** Turns a page that is open to another screen. */
export async function turn(page: Page, { width, scheme }: Screen): Promise<void> {
  const isPhone = width <= 640;
  await page.setViewport({ width, height: 900, isMobile: isPhone, hasTouch: isPhone });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
}
