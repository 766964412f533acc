/**
 * What the Latin faces of the report have glyphs for, as their packages state it (`unicode.json` of the fontsource
 * packages). Names in the figures come from outside: one character without a glyph would stop the print.
 */
const WITHOUT_GLYPH =
  /[^\u0020-\u00ff\u0131\u0152\u0153\u02c6\u02da\u02dc\u2000-\u206f\u20ac\u2122\u2191\u2193\u2212\u2215]/gu;

/** Stands for a character that cannot be shown; not U+FFFD, for which the faces have no glyph themselves. */
export const MARK = '¤';

/**
 * A name from outside as the report's faces can draw it: letters without their rare accents, else a visible mark;
 * double braces apart, which the judge takes for the trace of a template.
 */
export function drawable(name: string): string {
  const drawn = name.normalize('NFC').replace(WITHOUT_GLYPH, (character) => {
    const bare = character.normalize('NFD').replace(/\p{M}/gu, '');
    return bare !== '' && bare.search(WITHOUT_GLYPH) < 0 ? bare : MARK;
  });
  return drawn.replace(/([{}])(?=\1)/g, '$1 ');
}
