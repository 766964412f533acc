/** Letters as wide as the type is high. */
const WIDE = /[\u00b7\u2014\u2026\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u;

/**
 * How wide a text is in sizes of its type, where nothing can measure it.
 *
 * @param narrow what is counted for a letter of every other writing
 */
export function emsOf(text: string, narrow: number): number {
  return [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 1 : narrow), 0);
}
