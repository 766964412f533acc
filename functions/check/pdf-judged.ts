import type { Check } from '../compute/figures.ts';

/** A check of the PDF: what would silently go wrong without it, and what it found wrong. */
export function judged(
  id: string,
  sentence: string,
  wrong: readonly string[],
  fine: string,
  outcome: 'refuse' | 'hold' = 'refuse',
): Check {
  const detail = wrong.slice(0, 5).join('; ');
  return {
    id: `pdf.${id}`,
    sentence,
    outcome: wrong.length > 0 ? outcome : 'passed',
    detail: wrong.length > 0 ? (detail.length > 400 ? `${detail.slice(0, 399)}…` : detail) : fine,
  };
}

/** One complaint where something does not hold. */
export function unless(holds: boolean, complaint: string): string[] {
  return holds ? [] : [complaint];
}
