/// <reference path="./subset-font.d.ts" />
import subsetFont from 'subset-font';

/** What the pages use of a face's features: joining, marks, ligatures that must be, kerning, and figures of one width. */
const FEATURES = [
  ...['ccmp', 'locl', 'kern', 'mark', 'mkmk', 'liga', 'calt', 'rlig', 'tnum', 'lnum'],
  ...['isol', 'init', 'medi', 'fina'],
];

const made = new Map<string, string>();
/** Faces kept made; a run renders a handful of pages in four languages. */
const KEPT = 400;

/**
 * A font file with some of its characters alone.
 *
 * @param base64 a WOFF2 file
 * @param characters code points; those it has no glyph for are passed over
 * @returns base64, the same bytes for the same input
 */
export async function subset(base64: string, characters: readonly number[]): Promise<string> {
  const text = String.fromCodePoint(...[...characters].sort((a, b) => a - b));
  const key = `${base64.length} ${base64.slice(-64)} ${text}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const bytes = await subsetFont(Buffer.from(base64, 'base64'), text, {
    targetFormat: 'woff2',
    keepFeatures: FEATURES,
    noHinting: true,
  });
  const result = bytes.toString('base64');
  if (made.size >= KEPT) made.clear();
  made.set(key, result);
  return result;
}
