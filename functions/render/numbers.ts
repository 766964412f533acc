import type { Quantity, Unit } from '../compute/figures.ts';
import { dateFormat, numberFormat } from './intl-formats.ts';
import { intlLocale, withoutMarks } from './writing.ts';

const BILLION = 1_000_000_000_000n;
const MILLIARD = 1_000_000_000n;

/** Numbers and dates as a language writes them. */
export interface Numbers {
  /** A fraction of one as a percentage. */
  share(value: number, digits?: number): string;
  /** A count shortened to four characters or so: 173.3 T. */
  compact(value: Quantity): string;
  /** A count in full. */
  exact(value: Quantity): string;
  decimal(value: number, digits?: number): string;
  /** With its sign, a real minus. */
  signed(value: number, digits?: number): string;
  /** A percentage with its sign. */
  signedShare(value: number, digits?: number): string;
  /** A figure's value in its own unit, without the unit's name. */
  of(value: Quantity, unit: Unit, digits?: number): string;
  /** The lower end of a range: as `of`, but without what the upper end repeats. */
  lowEnd(value: Quantity, unit: Unit, digits?: number): string;
  /** A day in full; of a month alone the month, since a day it does not have would be made up. */
  date(day: string): string;
  shortDate(day: string): string;
  month(month: string): string;
  /** The month's name alone. */
  monthName(month: string): string;
  list(items: readonly string[]): string;
}

/** @param language BCP 47 */
export function openNumbers(language: string): Numbers {
  const locale = intlLocale(language);
  const decimal = (value: number, digits = 1, sign: 'auto' | 'exceptZero' = 'auto') =>
    plainMinus(
      numberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: sign,
      }).format(value),
    );
  const percent = (value: number, digits = 1, sign: 'auto' | 'exceptZero' = 'auto') =>
    plainMinus(
      numberFormat(locale, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: sign,
      }).format(value),
    );
  const dollars = (value: number, digits = 2) =>
    withoutMarks(
      numberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
        .format(value)
        // One kind of dollar is spoken of, and said once.
        .replace(/US\$|\$US/, '$'),
    );
  const exact = (value: Quantity) => withoutMarks(numberFormat(locale).format(integer(value)));
  const compact = (value: Quantity) => {
    const number = integer(value);
    if (number < 10_000n) return exact(value);
    // French has a word for a million millions, but its readers take its sign for a thousand millions.
    if (language === 'fr' && number >= BILLION) return `${exact(Number(number / MILLIARD))}\u00a0Md`;
    const parts = numberFormat(locale, {
      notation: 'compact',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }).formatToParts(number);
    const spaced = parts.some(({ type }) => type === 'literal');
    // In Chinese the unit follows its number without a space.
    const gap = spaced || language === 'zh' ? '' : '\u00a0';
    return withoutMarks(
      parts.map(({ type, value: text }) => (type === 'compact' ? `${gap}${text}` : text)).join(''),
    );
  };
  const of = (value: Quantity, unit: Unit, digits?: number): string => {
    if (unit === 'share') return percent(Number(value), digits);
    if (unit === 'points' || unit === 'months') return decimal(Number(value), digits);
    if (unit === 'index') return decimal(Number(value), digits ?? 2);
    if (unit === 'dollars') return dollars(Number(value), digits);
    return compact(value);
  };
  const day = (options: Intl.DateTimeFormatOptions) => (text: string) =>
    withoutMarks(dateFormat(locale, options).format(new Date(text)));
  /** In French the first of a month is said as such. */
  const first = (text: string) => (language === 'fr' ? text.replace(/^1 /, '1er ') : text);
  return {
    share: percent,
    compact,
    exact,
    decimal,
    signed: (value, digits) => decimal(value, digits, 'exceptZero'),
    signedShare: (value, digits) => percent(value, digits, 'exceptZero'),
    of,
    lowEnd: (value, unit, digits) =>
      unit === 'share' ? decimal(Number(value) * 100, digits) : of(value, unit, digits),
    date: (text) =>
      /^\d{4}-\d{2}$/.test(text)
        ? day({ month: 'long', year: 'numeric' })(text)
        : first(day({ day: 'numeric', month: 'long', year: 'numeric' })(text)),
    shortDate: (text) => first(day({ day: 'numeric', month: 'short' })(text)),
    month: day({ month: 'long', year: 'numeric' }),
    // In Chinese a month is its number, as in the dates beside it.
    monthName: day({ month: language === 'zh' ? 'short' : 'long' }),
    list: (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  };
}

/** A real minus, and no invisible marks. */
function plainMinus(text: string): string {
  return withoutMarks(text).replace('-', '\u2212');
}

function integer(value: Quantity): bigint {
  return typeof value === 'string' ? BigInt(value) : BigInt(Math.round(value));
}
