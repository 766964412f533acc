/** A text in its language, and as what is taken where no language is asked for. */
export function alternatives(text: string, language: string): string {
  const items = ['x-default', language].map(
    (one) => `<rdf:li xml:lang="${escaped(one)}">${escaped(text)}</rdf:li>`,
  );
  return `<rdf:Alt>${items.join('')}</rdf:Alt>`;
}

/** Several values: `Seq` where their order says something, `Bag` where it does not. */
export function list(kind: 'Seq' | 'Bag', texts: readonly string[]): string {
  return `<rdf:${kind}>${texts.map((text) => `<rdf:li>${escaped(text)}</rdf:li>`).join('')}</rdf:${kind}>`;
}

/** XML has no place for most control characters, nor for halves of a character, not even escaped. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
