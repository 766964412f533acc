import { PDFDocument } from '@cantoo/pdf-lib';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ArchiveCorrupt } from '../errors.ts';
import { filled, type Link, type PageFacts, readPage, textOf } from './pdf-page.ts';
import { type Bookmark, flatOutline } from './pdf-places.ts';
import { type FontFact, fontsOf, isTagged } from './pdf-structure.ts';

/** What a PDF says of itself and shows, as far as a judge needs it. Pages count from 1. */
export interface PdfFacts {
  readonly pages: number;
  /** Of the whole file, with what is attached. */
  readonly bytes: number;
  readonly title: string | null;
  readonly language: string | null;
  /** True if it carries a structure tree and says that it is tagged. */
  readonly tagged: boolean;
  /** The bookmarks, in reading order. */
  readonly outline: readonly Bookmark[];
  readonly fonts: readonly FontFact[];
  readonly textByPage: readonly string[];
  /** What each page shows, and where. */
  readonly layout: readonly PageFacts[];
  /** How far down each page its text and figures reach, as a part of the height between its margins. */
  readonly filledByPage: readonly number[];
  /** How often glyph 0, the empty box, is shown on each page. Text extraction does not see it. */
  readonly missingGlyphsByPage: readonly number[];
  readonly links: readonly Link[];
  /** Names of the files inside. */
  readonly attachments: readonly string[];
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
    const layout: PageFacts[] = [];
    for (let number = 1; number <= document.numPages; number++) layout.push(await readPage(document, number));
    const structure = await PDFDocument.load(pdf, { updateMetadata: false });
    return {
      pages: document.numPages,
      bytes: pdf.length,
      title: said(info, 'Title'),
      language: said(info, 'Language'),
      tagged: isTagged(structure),
      outline: await flatOutline(document, (await document.getOutline()) ?? []),
      fonts: fontsOf(structure),
      textByPage: layout.map(textOf),
      layout,
      filledByPage: layout.map(filled),
      missingGlyphsByPage: layout.map(({ painted }) =>
        painted.reduce((sum, { missing }) => sum + missing, 0),
      ),
      links: layout.flatMap(({ links }) => links),
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

function said(info: object, name: string): string | null {
  const value: unknown = Reflect.get(info, name);
  return typeof value === 'string' && value !== '' ? value : null;
}
