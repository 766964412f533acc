import type { Page } from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';
import type { PrintJob } from '../render/print-job.ts';
import type { PageArea } from './raw-pdf.ts';

/**
 * Takes a picture of an element, laid out as on the first page.
 *
 * @returns a PNG exactly as many pixels wide as wanted
 * @throws PrintFailed `bad-document` if nothing, or nothing visible, has the selector
 */
export async function takePicture(
  page: Page,
  { name, selector, width }: PrintJob['pictures'][number],
  first: PageArea,
): Promise<Uint8Array> {
  await page.setViewport({ width: Math.round(first.width), height: Math.round(first.pageHeight) });
  await page.evaluate(nameOnRoot, name);
  const box = await page.evaluate(boxOf, selector);
  if (!box || box.width <= 0 || box.height <= 0) {
    throw new PrintFailed(
      'bad-document',
      `There is nothing to see at "${selector}" for the picture ${name}. Correct the selector in the print job, or give the element a size.`,
      { picture: name, selector },
    );
  }
  const scale = width / box.width;
  // The browser rounds a height of broken pixels outwards.
  const clip = { ...box, height: Math.round(box.height * scale) / scale, scale };
  return page.screenshot({ type: 'png', clip, captureBeyondViewport: true });
}

/** Runs in the page: names the picture, for what the document shows on it alone: `html[data-picture="headline"]`. */
function nameOnRoot(name: string): void {
  document.documentElement.dataset.picture = name;
}

/** Runs in the page: where an element is on it, in CSS pixels. */
function boxOf(selector: string): { x: number; y: number; width: number; height: number } | null {
  try {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box ? { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height } : null;
  } catch {
    // Not a selector at all: nothing has it either.
    return null;
  }
}
