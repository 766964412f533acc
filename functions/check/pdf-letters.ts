/** How often each letter and digit occurs. */
export type Letters = ReadonlyMap<string, number>;

/**
 * The letters and digits of texts, whatever their order, their case and the form they are drawn in: the text of a PDF
 * comes in the order in which it was painted, which in Arabic is not that in which it is read.
 */
export function lettersOf(texts: Iterable<string>): Letters {
  const letters = new Map<string, number>();
  for (const text of texts)
    for (const [letter] of text
      .normalize('NFKC')
      .toLowerCase()
      .matchAll(/[\p{L}\p{N}]/gu))
      letters.set(letter, (letters.get(letter) ?? 0) + 1);
  return letters;
}

/** Letters of the one that the other has not, or not as often: one string, each as often as it is lacking. */
export function lacking(wanted: Letters, there: Letters): string {
  return [...wanted]
    .map(([letter, count]) => letter.repeat(Math.max(0, count - (there.get(letter) ?? 0))))
    .join('');
}
