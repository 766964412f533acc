import type { Page } from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';
import type { PageArea } from './raw-pdf.ts';

/**
 * Layout counts in 1/64 of a pixel, and A4 is 793.7 pixels wide; from right to left the part of a pixel that is left over
 * reaches beyond the page. Less than this is rounding, not content.
 */
const ROUNDING = 0.002;

/**
 * Fails if something is wider than its page: Chromium then prints every page smaller, down to half its size, and cuts off
 * what is wider still.
 *
 * @throws PrintFailed `page-overflow`, naming the elements
 */
export async function assertFits(page: Page, areas: readonly PageArea[]): Promise<void> {
  const shrunk = areas.find(({ scale }) => scale < 1 - ROUNDING);
  if (!shrunk) return;
  const width = Math.floor(Math.min(...areas.map((area) => area.width)));
  await page.setViewport({ width, height: Math.round(shrunk.pageHeight) });
  const wide = await page.evaluate(reachingBeyond, width);
  const named = wide.map(({ tag, text, right }) => `${tag} "${text}" reaches to ${right} px`);
  throw new PrintFailed(
    'page-overflow',
    `Content is wider than its page, which has ${width} px for it, and everything would be printed at ${Math.round(shrunk.scale * 100)} % of its size${named.length > 0 ? `: ${named.join('; ')}` : ''}. Make it narrower, or let it wrap.`,
    { width, scale: shrunk.scale },
  );
}

/** Runs in the page: the innermost elements whose right edge, or whose content's, lies beyond. */
function reachingBeyond(width: number): { tag: string; text: string; right: number }[] {
  const backwards = getComputedStyle(document.documentElement).direction === 'rtl';
  const all = [...document.body.querySelectorAll('*')].map((element) => {
    const { left, right } = element.getBoundingClientRect();
    // What is written from right to left reaches beyond the left edge; told as if from the other side.
    const reach = backwards
      ? width - Math.min(left, right - element.scrollWidth)
      : Math.max(right, left + element.scrollWidth);
    return { element, right: reach };
  });
  const wide = all.filter(({ right }) => right > width + 1);
  return wide
    .filter(
      ({ element }) => !wide.some((other) => other.element !== element && element.contains(other.element)),
    )
    .slice(0, 3)
    .map(({ element, right }) => {
      const classes = element.getAttribute('class');
      return {
        tag: `<${element.tagName.toLowerCase()}${classes ? ` class="${classes}"` : ''}>`,
        text: (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60),
        right: Math.round(right),
      };
    });
}
