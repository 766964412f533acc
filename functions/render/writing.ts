/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(locale) ? 'rtl' : 'ltr';
}

/**
 * A language as `Intl` is asked for it: with Latin digits everywhere, since names of models carry them and numbers of one
 * page must look alike.
 */
export function intlLocale(locale: string): string {
  return `${locale}-u-nu-latn`;
}

/** Text without the invisible marks that `Intl` puts around numbers of Arabic; pages isolate them instead. */
export function withoutMarks(text: string): string {
  return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** A language's name as its own readers write it, with a capital where they have one. */
export function ownName(locale: string): string {
  const name = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale;
  return `${name.slice(0, 1).toLocaleUpperCase(locale)}${name.slice(1)}`;
}

/**
 * A number, a range or a change as HTML: in a text written from right to left kept together and in its own order, since a
 * sign, a dash or a unit would else change places with it.
 */
export function ordered(html: string, locale: string): string {
  return directionOf(locale) === 'rtl' ? `<bdi dir="ltr">${html}</bdi>` : html;
}

/** Percentages that stand in a text itself, each kept in its own order. */
export function percentagesOrdered(html: string, locale: string): string {
  return directionOf(locale) === 'rtl'
    ? html.replace(/[+\u2212]?\d[\d.,]*(?:–\d[\d.,]*)?%/g, (number) => ordered(number, locale))
    : html;
}
