/** Where a maker's headquarters are, as the report divides the world; `unknown` where that is not established. */
export const COUNTRIES = ['china', 'united-states', 'european-union', 'other', 'unknown'] as const;
export type Country = (typeof COUNTRIES)[number];

/** Hong Kong and Macau count to China; Taiwan and Singapore are their own and so `other`. */
const CHINA: ReadonlySet<string> = new Set(['CN', 'HK', 'MO']);

/** The 27 members since 2020-02-01. @see https://european-union.europa.eu/principles-countries-history/eu-countries_en */
const EUROPEAN_UNION: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '),
);

/** The report's word for an ISO 3166-1 alpha-2 code. */
export function countryOfCode(code: string): Country {
  if (CHINA.has(code)) return 'china';
  if (code === 'US') return 'united-states';
  return EUROPEAN_UNION.has(code) ? 'european-union' : 'other';
}
