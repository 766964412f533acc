import type { Check } from '../compute/figures.ts';
import type { PdfFacts } from './pdf.ts';
import { judgeLayout } from './pdf-layout-judge.ts';
import { judgeAgainstSource } from './pdf-source-judge.ts';

/**
 * Judges the printed pages: how they are laid out, and whether they say everything that the page says which was printed.
 *
 * @param html the page that was printed
 */
export function judgePages(facts: PdfFacts, html: string): Check[] {
  return [...judgeAgainstSource(facts, html), ...judgeLayout(facts)];
}
