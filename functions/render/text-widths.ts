import * as vega from 'vega';

/** Letters as wide as the type is high; all others of the report's faces are narrower than the second. */
const WIDE = /[\u00b7\u2014\u2026\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u;
const [WIDE_EM, OTHER_EM] = [1, 0.66];
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
    const em = [...String(line ?? '')].reduce(
      (sum, letter) => sum + (WIDE.test(letter) ? WIDE_EM : OTHER_EM),
      0,
    );
    return Math.ceil(em * fontSize);
  };
}
