import type { Browser } from 'puppeteer-core';
import { loadFaces } from '../../functions/print/browser-fonts.ts';
import { withPage } from '../../functions/print/browser-page.ts';
import { takePicture } from '../../functions/print/browser-picture.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { openSetting } from '../../functions/render/document.ts';
import type { WrittenEmail } from '../../functions/render/email-document.ts';
import { FONTS, withFonts } from '../../functions/render/font-faces.ts';
import type { PrintJob } from '../../functions/render/print-job.ts';
import { render } from '../../functions/render/render.ts';
import { figures, templates } from '../render/fixture.ts';
import { lookAt, READERS, type Reader, type Seen } from './look.ts';

/** The mail of one language, the pictures print takes for it, and what readers see. */
export interface MadeMail {
  readonly mail: WrittenEmail;
  readonly job: PrintJob;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** Texts of the headline picture with their size in its own pixels, and whether they fit where they stand. */
  readonly texts: readonly { readonly text: string; readonly size: number; readonly fits: boolean }[];
  readonly seen: readonly { readonly reader: Reader; readonly what: Seen }[];
}

/** The first page of the report, CSS pixels: 166 mm between its margins, 297 mm high. */
const FIRST_PAGE = { width: 627, pageHeight: 1123, scale: 1 };

/** Makes the mail of the fixture's month in a language, and looks at it as every reader does. */
export async function madeMail(locale: string): Promise<MadeMail> {
  const { report, job, mail } = await render(figures(), templates, locale, []);
  const setting = openSetting(figures(), templates, locale, 'web');
  // The browser that comes with the program has no Arabic or Chinese faces of a system; a reader's has.
  const faces = locale === 'ar' || locale === 'zh' ? `<style>${FONTS}</style></head>` : '</head>';
  const html = await withFonts(mail.html.replace('</head>', faces), setting, templates.fonts);
  return chromium({}).use(120_000, async ({ browser }) => {
    const { pictures, texts } = await taken(browser, report, job);
    const picture = `data:image/png;base64,${Buffer.from(pictures.get('headline') ?? []).toString('base64')}`;
    const seen: { reader: Reader; what: Seen }[] = [];
    for (const reader of READERS) seen.push({ reader, what: await lookAt(browser, html, picture, reader) });
    return { mail, job, pictures, texts, seen };
  });
}

async function taken(
  browser: Browser,
  report: string,
  job: PrintJob,
): Promise<Pick<MadeMail, 'pictures' | 'texts'>> {
  const pictures = new Map<string, Uint8Array>();
  const texts = await withPage(browser, report, async (page) => {
    await loadFaces(page, job.fonts);
    for (const one of job.pictures) pictures.set(one.name, await takePicture(page, one, FIRST_PAGE));
    return page.evaluate(textsOf, job.pictures.at(-1)?.selector ?? '');
  });
  return { pictures, texts };
}

/** Runs in the page. */
function textsOf(selector: string): { text: string; size: number; fits: boolean }[] {
  const picture = document.querySelector(selector);
  if (!picture) return [];
  const frame = picture.getBoundingClientRect();
  const elements = [...picture.querySelectorAll('*')].filter((element) =>
    [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    ),
  );
  return elements
    .filter((element) => element.tagName !== 'STYLE')
    .map((element) => {
      const box = element.getBoundingClientRect();
      const oneLine = element.closest('.shown-axes') === null || box.height < 24;
      return {
        text: (element.textContent ?? '').trim(),
        size: Number.parseFloat(getComputedStyle(element).fontSize),
        fits: box.left >= frame.left && box.right <= frame.right && box.bottom <= frame.bottom && oneLine,
      };
    });
}
