import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { z } from 'zod';

/** How a reader's program shows the mail. */
export interface Reader {
  readonly width: number;
  /** `inverted`: a program that ignores our dark colours and the style sheet, and darkens what it finds. */
  readonly scheme: 'light' | 'dark' | 'inverted';
  readonly pictures: boolean;
}

/** Every way of looking that is proved. */
export const READERS: readonly Reader[] = [320, 600].flatMap((width) => [
  { width, scheme: 'light', pictures: true },
  { width, scheme: 'dark', pictures: true },
  { width, scheme: 'inverted', pictures: true },
  { width, scheme: 'light', pictures: false },
  { width, scheme: 'dark', pictures: false },
]);

const seenSchema = z.object({
  /** How wide all of it is, CSS pixels. */
  width: z.number(),
  /** Elements that reach over the right or the left edge. */
  outside: z.array(z.string()),
  /** Texts under 13 px. */
  small: z.array(z.string()),
  /** Whether any text of the preheader can be seen. */
  preheader: z.boolean(),
  background: z.string(),
  picture: z.object({
    width: z.number(),
    height: z.number(),
    loaded: z.boolean(),
    colour: z.string(),
    background: z.string(),
    size: z.number(),
  }),
});

/** What a reader sees. */
export type Seen = z.infer<typeof seenSchema> & {
  /** Rules of axe-core that are broken, with the elements. */
  readonly violations: readonly string[];
  /** Texts whose contrast axe-core could not judge. */
  readonly undecided: readonly string[];
  readonly screenshot: Uint8Array;
};

/** A mail is a part of the page of a mail program, which brings landmarks and the heading of the first level. */
const OF_THE_PAGE = ['region', 'landmark-one-main'];

/**
 * Opens a mail as a reader's program does, with its picture inline or with pictures blocked.
 *
 * @param html the body, with the faces of a reader's own system beside it
 * @param picture a data URL of the picture
 */
export async function lookAt(browser: Browser, html: string, picture: string, reader: Reader): Promise<Seen> {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: reader.width, height: 800 });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: reader.scheme === 'dark' ? 'dark' : 'light' },
    ]);
    const known = reader.scheme === 'inverted' ? withoutOurDark(html) : html;
    await page.setContent(
      known.replace('cid:headline', reader.pictures ? picture : 'https://blocked.invalid/'),
    );
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    if (reader.scheme === 'inverted') await page.evaluate(darken);
    const seen = seenSchema.parse(await page.evaluate(measure));
    return {
      ...seen,
      ...(await judged(page)),
      screenshot: await page.screenshot({ type: 'png', fullPage: true }),
    };
  } finally {
    await page.close();
  }
}

async function judged(page: Page): Promise<{ violations: string[]; undecided: string[] }> {
  await page.evaluate(axe.source);
  const rules = Object.fromEntries(OF_THE_PAGE.map((id) => [id, { enabled: false }]));
  const found = await page.evaluate(`axe.run(document, ${JSON.stringify({ rules })})`);
  const rule = z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) });
  const { violations, incomplete } = z
    .object({ violations: z.array(rule), incomplete: z.array(rule) })
    .parse(found);
  return {
    violations: violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    ),
    undecided: incomplete
      .filter(({ id }) => id === 'color-contrast')
      .flatMap(({ nodes }) => nodes.map(({ html }) => html.slice(0, 160))),
  };
}

function withoutOurDark(html: string): string {
  return html
    .replace(/<style>:root[\s\S]*?<\/style>/, '')
    .replace(/<meta name="(supported-)?color-schemes?"[^>]*>/g, '');
}

/** Runs in the page: turns every colour's lightness round, as programs do that force a dark scheme. */
function darken(): void {
  const turned = (colour: string): string => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
    const shift = 255 - most - least;
    return `rgba(${red + shift}, ${green + shift}, ${blue + shift}, ${alpha})`;
  };
  for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
    const { color, backgroundColor } = getComputedStyle(element);
    element.dataset.turned = `${turned(color)}|${turned(backgroundColor)}`;
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-turned]')) {
    const [color = '', background = ''] = (element.dataset.turned ?? '').split('|');
    element.style.color = color;
    element.style.backgroundColor = background;
  }
}

/** Runs in the page. */
function measure(): z.infer<typeof seenSchema> {
  const outside: string[] = [];
  const small: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let preheader = false;
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    const text = (textContent ?? '').trim();
    if (!parentElement || text === '') continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const boxes = [...range.getClientRects()];
    if (boxes.length === 0) continue;
    if (parentElement === document.body.firstElementChild) preheader = true;
    if (boxes.some(({ left, right }) => left < -0.5 || right > innerWidth + 0.5))
      outside.push(text.slice(0, 60));
    if (Number.parseFloat(getComputedStyle(parentElement).fontSize) < 13) small.push(text.slice(0, 60));
  }
  const img = document.querySelector('img');
  if (!img) throw new Error('the mail shows no picture');
  const { color, backgroundColor, fontSize } = getComputedStyle(img);
  return {
    width: document.documentElement.scrollWidth,
    outside,
    small,
    preheader,
    background: getComputedStyle(document.body).backgroundColor,
    picture: {
      width: img.getBoundingClientRect().width,
      height: img.getBoundingClientRect().height,
      loaded: img.complete && img.naturalWidth > 0,
      colour: color,
      background: backgroundColor,
      size: Number.parseFloat(fontSize),
    },
  };
}
