import * as vega from 'vega';
import { emsOf } from './letter-widths.ts';

/** All letters but wide ones are narrower than this in the report's faces, in parts of the type's size. */
const NARROW_EM = 0.66;
/** Of a text of which a chart does not say the size; Vega's own. */
const SIZE = 11;

interface Metrics {
  width(item: { readonly fontSize?: number }, line: unknown): number;
}

/** Vega exports it for who measures otherwise, and does not tell its types. */
const { textMetrics } = vega as unknown as { readonly textMetrics: Metrics };

/**
 * How wide a text of a chart will be, in pixels: without a canvas Vega counts every letter alike, and Chinese labels
 * would be cut off.
 */
export function measureTexts(): void {
  textMetrics.width = ({ fontSize = SIZE }, line) => {
    return Math.ceil(emsOf(String(line ?? ''), NARROW_EM) * fontSize);
  };
}
