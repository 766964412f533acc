/**
 * A text as it compares with what a reader extracts from a PDF: without spaces and line breaks, marks of direction and
 * soft hyphens, and with one sign where faces draw several alike.
 */
export function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u00ad\u061c\u200b-\u200f\u2066-\u2069]/g, '')
    .replace(/[\u02bc\u2018\u2019']/g, '\u2019')
    .replace(/[\u2010\u2011]/g, '-');
}

/**
 * The pages' own text: without the lines that stand on at least every second page, such as the head and the foot with
 * its number.
 */
export function withoutFurniture(pages: readonly string[]): string[] {
  const lines = pages.map((page) => page.split('\n').map((line) => line.trim()));
  const seen = new Map<string, number>();
  for (const page of lines)
    for (const kind of new Set(page.map(kindOf))) seen.set(kind, (seen.get(kind) ?? 0) + 1);
  // On fewer pages than three, what recurs may be content.
  const often = Math.max(3, pages.length / 2);
  return lines.map((page) => page.filter((line) => (seen.get(kindOf(line)) ?? 0) < often).join('\n'));
}

function kindOf(line: string): string {
  return line.replace(/\d+/g, '0');
}
