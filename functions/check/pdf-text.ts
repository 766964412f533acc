import { directionOf } from '../render/writing.ts';

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

/**
 * Whether a page's text says a sentence. What is painted from left to right comes in the order in which it is read; where
 * reading is from the right, words come whole and in another order, so that each of them must be there.
 */
export function says(text: string, sentence: string, fromRight: boolean): boolean {
  if (!fromRight) return bare(text).includes(bare(sentence));
  const there = withoutMarks(text).replace(/\s/g, '');
  return [...withoutMarks(sentence).matchAll(/\p{L}+|\p{N}+/gu)].every(([word]) => there.includes(word));
}

/** Whether a language, by its tag, is read from right to left. */
export function readsFromRight(language: string): boolean {
  return directionOf(language) === 'rtl';
}

/** Marks above and below letters are painted apart from them. */
function withoutMarks(text: string): string {
  return text.normalize('NFKC').replace(/\p{M}/gu, '');
}

/** Whole numbers in a text, in whichever script's digits. */
export function numbersIn(text: string): number[] {
  return [...plainDigits(text).matchAll(/\d+/g)].map(([number]) => Number(number));
}

/** The digits of every script as 0 to 9: each script's stand in a row, from its zero. */
export function plainDigits(text: string): string {
  return text.replace(/(?!\d)\p{Nd}/gu, (digit) => {
    const own = digit.codePointAt(0) ?? 0;
    let zero = own;
    while (own - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(own - zero);
  });
}
