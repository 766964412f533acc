import { emsOf } from './letter-widths.ts';

/** All others of the report's label faces are narrower than this on an average, in parts of their size. */
const OTHER_EM = 0.58;
/** A word, or one wide letter with the signs that may not begin a line; an entity is one letter. */
const PIECE =
  /(?:[\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\u3000-\u303f\uff00-\uff60])[\u3001-\u3003\u3009-\u3011\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\u201d]*|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]+|\s+/gu;

/**
 * Divides a text into lines that fit a width: a drawing has no lines of its own.
 *
 * @param text escaped, as it stands in markup
 * @param size of the type, in pixels
 */
export function linesOf(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [piece] of text.matchAll(PIECE)) {
    if (line !== '' && widthOf(line + piece, size) > width && piece.trim() !== '') {
      lines.push(line.trim());
      line = '';
    }
    line += piece;
  }
  return [...lines, line.trim()].filter((one) => one !== '');
}

function widthOf(text: string, size: number): number {
  return emsOf(text.replace(/&[#\w]+;/g, 'x').trimEnd(), OTHER_EM) * size;
}
