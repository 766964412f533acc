import { beforeAll, describe, expect, it } from 'vitest';
import { drawnWith } from '../../functions/print/browser-fonts.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { accessibilityFaults } from './axe.ts';
import { chartFaults } from './charts.ts';
import { type Walk, walk } from './keyboard.ts';
import { show, turn } from './screen.ts';
import { LANGUAGES, webEditions } from './web-pages.ts';

/** What was seen of the page in one language. */
interface Seen {
  readonly accessibility: readonly string[];
  readonly charts: readonly string[];
  readonly walk: Walk;
  readonly overflow: number;
  readonly faults: readonly string[];
  readonly foreign: readonly { readonly text: string; readonly face: string }[];
}

const seen = new Map<string, Seen>();
/** What of a page's accessibility depends on colours. */
const OF_COLOUR = ['color-contrast'];

beforeAll(async () => {
  const editions = await webEditions();
  await chromium(process.env).use(110_000, async ({ browser }) => {
    for (const [language, { page: html }] of editions) {
      const { page, faults } = await show(browser, html, { width: 1280, scheme: 'light' });
      const accessibility = await accessibilityFaults(page);
      const charts = await chartFaults(page);
      const foreign = (await drawnWith(page)).foreign;
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
      seen.set(language, { accessibility, charts, walk: await walk(page), overflow, faults, foreign });
      await page.close();
    }
  });
}, 120_000);

const of = (language: string): Seen => {
  const one = seen.get(language);
  if (!one) throw new Error(`the page in ${language} was not looked at`);
  return one;
};

describe.each(LANGUAGES)('the web edition in %s', (language) => {
  it('has no fault of accessibility on a phone and on a desk, light and dark', () => {
    expect(of(language).accessibility).toEqual([]);
  });

  it('is reached by keyboard, link by link and table by table, and shows where one is', () => {
    const { expected, reached, unseen } = of(language).walk;
    expect(reached).toEqual(expected);
    expect(unseen).toEqual([]);
  });

  it('has charts whose letters can be read at 360 pixels and at 1280, light and dark', () => {
    expect(of(language).charts).toEqual([]);
  });

  it('is no wider than a screen of 360 pixels', () => {
    expect(of(language).overflow).toBeLessThanOrEqual(0);
  });

  it('asks for nothing, and the browser has nothing to say of it', () => {
    expect(of(language).faults).toEqual([]);
  });

  it('is drawn in the faces that it brings', () => {
    expect(of(language).foreign).toEqual([]);
  });
});
