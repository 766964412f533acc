import type { Figures } from '../compute/figures.ts';
import { openNumbers } from './numbers.ts';

/** Sources ask to be cited in their own words, dates included. */
const CITED_IN = 'en';

/** How a source asks to be cited, with the date of its data. */
export function citationOf({ citation, asOf }: Figures['sources'][number]): string {
  return citation.replaceAll('{as_of}', openNumbers(CITED_IN).date(asOf));
}
