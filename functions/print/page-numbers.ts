import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFRef } from '@cantoo/pdf-lib';
import { PrintFailed } from '../errors.ts';

/** `<span data-page-of="usage"></span>`: a hole for the number of the page on which the element with that id begins. */
const HOLE = /(<[a-z]+\b[^>]*\bdata-page-of="([\w-]+)"[^>]*>)[^<]*(<\/)/g;

/** True if a document asks for page numbers, which only a first print can tell. */
export function asksForPageNumbers(html: string): boolean {
  return html.search(HOLE) >= 0;
}

/**
 * The document with its holes filled.
 *
 * @param pages the number of the page of each place, as a print of it tells
 * @throws PrintFailed `bad-document` if a hole is of a place that no link leads to
 */
export function withPageNumbers(html: string, pages: ReadonlyMap<string, number>): string {
  return html.replace(HOLE, (_, open: string, id: string, close: string) => {
    const page = pages.get(id);
    if (page === undefined) {
      throw new PrintFailed(
        'bad-document',
        `The document asks for the page of "${id}", which it does not have, or which no link leads to. Correct data-page-of in the template.`,
        { id },
      );
    }
    return `${open}${page}${close}`;
  });
}

/** On which page each linked place of a PDF is, counted from 1. Chromium names a place by its element's id. */
export function pagesOfPlaces(document: PDFDocument): Map<string, number> {
  const numbers = new Map(document.getPages().map((page, index) => [page.ref.toString(), index + 1]));
  const places = new Map<string, number>();
  for (const [name, place] of document.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict)?.entries() ?? []) {
    const target = place instanceof PDFRef ? document.context.lookup(place) : place;
    const page = target instanceof PDFArray ? numbers.get(String(target.get(0))) : undefined;
    if (page !== undefined) places.set(name.decodeText(), page);
  }
  return places;
}
