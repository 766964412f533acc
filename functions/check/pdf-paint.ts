import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Box, common, type Matrix, moved, UNMOVED, within } from './pdf-boxes.ts';

/** Something a page shows, with what a clip leaves of the page around it. */
export interface Painted {
  readonly kind: 'text' | 'shape';
  readonly box: Box;
  readonly clip: Box;
  /**
   * The number of the marked content it belongs to, `OF_A_FORM` where that has its own numbers; null in the margins, which
   * are outside the document's structure.
   */
  readonly marked: number | null;
  /** What a text says, in the order in which it is drawn. */
  readonly text: string;
  /** Drawn askew, as a mark across the page is. */
  readonly askew: boolean;
  /** Whether it has a colour: labels of a chart that would lie on others are painted, and transparent. */
  readonly opaque: boolean;
  /** How many of its glyphs are number 0, the empty box. */
  readonly missing: number;
}

/**
 * Where ink of Latin, Arabic and Chinese letters surely is, in ems from the baseline; accents and tails reach further,
 * and may stick out of a box that was made for their line.
 */
const INK = { bottom: 0, top: 0.5 };

/** What is drawn as a group, to be transparent as a whole, counts its marked content anew. */
export const OF_A_FORM = -1;

interface State {
  readonly matrix: Matrix;
  readonly clip: Box;
  readonly fontSize: number;
  /** Of what is filled, letters included: 0 is transparent. */
  readonly opacity: number;
  /** Of the groups around it. */
  readonly veil: number;
}

/** The operators that begin and end what they change. */
const OPENING: ReadonlySet<number> = new Set([OPS.save, OPS.paintFormXObjectBegin, OPS.beginGroup]);
const CLOSING: ReadonlySet<number> = new Set([OPS.restore, OPS.paintFormXObjectEnd, OPS.endGroup]);
const MARKING: ReadonlySet<number> = new Set([OPS.beginMarkedContentProps, OPS.beginMarkedContent]);

/**
 * Everything a page paints, in order, by following its operators: matrices, clips and marked content. Widths and clips
 * are upright rectangles; spacing of characters and words, which Chromium writes as positions, is not followed.
 *
 * @param operators the page's, as Mozilla's reader lists them
 * @param page its box
 */
export function paintedOn(
  { fnArray, argsArray }: { readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[] },
  page: Box,
): Painted[] {
  const painted: Painted[] = [];
  const saved: State[] = [];
  const marks: (number | null)[] = [];
  let state: State = { matrix: UNMOVED, clip: page, fontSize: 0, opacity: 1, veil: 1 };
  let line: Matrix = UNMOVED;
  let pen = 0;
  let clipping = false;
  let forms = 0;

  const add = (kind: Painted['kind'], box: Box, matrix: Matrix, text = '', missing = 0) => {
    const one: Painted = {
      kind,
      box: moved(matrix, box),
      clip: state.clip,
      marked: marks.findLast((mark) => mark !== null) ?? null,
      text,
      askew: Math.abs(matrix[1]) > 0.01 * Math.abs(matrix[0]),
      opaque: state.opacity * state.veil > 0,
      missing,
    };
    const before = painted.at(-1);
    if (before && goesOn(before, one)) painted[painted.length - 1] = joined(before, one);
    else painted.push(one);
  };

  for (const [index, operator] of fnArray.entries()) {
    const given = argsArray[index];
    const args: readonly unknown[] = Array.isArray(given) ? given : [];
    if (OPENING.has(operator)) saved.push(state);
    if (CLOSING.has(operator)) state = saved.pop() ?? state;
    if (operator === OPS.paintFormXObjectBegin) forms += 1;
    if (operator === OPS.paintFormXObjectEnd) forms -= 1;
    if (MARKING.has(operator)) {
      const own = forms > 0 ? OF_A_FORM : args[1];
      marks.push(typeof args[1] === 'number' ? Number(own) : null);
    }
    switch (operator) {
      case OPS.transform:
        state = { ...state, matrix: within(state.matrix, matrixOf(args)) };
        break;
      case OPS.beginGroup:
        state = { ...state, opacity: 1, veil: state.veil * state.opacity };
        break;
      case OPS.paintFormXObjectBegin: {
        if (args[0]) state = { ...state, matrix: within(state.matrix, matrixOf(args[0])) };
        break;
      }
      case OPS.endMarkedContent:
        marks.pop();
        break;
      case OPS.clip:
      case OPS.eoClip:
        clipping = true;
        break;
      case OPS.constructPath: {
        const box = boxOf(args[2]);
        if (clipping)
          state = { ...state, clip: common(state.clip, box ? moved(state.matrix, box) : NOTHING) };
        else if (box && args[0] !== OPS.endPath) add('shape', box, state.matrix);
        clipping = false;
        break;
      }
      case OPS.paintImageXObject:
      case OPS.paintInlineImageXObject:
      case OPS.shadingFill:
        add('shape', { left: 0, bottom: 0, right: 1, top: 1 }, state.matrix);
        break;
      case OPS.setGState:
        state = { ...state, opacity: opacityIn(args[0]) ?? state.opacity };
        break;
      case OPS.setFont:
        state = { ...state, fontSize: Number(args[1]) };
        break;
      case OPS.beginText:
        [line, pen] = [UNMOVED, 0];
        break;
      case OPS.setTextMatrix:
        [line, pen] = [matrixOf(args[0]), 0];
        break;
      case OPS.moveText: {
        [line, pen] = [within(line, [1, 0, 0, 1, Number(args[0]), Number(args[1])]), 0];
        break;
      }
      case OPS.showText: {
        const start = pen;
        let [text, missing] = ['', 0];
        for (const one of Array.isArray(args[0]) ? args[0] : []) {
          if (typeof one === 'number') pen -= (one / 1000) * state.fontSize;
          if (!isGlyph(one)) continue;
          pen += (one.width / 1000) * state.fontSize;
          text += one.unicode;
          if (one.originalCharCode === 0) missing += 1;
        }
        const ink = { bottom: INK.bottom * state.fontSize, top: INK.top * state.fontSize };
        add('text', { left: start, right: pen, ...ink }, within(state.matrix, line), text, missing);
        break;
      }
    }
  }
  return painted;
}

