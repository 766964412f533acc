import { PDFDocument } from '@cantoo/pdf-lib';
import { getDocument, OPS, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ArchiveCorrupt } from '../errors.ts';
import { type Bookmark, flatOutline, linkOf, pageOf } from './pdf-places.ts';
import { type FontFact, fontsOf, isTagged } from './pdf-structure.ts';

/** What a PDF says of itself and shows, as far as a judge needs it. Pages count from 1. */
export interface PdfFacts {
  readonly pages: number;
  readonly title: string | null;
  readonly language: string | null;
  /** True if it carries a structure tree and says that it is tagged. */
  readonly tagged: boolean;
  /** The bookmarks, in reading order. */
  readonly outline: readonly Bookmark[];
  readonly fonts: readonly FontFact[];
  readonly textByPage: readonly string[];
  /** How far down each page its text reaches, as a part of the height between the margins' head and foot. */
  readonly filledByPage: readonly number[];
  /** How often glyph 0, the empty box, is shown on each page. Text extraction does not see it. */
  readonly missingGlyphsByPage: readonly number[];
  readonly links: readonly Link[];
  /** Names of the files inside. */
  readonly attachments: readonly string[];
}

/** A link on a page: to an address outside, or to a place in the document. */
export interface Link {
  readonly from: number;
  readonly to: string;
  readonly outside: boolean;
  /** Where it leads within the document; null if nowhere. */
  readonly page: number | null;
}

/**
 * Reads a PDF: its text as Mozilla's reader sees it, its structure as it is written.
 *
 * @throws ArchiveCorrupt if it cannot be read as one
 */
export async function inspectPdf(pdf: Uint8Array): Promise<PdfFacts> {
  const reading = getDocument({
    data: new Uint8Array(pdf),
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: true,
  });
  try {
    const document = await reading.promise;
    const { info } = await document.getMetadata();
    const pages: PageFacts[] = [];
    for (let number = 1; number <= document.numPages; number++) pages.push(await readPage(document, number));
    const structure = await PDFDocument.load(pdf, { updateMetadata: false });
    return {
      pages: document.numPages,
      title: textOf(info, 'Title'),
      language: textOf(info, 'Language'),
      tagged: isTagged(structure),
      outline: await flatOutline(document, (await document.getOutline()) ?? []),
      fonts: fontsOf(structure),
      textByPage: pages.map(({ text }) => text),
      filledByPage: pages.map(({ filled }) => filled),
      missingGlyphsByPage: pages.map(({ missing }) => missing),
      links: pages.flatMap(({ links }) => links),
      attachments: Object.keys((await document.getAttachments()) ?? {}),
    };
  } catch (cause) {
    throw new ArchiveCorrupt(
      `The PDF cannot be read: ${cause instanceof Error ? cause.message : String(cause)} (${pdf.length} bytes). Run again from print.`,
      { bytes: pdf.length },
      cause,
    );
  } finally {
    await reading.destroy();
  }
}

/** Head and foot stand in the first and the last tenth of a page's height. */
const MARGIN = 0.1;

interface PageFacts {
  readonly text: string;
  readonly filled: number;
  readonly missing: number;
  readonly links: readonly Link[];
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<PageFacts> {
  const page = await document.getPage(number);
  const content = await page.getTextContent();
  const text = content.items
    .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
    .join('');
  const height = page.view[3] ?? 0;
  const baselines = content.items
    .flatMap((item) => ('str' in item && item.str.trim() !== '' ? [Number(item.transform[5]) / height] : []))
    .filter((baseline) => baseline > MARGIN && baseline < 1 - MARGIN);
  const filled = (1 - MARGIN - Math.min(1 - MARGIN, ...baselines)) / (1 - 2 * MARGIN);
  const { fnArray, argsArray } = await page.getOperatorList();
  let missing = 0;
  for (const [index, operator] of fnArray.entries())
    if (operator === OPS.showText) missing += zeros(argsArray[index]);
  const links: Link[] = [];
  for (const annotation of await page.getAnnotations()) {
    const link = linkOf(annotation);
    if (link === undefined) continue;
    if ('url' in link) links.push({ from: number, to: link.url, page: null, outside: true });
    else
      links.push({
        from: number,
        to: String(link.dest),
        page: await pageOf(document, link.dest),
        outside: false,
      });
  }
  page.cleanup();
  return { text, filled, missing, links };
}

/** Glyphs of code 0 among the arguments of a show-text operator, which nest. */
function zeros(shown: unknown): number {
  if (Array.isArray(shown)) return shown.reduce((sum: number, one: unknown) => sum + zeros(one), 0);
  const isGlyph = shown !== null && typeof shown === 'object' && 'originalCharCode' in shown;
  return isGlyph && shown.originalCharCode === 0 ? 1 : 0;
}

function textOf(info: object, name: string): string | null {
  const value: unknown = Reflect.get(info, name);
  return typeof value === 'string' && value !== '' ? value : null;
}
