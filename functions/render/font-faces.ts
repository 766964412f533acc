import { fontName, type Slice, slicesOf } from './font-files.ts';
import { wrongTemplate } from './template-error.ts';
import type { Templates } from './templates.ts';
import { facesOf, fontsOf, type Theme } from './theme.ts';
import type { Setting } from './vocabulary.ts';

/** Where a page's faces will stand: which characters it has is known only when it is written. */
export const FONTS = '/*fonts*/';

/**
 * Puts the faces of pages to print in their place: static ones, since variable fonts become Type 3 in a PDF, and whole,
 * since the browser takes of each what it needs; of divided ones the slices that have a character of the page.
 *
 * @throws TemplateError if a font file is missing
 */
export function withFonts(
  page: string,
  { theme, words }: Pick<Setting, 'theme' | 'words'>,
  fonts: Templates['fonts'],
): string {
  const characters = [...new Set([...page].map((character) => character.codePointAt(0) ?? 0))];
  const rules: string[] = [familyVariables(fontsOf(theme, words.locale))];
  for (const face of facesOf(theme, words.locale)) {
    const slices = slicesOf(face, fontFile(face, fonts));
    for (const slice of slices) {
      if (slices.length === 1) {
        rules.push(faceRule(face, slice.woff2, rangeBeside(face, theme, words.locale)));
      } else if (characters.some((one) => one > LATIN && holds(slice, one))) {
        rules.push(faceRule(face, slice.woff2, slice.range));
      }
    }
  }
  return page.replace(FONTS, () => rules.join('\n'));
}

/** @throws TemplateError if it is missing */
export function fontFile(face: Theme['faces'][number], fonts: Templates['fonts']): string {
  const file = fonts.get(fontName(face));
  if (file !== undefined) return file;
  throw wrongTemplate(
    { file: 'theme.json' },
    `the font file ${fontName(face)} is missing. Install its package with npm ci.`,
  );
}

/**
 * A face as CSS writes it, with its file inside.
 *
 * @param woff2 base64
 * @param range the characters it is for; all of its own if empty
 */
export function faceRule(face: Theme['faces'][number], woff2: string, range: string): string {
  const { family, weight, style, scale } = face;
  return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};src:url(data:font/woff2;base64,${woff2}) format("woff2")${range === '' ? '' : `;unicode-range:${range}`}${scale === undefined ? '' : `;size-adjust:${Math.round(scale * 100)}%`}}`;
}

/** The faces that must have loaded before printing, as CSS font shorthands. */
export function fontShorthands(theme: Theme, locale: string): string[] {
  return facesOf(theme, locale).map(({ family, weight, style }) => `${style} ${weight} 12px "${family}"`);
}

/** Families as CSS lists them. */
export function familyList(families: readonly string[]): string {
  return families.map((family) => `"${family}"`).join(', ');
}

/** The style sheets' names for the two families of a language. */
export function familyVariables({ text, label }: ReturnType<typeof fontsOf>): string {
  return `:root{--serif:${familyList(text)}, serif;--sans:${familyList(label)}, sans-serif}`;
}

/** Up to here every face of the report has a glyph of its own; what is divided into slices comes after it. */
export const LATIN = 0x2ff;

/** The characters that a face is for beside the others of its language, as CSS writes them; empty for all. */
export function rangeBeside(face: Theme['faces'][number], theme: Theme, locale: string): string {
  return isLatin(face, theme, locale) ? latinBeside(locale) : '';
}

function isLatin(face: Theme['faces'][number], theme: Theme, locale: string): boolean {
  const { text, label } = fontsOf(theme, locale);
  return face.family === text[0] || face.family === label[0];
}

/**
 * The characters that Latin faces are for beside those of another writing: in Chinese the quotation marks, the dash, the
 * ellipsis and the middle dot are as wide as its own characters.
 */
function latinBeside(locale: string): string {
  return locale === 'zh' ? 'U+0-B6,U+B8-2013,U+2015-2017,U+201E-2025,U+2027-2FFF' : '';
}

const spans = new WeakMap<Slice, readonly (readonly [number, number])[]>();

function holds(slice: Slice, character: number): boolean {
  const known = spans.get(slice) ?? rangesOf(slice.range);
  spans.set(slice, known);
  return known.some(([from, to]) => from <= character && character <= to);
}

/** `U+4E00-4E05,U+4E07` as numbers. */
function rangesOf(range: string): (readonly [number, number])[] {
  return range.split(',').map((part) => {
    const [from = '', to = from] = part.trim().slice(2).split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
}
