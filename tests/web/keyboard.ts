import type { Page } from 'puppeteer-core';
import { z } from 'zod';

const stops = z.array(z.object({ where: z.string(), isSeen: z.boolean() }));

/** A walk through a page by keyboard. */
export interface Walk {
  /** What can be reached, in the order in which it is read. */
  readonly expected: readonly string[];
  /** What was reached, in order. */
  readonly reached: readonly string[];
  /** Those that did not show that they have the focus. */
  readonly unseen: readonly string[];
}

/** Presses Tab until everything was reached that can be, and a little more. */
export async function walk(page: Page): Promise<Walk> {
  const expected = z.array(z.string()).parse(await page.evaluate(listen));
  for (const _ of expected) await page.keyboard.press('Tab');
  const reached = stops.parse(await page.evaluate(() => (globalThis as { stops?: unknown }).stops));
  return {
    expected,
    reached: reached.map(({ where }) => where),
    unseen: reached.filter(({ isSeen }) => !isSeen).map(({ where }) => where),
  };
}

/** Runs in the page: writes down every element that gets the focus; says which there are. */
function listen(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('a[href], [tabindex="0"]')].filter((element) =>
    element.checkVisibility(),
  );
  const name = (element: Element) =>
    `${all.indexOf(element as HTMLElement)} ${element.tagName} ${element.getAttribute('href') ?? element.getAttribute('aria-labelledby') ?? ''}`;
  const found: { where: string; isSeen: boolean }[] = [];
  (globalThis as { stops?: unknown }).stops = found;
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const { outlineStyle, outlineWidth, opacity } = getComputedStyle(target);
    const { width, height, bottom } = target.getBoundingClientRect();
    const isSeen =
      outlineStyle !== 'none' &&
      Number.parseFloat(outlineWidth) >= 2 &&
      opacity !== '0' &&
      width > 0 &&
      height > 0 &&
      bottom > 0;
    found.push({ where: name(target), isSeen });
  });
  return all.map(name);
}
