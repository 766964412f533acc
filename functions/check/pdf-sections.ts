import type { PdfFacts } from './pdf.ts';
import type { DeclaredSection } from './pdf-source.ts';
import { bare } from './pdf-text.ts';

/** A section with the pages it is on. */
export interface PlacedSection extends DeclaredSection {
  /** Where it begins; null if it is nowhere. */
  readonly page: number | null;
  /** The pages that it may have something on: to where the next one begins. */
  readonly pages: readonly number[];
  /** Sections that share pages are one group, named by the first. */
  readonly group: string;
}

/** Finds the sections that a page declares in print: by where links to them lead, or by their bookmark. */
export function placeSections(declared: readonly DeclaredSection[], facts: PdfFacts): PlacedSection[] {
  const begin = declared.map((section, index) => (index === 0 ? 1 : beginOf(section, facts)));
  let group = '';
  return declared.map((section, index) => {
    const page = begin[index] ?? null;
    const sharesPage = index > 0 && !section.hasHead;
    if (!sharesPage) group = section.id;
    const next = begin.slice(index + 1).find((one) => one !== null) ?? facts.pages + 1;
    const follows = declared[index + 1]?.hasHead === false;
    const last = Math.max(page ?? 0, follows ? next : next - 1);
    const pages = page === null ? [] : Array.from({ length: last - page + 1 }, (_, place) => page + place);
    return { ...section, page, pages, group };
  });
}

function beginOf({ id, title }: DeclaredSection, { links, outline }: PdfFacts): number | null {
  const link = links.find(({ outside, to, page }) => !outside && to === id && page !== null);
  const bookmark = outline.find((one) => bare(one.title) === bare(title));
  return link?.page ?? bookmark?.page ?? null;
}
