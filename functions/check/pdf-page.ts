import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Box, common, liesIn, size } from './pdf-boxes.ts';
import { type Painted, paintedOn } from './pdf-paint.ts';
import { linkOf, pageOf } from './pdf-places.ts';
import { type FigureFact, figuresOf } from './pdf-structure-tree.ts';

/** A link on a page: to an address outside, or to a place in the document. */
export interface Link {
  readonly from: number;
  readonly to: string;
  readonly outside: boolean;
  /** Where it leads within the document; null if nowhere. */
  readonly page: number | null;
  /** The text a reader clicks on. */
  readonly shows: string;
}

/** A text as it is read, with the place of its first letter's baseline. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** What one page shows. */
export interface PageFacts {
  /** The whole page. */
  readonly sheet: Box;
  /** Where the document's content lies; the head and the foot are in the margins around it. */
  readonly area: Box;
  readonly texts: readonly PlacedText[];
  readonly painted: readonly Painted[];
  /** Figures with an alternative text. */
  readonly figures: readonly FigureFact[];
  readonly links: readonly Link[];
}

/** Reads one page: its text as Mozilla's reader sees it, and where everything is painted. */
export async function readPage(document: PDFDocumentProxy, number: number): Promise<PageFacts> {
  const page = await document.getPage(number);
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const sheet = { left, bottom, right, top };
  const content = await page.getTextContent();
  const texts = content.items.flatMap((item) =>
    'str' in item
      ? [
          {
            text: `${item.str}${item.hasEOL ? '\n' : ''}`,
            x: Number(item.transform[4]),
            y: Number(item.transform[5]),
          },
        ]
      : [],
  );
  const painted = paintedOn(await page.getOperatorList(), sheet);
  const facts = {
    sheet,
    area: areaOf(painted, sheet),
    texts,
    painted,
    figures: figuresOf(await page.getStructTree(), painted),
    links: await linksOf(document, page, number, texts),
  };
  page.cleanup();
  return facts;
}

/** The text of a page as it is read, lines ending where the reader sees them end. */
export function textOf({ texts }: PageFacts): string {
  return texts.map(({ text }) => text).join('');
}

/** How far down its area a page's text and figures reach, as a part of the area's height. */
export function filled({ area, painted, figures }: PageFacts): number {
  const drawn = new Set(figures.flatMap(({ marked }) => marked));
  const lowest = painted
    .filter((one) =>
      one.kind === 'text'
        ? one.text.trim() !== '' && !one.askew
        : one.marked !== null && drawn.has(one.marked),
    )
    .filter(({ box }) => liesIn(box, area, 1))
    .map(({ box }) => box.bottom);
  return (area.top - Math.min(area.top, ...lowest)) / (area.top - area.bottom);
}

/** In a document without structure: the head and the foot stand in the first and the last tenth of a page's height. */
const MARGIN = 0.1;

/** What the browser leaves of the page for its content: the largest clip around anything that is in the structure. */
function areaOf(painted: readonly Painted[], sheet: Box): Box {
  const clips = painted.filter(({ marked }) => marked !== null).map(({ clip }) => clip);
  const [first, ...others] = clips;
  if (first) return others.reduce((largest, clip) => (size(clip) > size(largest) ? clip : largest), first);
  const height = sheet.top - sheet.bottom;
  return { ...sheet, bottom: sheet.bottom + MARGIN * height, top: sheet.top - MARGIN * height };
}

async function linksOf(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  from: number,
  texts: readonly PlacedText[],
): Promise<Link[]> {
  const links: Link[] = [];
  for (const annotation of await page.getAnnotations()) {
    const link = linkOf(annotation);
    if (link === undefined) continue;
    const shows = texts
      .filter(({ x, y }) => size(common(link.rect, { left: x, right: x + 1, bottom: y, top: y + 1 })) > 0.5)
      .map(({ text }) => text)
      .join('');
    if ('url' in link) links.push({ from, to: link.url, page: null, outside: true, shows });
    else
      links.push({
        from,
        to: String(link.dest),
        page: await pageOf(document, link.dest),
        outside: false,
        shows,
      });
  }
  return links;
}
