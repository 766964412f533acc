import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import type { Box } from './pdf-boxes.ts';

/** A bookmark, with its level from 1 and the page it leads to; null if it leads nowhere. */
export interface Bookmark {
  readonly title: string;
  readonly level: number;
  readonly page: number | null;
}

/** A place as pages name it: by a name, or by a page and where on it. */
type Destination = string | unknown[];

const annotationSchema = z.object({
  subtype: z.string(),
  url: z.string().optional(),
  dest: z.union([z.string(), z.array(z.unknown())]).nullish(),
  rect: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});
const pageReference = z.object({ num: z.int(), gen: z.int() });

interface OutlineItem {
  readonly title: string;
  readonly dest: Destination | null;
  readonly items: readonly OutlineItem[];
}

/** The bookmarks in reading order. */
export async function flatOutline(
  document: PDFDocumentProxy,
  items: readonly OutlineItem[],
  level = 1,
): Promise<Bookmark[]> {
  const flat: Bookmark[] = [];
  for (const { title, dest, items: below } of items) {
    flat.push({ title, level, page: dest === null ? null : await pageOf(document, dest) });
    flat.push(...(await flatOutline(document, below, level + 1)));
  }
  return flat;
}

/** Where a link lies and leads: to an address, or to a place in the document; undefined if the annotation is no link. */
export function linkOf(
  annotation: unknown,
): ({ readonly rect: Box } & ({ readonly url: string } | { readonly dest: Destination })) | undefined {
  const { subtype, url, dest, rect: corners } = annotationSchema.parse(annotation);
  if (subtype !== 'Link') return undefined;
  const [left, bottom, right, top] = corners;
  const rect = { left, bottom, right, top };
  return url === undefined ? { rect, dest: dest ?? '' } : { rect, url };
}

/** The number of the page a place is on, from 1; null if there is no such place. */
export async function pageOf(document: PDFDocumentProxy, place: Destination): Promise<number | null> {
  const explicit = typeof place === 'string' ? await document.getDestination(place) : place;
  const page = pageReference.safeParse(explicit?.[0]);
  return page.success ? (await document.getPageIndex(page.data)) + 1 : null;
}
