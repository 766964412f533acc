import { withoutBraces } from './email-line.ts';
import { decoded } from './entities.ts';

/** Columns of a line of plain text: what RFC 5322 recommends. */
export const COLUMNS = 78;

/** Begins and ends a placeholder while other braces are taken away; text cannot hold them. */
const [OPEN, CLOSE] = ['\ufdd0', '\ufdd1'];

/**
 * The plain text of a written template: without tags, entities as the signs they stand for, no braces but those of
 * placeholders, each line of the template wrapped by itself, at most one empty line in a row, none at the beginning.
 */
export function plainText(written: string): string {
  return `${signsOf(written)
    .split('\n')
    .flatMap((line) => wrapped(line.replace(/[^\S\u00a0]+/g, ' ').trim()))
    .join('\n')
    .replaceAll('\u00a0', ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** The signs of a written template, without tags and entities; its lines are the template's. */
export function signsOf(written: string): string {
  const text = written
    .replace(/[\ufdd0\ufdd1]/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\{([a-z]+)\}/g, `${OPEN}$1${CLOSE}`);
  return withoutBraces(decoded(text)).replaceAll(OPEN, '{').replaceAll(CLOSE, '}');
}

/** Signs two columns wide: Han, kana, hangul and full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that text takes; marks above and below a letter take none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) columns += /\p{M}/u.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
  return columns;
}

/** Signs that may not begin a line, and signs that may not end one. */
const [NOT_FIRST, NOT_LAST] = [/^[、。，．：；？！）】》」』〉”’…—–%％)\],.;:!?]/u, /[（【《「『〈“‘(]$/u];

/** Breaks a line at blanks, and between wide signs; a word that is longer, as a link, keeps its line. */
function wrapped(line: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of pieces(line)) {
    if (current !== '' && columnsOf(`${current}${piece}`.trimEnd()) > COLUMNS) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += piece;
  }
  return [...lines, current.trimEnd()];
}

/** What may not be broken, each with the blank behind it. */
function pieces(line: string): string[] {
  const found: string[] = [];
  for (const sign of line) {
    const last = found.at(-1);
    const joins =
      last !== undefined &&
      !last.endsWith(' ') &&
      (sign === ' ' ||
        NOT_FIRST.test(sign) ||
        NOT_LAST.test(last) ||
        !(WIDE.test(sign) || WIDE.test([...last].at(-1) ?? '')));
    if (joins) found[found.length - 1] += sign;
    else found.push(sign);
  }
  return found;
}
