import { PDFHexString, PDFString } from '@cantoo/pdf-lib';
import { type Instruction, instructionsOf, markOf } from './content-stream.ts';

/** A glyph as a content shows it. */
export interface Glyph {
  readonly code: number;
  /** How far the pen was moved from where the glyph before it was set out from; undefined if it follows that one. */
  readonly move: readonly [x: number, y: number] | undefined;
}

/** What stands for one piece of text: a letter, a ligature, a letter with its dots and marks. */
export interface Cluster {
  /** What it says beside the glyphs; undefined where the font's own map says it. */
  readonly text: string | undefined;
  readonly glyphs: readonly Glyph[];
}

/** A stretch of text set in one face, in the order in which it is shown. */
export interface TextRun {
  /** Where it stands in the content. */
  readonly start: number;
  readonly end: number;
  /** The number of the marked part it stands in; undefined outside of any. */
  readonly mark: number | undefined;
  /** As the content's resources name it. */
  readonly font: string;
  readonly size: number;
  /** Where it is set out, and how turned, as it is written. */
  readonly matrix: string;
  /** Shown from its end to its beginning, as from the left to the right of a text that runs the other way. */
  readonly reversed: boolean;
  /** False if more is done in it than setting glyphs of one face: it cannot be written anew. */
  readonly simple: boolean;
  readonly clusters: readonly Cluster[];
}

/** Reads a content's text, run by run, as Chromium writes it: each between BT and ET, in one face. */
export function runsOf(content: string): TextRun[] {
  const runs: TextRun[] = [];
  const marks: Instruction[] = [];
  let run: OpenRun | undefined;
  for (const one of instructionsOf(content)) {
    if (one.operator === 'BDC' || one.operator === 'BMC') marks.push(one);
    if (one.operator === 'BT') run = new OpenRun(one, marks);
    else if (one.operator === 'ET') {
      if (run) runs.push(run.closed(one));
      run = undefined;
    } else run?.take(one);
    if (one.operator === 'EMC') marks.pop();
  }
  return runs;
}

class OpenRun {
  readonly #start: number;
  readonly #mark: number | undefined;
  readonly #clusters: Cluster[] = [];
  #font = '';
  #size = 0;
  #matrix: string | undefined;
  #reversed: boolean;
  #simple = true;
  #said: { text: string; glyphs: Glyph[] } | undefined;
  #move: [number, number] | undefined = [0, 0];

  constructor({ start }: Instruction, marks: readonly Instruction[]) {
    this.#start = start;
    this.#mark = marks.flatMap((mark) => markOf(mark) ?? []).at(-1);
    this.#reversed = marks.some(({ operands }) => operands[0] === '/ReversedChars');
  }

  take(one: Instruction): void {
    const { operator, operands } = one;
    if (operator === 'BDC' || operator === 'BMC') {
      const text = actualText(one);
      if (text !== undefined) this.#said = { text, glyphs: [] };
      else if (operands[0] === '/ReversedChars') this.#reversed = true;
      else this.#simple = false;
    } else if (operator === 'EMC') {
      if (this.#said) this.#clusters.push(this.#said);
      this.#said = undefined;
    } else if (operator === 'Tf') {
      this.#simple &&= this.#font === '';
      this.#font = (operands[0] ?? '').slice(1);
      this.#size = Number(operands[1]);
    } else if (operator === 'Tm') {
      this.#simple &&= this.#matrix === undefined;
      this.#matrix = operands.join(' ');
      this.#move = [0, 0];
    } else if (operator === 'Td') {
      const [x, y] = this.#move ?? [0, 0];
      this.#move = [x + Number(operands[0]), y + Number(operands[1])];
    } else if (operator === 'Tj' && operands[0]?.startsWith('<')) {
      for (const [digits] of operands[0].matchAll(/[\dA-Fa-f]{4}/g)) this.#show(Number.parseInt(digits, 16));
    } else this.#simple = false;
  }

  #show(code: number): void {
    const glyph: Glyph = { code, move: this.#move };
    if (this.#said) this.#said.glyphs.push(glyph);
    else this.#clusters.push({ text: undefined, glyphs: [glyph] });
    this.#move = undefined;
  }

  closed({ end }: Instruction): TextRun {
    return {
      start: this.#start,
      end,
      mark: this.#mark,
      font: this.#font,
      size: this.#size,
      matrix: this.#matrix ?? '1 0 0 1 0 0',
      reversed: this.#reversed,
      simple: this.#simple,
      clusters: this.#clusters,
    };
  }
}

/** The text that a mark gives to what stands in it. */
function actualText({ operator, operands }: Instruction): string | undefined {
  const found =
    operator === 'BDC'
      ? /\/ActualText\s*(?:<([\dA-Fa-f]*)>|\(([\s\S]*)\)\s*>>$)/.exec(operands[1] ?? '')
      : null;
  if (!found) return undefined;
  if (found[1] !== undefined) return PDFHexString.of(found[1]).decodeText();
  return PDFString.of(found[2] ?? '').decodeText();
}

/**
 * What a run says, as it is read.
 *
 * @param map what the codes of its font stand for
 */
export function textOf({ clusters, reversed }: TextRun, map: ReadonlyMap<number, string>): string {
  const texts = clusters.map(
    ({ text, glyphs }) => text ?? glyphs.map(({ code }) => map.get(code) ?? '').join(''),
  );
  return (reversed ? texts.reverse() : texts).join('');
}
