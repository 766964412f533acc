import { fontName, type Slice, slicesOf } from './font-files.ts';
import { subset } from './font-subset.ts';
import { wrongTemplate } from './template-error.ts';
import type { Templates } from './templates.ts';
import { facesOf, fontsOf, type Theme } from './theme.ts';
import type { Setting } from './vocabulary.ts';

/** Where a page's faces will stand: which characters it has is known only when it is written. */
export const FONTS = '/*fonts*/';

/**
 * Puts a page's faces in their place: static ones, since variable fonts become Type 3 in a PDF. For print each file is
 * whole, since the browser takes of it what it needs; on the web a file has the page's own characters alone.
 *
 * @throws TemplateError if a font file is missing
 */
export async function withFonts(
  page: string,
  { theme, words, medium }: Pick<Setting, 'theme' | 'words' | 'medium'>,
  fonts: Templates['fonts'],
): Promise<string> {
  const characters = new Set([...page].map((character) => character.codePointAt(0) ?? 0));
  const rules: string[] = [variables(theme, words.locale)];
  for (const face of facesOf(theme, words.locale)) {
    const file = fonts.get(fontName(face));
    if (file === undefined) {
      throw wrongTemplate(
        { file: 'theme.json' },
        `the font file ${fontName(face)} is missing. Install its package with npm ci.`,
      );
    }
    const slices = slicesOf(face, file);
    for (const slice of slices) {
      const wanted =
        slices.length === 1 ? [...characters] : [...characters].filter((one) => holds(slice, one));
      if (slices.length > 1 && !wanted.some((one) => one > LATIN)) continue;
      const data = medium === 'print' ? slice.woff2 : await subset(slice.woff2, wanted);
      const range =
        slices.length > 1 ? slice.range : isLatin(face, theme, words.locale) ? latinBeside(words.locale) : '';
      rules.push(
        `@font-face{font-family:"${face.family}";font-weight:${face.weight};font-style:${face.style};src:url(data:font/woff2;base64,${data}) format("woff2")${range === '' ? '' : `;unicode-range:${range}`}}`,
      );
    }
  }
  return page.replace(FONTS, () => rules.join('\n'));
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
function variables(theme: Theme, locale: string): string {
  const { text, label } = fontsOf(theme, locale);
  return `:root{--serif:${familyList(text)}, serif;--sans:${familyList(label)}, sans-serif}`;
}

/** Up to here every face of the report has a glyph of its own; what is divided into slices comes after it. */
const LATIN = 0x2ff;

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
