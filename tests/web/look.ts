import type { Browser } from 'puppeteer-core';
import { drawnWith, type ForeignText } from '../../functions/print/browser-fonts.ts';
import { accessibilityFaults } from './axe.ts';
import { chartFaults } from './charts.ts';
import { type Walk, walk } from './keyboard.ts';
import { show, turn } from './screen.ts';

/** What was seen of a page. */
export interface Seen {
  readonly accessibility: readonly string[];
  readonly charts: readonly string[];
  readonly walk: Walk;
  /** Pixels by which it is wider than a screen of 360. */
  readonly overflow: number;
  readonly faults: readonly string[];
  readonly foreign: readonly ForeignText[];
}

/** What of a page's accessibility depends on colours. */
const OF_COLOUR = ['color-contrast'];

/** Looks at a page on a desk and on a phone, light and dark, and walks through it by keyboard. */
export async function look(browser: Browser, html: string): Promise<Seen> {
  const { page, faults } = await show(browser, html, { width: 1280, scheme: 'light' });
  const accessibility = await accessibilityFaults(page);
  const charts = await chartFaults(page);
  const { foreign } = await drawnWith(page);
  await turn(page, { width: 1280, scheme: 'dark' });
  accessibility.push(...(await accessibilityFaults(page, OF_COLOUR)));
  charts.push(...(await chartFaults(page)));
  await turn(page, { width: 390, scheme: 'light' });
  accessibility.push(...(await accessibilityFaults(page, OF_COLOUR)));
  await turn(page, { width: 390, scheme: 'dark' });
  accessibility.push(...(await accessibilityFaults(page)));
  await turn(page, { width: 360, scheme: 'dark' });
  charts.push(...(await chartFaults(page)));
  await turn(page, { width: 360, scheme: 'light' });
  charts.push(...(await chartFaults(page)));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const walked = await walk(page);
  await page.close();
  return { accessibility, charts, walk: walked, overflow, faults, foreign };
}