/** Letters are painted one by one, where kerning puts them: those of one line that touch are one text. */
function goesOn(before: Painted, { kind, box, clip, marked, opaque }: Painted): boolean {
  const ink = box.top - box.bottom;
  const gap = box.left - before.box.right;
  return (
    kind === 'text' &&
    before.kind === 'text' &&
    before.marked === marked &&
    before.clip === clip &&
    before.opaque === opaque &&
    Math.abs(before.box.bottom - box.bottom) < 0.01 &&
    Math.abs(before.box.top - box.top) < 0.01 &&
    gap > -NARROWED * ink &&
    gap < ink
  );
}

/** A blank that is not painted is a gap. */
function joined(before: Painted, { box, text, missing }: Painted): Painted {
  const isApart = box.left - before.box.right > BLANK * (box.top - box.bottom);
  return {
    ...before,
    box: {
      ...before.box,
      left: Math.min(before.box.left, box.left),
      right: Math.max(before.box.right, box.right),
    },
    text: before.text + (isApart && !before.text.endsWith(' ') ? ' ' : '') + text,
    missing: before.missing + missing,
  };
}

/** Chinese punctuation may give up half its width, which is as wide as ink is high, to the sign beside it. */
const NARROWED = 1.2;

/** The narrowest gap between words, as a part of the height of ink. */
const BLANK = 0.3;

const NOTHING: Box = { left: 0, bottom: 0, right: 0, top: 0 };

/** The box Mozilla's reader gives with a path; it is infinite, or absent, where the path is empty. */
function boxOf(given: unknown): Box | undefined {
  const [left = Number.NaN, bottom = Number.NaN, right = Number.NaN, top = Number.NaN] = numbersOf(given);
  return [left, bottom, right, top].every(Number.isFinite) ? { left, bottom, right, top } : undefined;
}

/** What a state of graphics, as pairs of names and values, says of the opacity of what is filled. */
function opacityIn(pairs: unknown): number | undefined {
  const all: readonly unknown[] = Array.isArray(pairs) ? pairs : [];
  const pair = all.find((one) => Array.isArray(one) && one[0] === 'ca');
  return Array.isArray(pair) ? Number(pair[1]) : undefined;
}

function matrixOf(given: unknown): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(given);
  return [a, b, c, d, e, f];
}

function numbersOf(given: unknown): number[] {
  return Array.isArray(given) || given instanceof Float32Array ? Array.from(given, Number) : [];
}

interface Glyph {
  readonly unicode: string;
  readonly width: number;
  readonly originalCharCode: number;
}

/** What the reader shows a glyph as; a number between two is a distance. */
function isGlyph(one: unknown): one is Glyph {
  return (
    one !== null && typeof one === 'object' && 'unicode' in one && 'width' in one && 'originalCharCode' in one
  );
}
