import { drawable, MARK } from './drawable.ts';
import { ordered } from './writing.ts';

/** Longest text of a table's cell that is printed whole; the Hub's own limit for `owner/name` is 96. */
const LONGEST_CELL = 120;

/** Characters that cannot be seen but act: controls, and those that reorder, join or hide text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '{': '&#123;',
  '}': '&#125;',
  '=': '&#61;',
};

/** Text as HTML; braces and equals too, so that a name cannot pass for a hole or a handler. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"'`{}=]/g, (character) => ENTITIES[character] ?? character);
}

/** Replaces what cannot be seen but acts by a visible mark. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, MARK);
}

/** A cell's text cut to a length a page can hold. */
export function cut(text: string): string {
  const characters = [...text.slice(0, LONGEST_CELL * 2)];
  return characters.length > LONGEST_CELL ? `${characters.slice(0, LONGEST_CELL).join('')}…` : text;
}

/** What a helper gives: markup for the page, and the same as plain text for titles and comparisons. */
export class Written {
  readonly #html: string;
  readonly #plain: string;

  constructor(html: string, plain: string) {
    this.#html = html;
    this.#plain = plain;
  }

  toHTML(): string {
    return this.#html;
  }

  toString(): string {
    return this.#plain;
  }
}

/** A number, a range or a change, which keeps its own order in a text written from right to left. */
export function inOwnOrder(text: string, locale: string): Written {
  return new Written(ordered(escapeHtml(text), locale), text);
}

/** Text from the figures: escaped wherever it stands; compared, it is itself. */
export class Text extends Written {
  constructor(text: string) {
    const shown = drawable(cut(printable(text)));
    super(breakable(shown), shown);
  }
}

/** Characters without a place to break, after which a line may. */
const UNBROKEN = 30;

/** A name as HTML that a narrow column can hold, however long it is. */
function breakable(text: string): string {
  return text
    .split(new RegExp(`(\\S{${UNBROKEN}})(?=\\S)`, 'u'))
    .map((part, index) => (index % 2 === 1 ? `${escapeHtml(part)}<wbr>` : escapeHtml(part)))
    .join('');
}

/** Any value of a template as HTML. */
export function toHtml(value: unknown): string {
  return value instanceof Written ? value.toHTML() : escapeHtml(String(value));
}

/** A string inside a style sheet, for what stands in a page's margin. */
export function cssString(text: string): string {
  return `"${printable(text).replace(/[^\p{L}\p{N} .,·:–—()/%-]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
}
