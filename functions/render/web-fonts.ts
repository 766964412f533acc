import { faceCharacters, type Kind } from './face-characters.ts';
import { FONTS, faceRule, familyList, familyVariables, fontFile, LATIN, rangeBeside } from './font-faces.ts';
import { wholeFace } from './font-files.ts';
import { subset } from './font-subset.ts';
import type { Templates } from './templates.ts';
import { facesOf, fontsOf, type Theme } from './theme.ts';
import type { Setting } from './vocabulary.ts';

/** Up to here no other face is asked: beyond, some signs are as wide as the language's own writing. */
const ASCII = 0x7f;

/**
 * Puts the faces of the web page in their place, each with the characters that the page shows in it and no other, so that
 * the page is light. Words in another language's writing, such as its name, get its face too.
 *
 * @throws TemplateError if a font file is missing
 */
export async function withWebFonts(
  page: string,
  { theme, words }: Pick<Setting, 'theme' | 'words'>,
  fonts: Templates['fonts'],
): Promise<string> {
  const { locale } = words;
  const families = fontsOf(theme, locale, 'web');
  const shown = faceCharacters(page);
  const rules = [familyVariables(families)];
  for (const face of facesOf(theme, locale, 'web')) {
    const kinds = (['text', 'label'] as const satisfies readonly Kind[]).filter((kind) =>
      families[kind].includes(face.family),
    );
    const characters = [...new Set(kinds.flatMap((kind) => [...shown(kind, face.weight)]))];
    const isOfLanguage = face.languages !== undefined;
    if (isOfLanguage && !characters.some((one) => one > LATIN)) continue;
    const wanted = isOfLanguage ? characters.filter((one) => one > ASCII) : characters;
    const whole = fontFile(wholeFace(face), fonts);
    rules.push(faceRule(face, await subset(whole, wanted), rangeBeside(face, theme, locale)));
  }
  for (const { language, characters } of foreignWords(page, theme, locale)) {
    const own = fontsOf(theme, language, 'web').label;
    const face = theme.faces.find(
      ({ family, weight, languages }) =>
        weight === 400 && languages?.includes(language) && own.includes(family),
    );
    if (!face) continue;
    const whole = fontFile(wholeFace(face), fonts);
    rules.push(faceRule(face, await subset(whole, characters), ''));
    rules.push(`[lang="${language}"]{font-family:${familyList(own)},sans-serif}`);
  }
  return page.replace(FONTS, () => rules.join('\n'));
}

/** What a page says in a language with faces of its own that is not the page's: the characters beyond Latin. */
function foreignWords(
  page: string,
  theme: Theme,
  locale: string,
): { language: string; characters: number[] }[] {
  const languages = new Set(theme.faces.flatMap((face) => face.languages ?? []));
  return [...languages]
    .filter((language) => language !== locale)
    .map((language) => {
      const said = [...page.matchAll(new RegExp(`\\slang="${language}"[^>]*>([^<]*)<`, 'g'))].map(
        ([, text = '']) => text,
      );
      const characters = [...new Set([...said.join('')].map((one) => one.codePointAt(0) ?? 0))];
      return { language, characters: characters.filter((one) => one > LATIN) };
    })
    .filter(({ characters }) => characters.length > 0);
}
