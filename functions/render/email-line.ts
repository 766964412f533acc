/** Ends what was cut. */
const ELLIPSIS = ' …';

/**
 * Text as one line for a header: without controls, without braces, which are kept for placeholders, and cut at a word
 * where it is too long.
 *
 * @param longest in characters
 */
export function oneLine(text: string, longest = Number.POSITIVE_INFINITY): string {
  const line = withoutBraces(text)
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const characters = [...line];
  if (characters.length <= longest) return line;
  const kept = characters.slice(0, longest - ELLIPSIS.length).join('');
  // A language without blanks between words, or one endless word, is cut where it must be.
  const atWord = kept.replace(/\s+\S*$/u, '');
  const cut = atWord.length > kept.length / 2 ? atWord : kept;
  return `${cut.replace(/[\s,;:，；：、(（–]+$/u, '')}${ELLIPSIS}`;
}

/** Braces mark placeholders alone. */
export function withoutBraces(text: string): string {
  return text.replaceAll('{', '(').replaceAll('}', ')');
}
