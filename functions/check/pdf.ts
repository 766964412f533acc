import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRef } from '@cantoo/pdf-lib';
import { getDocument, OPS, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a PDF says of itself and shows, as far as a judge needs it. */
export interface PdfFacts {
  readonly pages: number;
  readonly title: string | null;
  readonly language: string | null;
  /** True if it carries a structure tree and says that it is tagged. */
  readonly tagged: boolean;
  /** Titles of the bookmarks, in order, with their depth from 0. */
  readonly outline: readonly { readonly title: string; readonly depth: number }[];
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean; readonly type3: boolean }[];
  readonly textByPage: readonly string[];
  /** How often glyph 0, the empty box, is shown. Text extraction does not see it. */
  readonly missingGlyphs: number;
  /** Names of the files inside. */
  readonly attachments: readonly string[];
}

/** Reads a PDF: its text as Mozilla's reader sees it, its structure as it is written. */
export async function inspectPdf(pdf: Uint8Array): Promise<PdfFacts> {
  const reading = getDocument({
    data: pdf.slice(),
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    disableFontFace: true,
    isEvalSupported: false,
  });
  const document = await reading.promise;
  try {
    const { info } = await document.getMetadata();
    const textByPage: string[] = [];
    let missingGlyphs = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const { text, missing } = await readPage(document, number);
      textByPage.push(text);
      missingGlyphs += missing;
    }
    const structure = await PDFDocument.load(pdf, { updateMetadata: false });
    return {
      pages: document.numPages,
      title: textOf(info, 'Title'),
      language: textOf(info, 'Language'),
      tagged: isTagged(structure),
      outline: flat((await document.getOutline()) ?? []),
      fonts: fontsOf(structure),
      textByPage,
      missingGlyphs,
      attachments: Object.keys((await document.getAttachments()) ?? {}),
    };
  } finally {
    await reading.destroy();
  }
}

async function readPage(
  document: PDFDocumentProxy,
  number: number,
): Promise<{ text: string; missing: number }> {
  const page = await document.getPage(number);
  const content = await page.getTextContent();
  const text = content.items
    .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
    .join('');
  const { fnArray, argsArray } = await page.getOperatorList();
  let missing = 0;
  for (const [index, operator] of fnArray.entries())
    if (operator === OPS.showText) missing += zeros(argsArray[index]);
  page.cleanup();
  return { text, missing };
}

/** Glyphs of code 0 among the arguments of a show-text operator, which nest. */
function zeros(shown: unknown): number {
  if (Array.isArray(shown)) return shown.reduce((sum: number, one: unknown) => sum + zeros(one), 0);
  return shown !== null &&
    typeof shown === 'object' &&
    'originalCharCode' in shown &&
    shown.originalCharCode === 0
    ? 1
    : 0;
}

function textOf(info: object, name: string): string | null {
  const value: unknown = Reflect.get(info, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function isTagged(structure: PDFDocument): boolean {
  const marks = structure.catalog.lookupMaybe(PDFName.of('MarkInfo'), PDFDict);
  const tree = structure.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  return tree !== undefined && marks?.get(PDFName.of('Marked'))?.toString() === 'true';
}

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

function flat(bookmarks: readonly Bookmark[], depth = 0): { title: string; depth: number }[] {
  return bookmarks.flatMap(({ title, items }) => [{ title, depth }, ...flat(items, depth + 1)]);
}

/** Every font a page can show text in; a composite font is embedded if its descendant is. */
function fontsOf(structure: PDFDocument): PdfFacts['fonts'] {
  const fonts: { name: string; embedded: boolean; type3: boolean }[] = [];
  for (const [, object] of structure.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || nameOf(object, 'Type') !== 'Font') continue;
    const subtype = nameOf(object, 'Subtype');
    if (subtype === 'CIDFontType0' || subtype === 'CIDFontType2') continue;
    fonts.push({
      name: nameOf(object, 'BaseFont') ?? nameOf(object, 'Name') ?? 'unnamed',
      embedded: subtype === 'Type3' || isEmbedded(object, structure),
      type3: subtype === 'Type3',
    });
  }
  return fonts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isEmbedded(font: PDFDict, structure: PDFDocument): boolean {
  const descendants = font.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray);
  const [first] = descendants?.asArray() ?? [];
  const described =
    first instanceof PDFRef
      ? structure.context.lookupMaybe(first, PDFDict)
      : first instanceof PDFDict
        ? first
        : font;
  const descriptor = described?.lookupMaybe(PDFName.of('FontDescriptor'), PDFDict);
  return ['FontFile', 'FontFile2', 'FontFile3'].some((file) => descriptor?.has(PDFName.of(file)));
}

function nameOf(dict: PDFDict, key: string): string | undefined {
  const value = dict.get(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
}
