import {
  decodePDFRawStream,
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFPage,
  PDFRawStream,
} from '@cantoo/pdf-lib';
import { PrintFailed } from '../errors.ts';

/** What a PDF of Chromium tells about how its printing went. */
export interface RawPdf {
  readonly pages: readonly [PageArea, ...PageArea[]];
  /** PostScript names of the fonts, without the prefix of a subset. */
  readonly faces: readonly string[];
}

/** Where a page's content lies; the margin boxes lie outside. */
export interface PageArea {
  /** Of the content's area, in CSS pixels. */
  readonly width: number;
  /** Of the whole page, in CSS pixels. */
  readonly pageHeight: number;
  /** One, or less where Chromium shrank every page's content since something was wider than its page. */
  readonly scale: number;
}

/** CSS pixels in a point. */
const PIXELS = 96 / 72;

/**
 * Opens a PDF that was printed.
 *
 * @throws PrintFailed `not-a-pdf` if it is none
 */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocument> {
  assertPdf(bytes);
  const options = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest };
  return PDFDocument.load(bytes, options).catch((cause: unknown) => {
    throw notPdf(`it cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  });
}

/**
 * Reads what Chromium itself says in the PDF.
 *
 * @throws PrintFailed `not-a-pdf` if it is not one of Chromium's
 */
export function readRawPdf(document: PDFDocument): RawPdf {
  const [first, ...others] = document.getPages().flatMap((page) => areaOf(page) ?? []);
  if (!first) throw notPdf('its pages are not laid out as Chromium does');
  const faces = document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFDict ? (faceName(object) ?? []) : []));
  return { pages: [first, ...others], faces: [...new Set(faces)].sort() };
}

/** @throws PrintFailed `not-a-pdf` if the bytes do not begin and end as a PDF does */
export function assertPdf(bytes: Uint8Array): void {
  const text = (part: Uint8Array) => Buffer.from(part).toString('latin1');
  if (!text(bytes.subarray(0, 5)).startsWith('%PDF-'))
    throw notPdf(`it begins with "${text(bytes.subarray(0, 20))}"`);
  if (!/%%EOF\s*$/.test(text(bytes.subarray(-16)))) throw notPdf('its end is missing');
}

function notPdf(why: string, cause?: unknown): PrintFailed {
  return new PrintFailed(
    'not-a-pdf',
    `What the browser printed is not a PDF we know: ${why}. Run print again; if CHROME_PATH is set, unset it to print with the browser that comes with the program.`,
    {},
    cause,
  );
}

/**
 * Chromium begins a page's content with its scale, then draws the margin boxes, then clips to the content's area and
 * sets the content's own scale.
 */
const LAYOUT =
  /^([\d.]+) 0 0 -\1 0 [\d.]+ cm\n[\s\S]*?\n[\d.]+ [\d.]+ ([\d.]+) [\d.]+ re\nW\* n\nq\n([\d.]+) 0 0 \3 /;

function areaOf(page: PDFPage): PageArea | undefined {
  const contents = page.node.Contents();
  const first = contents instanceof PDFArray ? contents.lookup(0) : contents;
  if (!(first instanceof PDFRawStream)) return undefined;
  const found = LAYOUT.exec(Buffer.from(decodePDFRawStream(first).decode()).toString('latin1'));
  if (!found) return undefined;
  const [unit, width, scale] = found.slice(1).map(Number) as [number, number, number];
  return {
    width: width * unit * PIXELS,
    pageHeight: page.getHeight() * PIXELS,
    scale: scale * unit * PIXELS,
  };
}

function faceName(dictionary: PDFDict): string | undefined {
  if (dictionary.lookup(PDFName.of('Type')) !== PDFName.of('FontDescriptor')) return undefined;
  const name = dictionary.lookup(PDFName.of('FontName'));
  return name instanceof PDFName ? name.decodeText().replace(/^[A-Z]{6}\+/, '') : undefined;
}
