import type { Page } from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';

/** Part of a page, in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Asks the document for its faces: a face that did not load would be replaced by another, silently.
 *
 * @param fonts CSS font shorthands, such as `600 16px "Inter"`
 * @throws PrintFailed `font-missing`
 */
export async function assertFontsLoaded(page: Page, fonts: readonly string[]): Promise<void> {
  const missing = await page.evaluate(
    async (wanted: string[]) => {
      const absent: string[] = [];
      for (const font of wanted) {
        const faces = await document.fonts.load(font).catch(() => []);
        if (faces.length === 0 || faces.some((face) => face.status !== 'loaded')) absent.push(font);
      }
      await document.fonts.ready;
      for (const face of document.fonts)
        if (face.status === 'error') absent.push(`${face.weight} ${face.family}`);
      return absent;
    },
    [...fonts],
  );
  if (missing.length > 0) {
    throw new PrintFailed(
      'font-missing',
      `These faces did not load: ${missing.join(', ')}. Embed them in the page's style sheet, each weight that is used.`,
      { missing: missing.join(', ') },
    );
  }
}

/**
 * Lays the document out as wide as a page's content and looks for what sticks out: print would cut or shrink it.
 *
 * @throws PrintFailed `page-overflow` naming the widest element
 */
export async function assertFitsPage(page: Page): Promise<void> {
  const before = page.viewport();
  const width = await page.evaluate(contentWidth);
  await page.setViewport({ width, height: 1123 });
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit + 1) return null;
    let worst = { name: 'the document', right: document.documentElement.scrollWidth };
    for (const element of document.body.querySelectorAll('*')) {
      const { right } = element.getBoundingClientRect();
      if (right >= worst.right - 1)
        worst = {
          name: `<${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? ` class="${element.className}"` : ''}>`,
          right,
        };
    }
    return { name: worst.name, over: Math.ceil(worst.right - limit) };
  });
  if (before) await page.setViewport(before);
  if (wide) {
    throw new PrintFailed(
      'page-overflow',
      `${wide.name} is ${wide.over} px wider than the page. Make it narrower, or let its text wrap.`,
      { over: wide.over },
    );
  }
}

/** Where an element is, or null where there is none. */
export function boxOf(page: Page, selector: string): Promise<Box | null> {
  return page.evaluate((wanted: string) => {
    const found = document.querySelector(wanted)?.getBoundingClientRect();
    return found && found.width > 0
      ? { x: found.x + window.scrollX, y: found.y + window.scrollY, width: found.width, height: found.height }
      : null;
  }, selector);
}

/** The width of a page less its margins, by the document's own `@page` rule; A4 without margins where it has none. */
function contentWidth(): number {
  const A4 = 793.7;
  const pixels = (text: string): number => {
    const [, number = '0', unit = 'px'] = /^([\d.]+)(mm|cm|in|pt|px)?$/.exec(text.trim()) ?? [];
    const per: Record<string, number> = { mm: 96 / 25.4, cm: 96 / 2.54, in: 96, pt: 96 / 72, px: 1 };
    return Number(number) * (per[unit] ?? 1);
  };
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSPageRule && rule.selectorText === '') {
        const style = rule.style;
        const [first = ''] = (style.getPropertyValue('size') || 'A4').split(/\s+/);
        const paper = /^\d/.test(first) ? pixels(first) : A4;
        return Math.floor(paper - pixels(style.marginLeft || '0') - pixels(style.marginRight || '0'));
      }
    }
  }
  return Math.floor(A4);
}
