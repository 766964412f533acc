import { PDFDict } from '@cantoo/pdf-lib';
import { type Cluster, runsOf, type TextRun } from './clusters.ts';
import { hex } from './glyph-map.ts';
import { type Content, resourceOf } from './page-content.ts';
import { Spelling } from './spelling.ts';

/**
 * Sets text anew wherever a letter is drawn with several glyphs, or with one that its font says otherwise of, such as
 * Arabic letters whose dots are glyphs of their own. Each becomes one glyph that looks the same and says the letter, and
 * the spaces between words become the words' own, so that whoever takes the text out of the file gets what was written.
 *
 * @see ISO 19005-3, 6.2.11.7.2: every glyph says what it stands for
 */
export function respell(contents: readonly Content[]): void {
  const spellings = new Map<PDFDict, Spelling | undefined>();
  for (const content of contents.filter(({ text }) => /\/(ActualText|ReversedChars)/.test(text))) {
    const spellingOf: SpellingOf = (name) => {
      const font = resourceOf(content.owner, 'Font', name);
      if (!(font instanceof PDFDict)) return undefined;
      if (!spellings.has(font)) spellings.set(font, Spelling.of(font));
      return spellings.get(font);
    };
    const parts: string[] = [];
    let done = 0;
    for (const line of wordsOf(content.text, spellingOf)) {
      const [first] = line;
      const last = line.at(-1);
      const spelling = first && spellingOf(first.font);
      const isSaid = first?.clusters.some(({ text }) => text !== undefined);
      if (!first?.simple || !last || !spelling || (line.length === 1 && !isSaid)) continue;
      parts.push(
        content.text.slice(done, first.start),
        written(first, respelled(line, spelling, spellingOf), spelling),
      );
      done = last.end;
    }
    if (done > 0) content.text = parts.join('') + content.text.slice(done);
  }
  for (const spelling of spellings.values()) spelling?.save();
}

type SpellingOf = (font: string) => Spelling | undefined;

/**
 * Runs, each alone; or several that are one line's words in one face, shown from their end, with the spaces between: those
 * may be set in another face, which comes first in the page's list.
 */
function wordsOf(content: string, spellingOf: SpellingOf): TextRun[][] {
  const lines: TextRun[][] = [];
  const runs = runsOf(content);
  for (let at = 0; at < runs.length; ) {
    const line = runs.slice(at, at + 1);
    const [first] = line;
    while (first?.reversed && first.simple) {
      const [space, word] = runs.slice(at + line.length, at + line.length + 2);
      if (
        !space ||
        !word ||
        !isSpace(space, spellingOf(space.font)) ||
        !goesOn(line.at(-1) ?? first, space, word, content)
      )
        break;
      line.push(space, word);
    }
    lines.push(line);
    at += line.length;
  }
  return lines;
}

function isSpace({ simple, clusters }: TextRun, spelling: Spelling | undefined): boolean {
  const texts = clusters.map(
    ({ text, glyphs: [glyph] }) => text ?? spelling?.saidBy(glyph?.code ?? 0) ?? '?',
  );
  return simple && texts.join('') === ' ';
}

/** That nothing else stands between, and that both words are of one line and face. */
function goesOn(before: TextRun, space: TextRun, word: TextRun, content: string): boolean {
  const between = [content.slice(before.end, space.start), content.slice(space.end, word.start)];
  return (
    word.simple &&
    word.reversed &&
    word.font === before.font &&
    word.size === before.size &&
    word.mark === before.mark &&
    baselineOf(word) === baselineOf(before) &&
    between.every((text) => text.trim() === '')
  );
}

/** All of the matrix but the place along the line. */
function baselineOf({ matrix }: TextRun): string {
  return matrix.split(' ').toSpliced(4, 1).join(' ');
}

function startOf({ matrix }: TextRun): number {
  return Number(matrix.split(' ')[4]);
}

/** A glyph where it is set, from where the run is set out. */
interface Placed {
  readonly code: number;
  readonly x: number;
  readonly y: number;
}

/** @param line words of one face, and the spaces between, each in its own */
function respelled(line: readonly TextRun[], spelling: Spelling, spellingOf: SpellingOf): Placed[] {
  const [first] = line;
  if (!first) return [];
  const toText = first.size / spelling.font.unitsPerEm;
  return line.flatMap((run, index) => {
    const from = startOf(run) - startOf(first);
    if (index % 2 === 0) return respelledRun(run, from, spelling, toText);
    const [glyph] = run.clusters[0]?.glyphs ?? [];
    const own = spellingOf(run.font);
    const width = own && glyph ? (own.advance(glyph.code) * run.size) / own.font.unitsPerEm : 0;
    const code = spelling.codeOf(' ', { parts: [], advance: Math.round(width / toText) });
    return [{ code, x: from + (glyph?.move?.[0] ?? 0), y: 0 }];
  });
}

function respelledRun(run: TextRun, from: number, spelling: Spelling, toText: number): Placed[] {
  const placed: Placed[] = [];
  let [lineX, lineY, x] = [from, 0, from];
  for (const cluster of run.clusters) {
    const own = cluster.glyphs.map(({ code, move }): Placed => {
      if (move) {
        lineX += move[0];
        lineY += move[1];
        x = lineX;
      }
      const glyph = { code, x, y: lineY };
      x += spelling.advance(code) * toText;
      return glyph;
    });
    placed.push(...spelled(cluster, own, run.reversed, spelling, toText));
  }
  return placed;
}

/** The empty box: as part of another glyph, nobody would find it any more. */
const MISSING = 0;

/** In the order in which they are shown: where that is reversed, a cluster's later characters come first. */
function spelled(
  { text }: Cluster,
  glyphs: readonly Placed[],
  reversed: boolean,
  spelling: Spelling,
  toText: number,
): Placed[] {
  const [first] = glyphs;
  const isPlain = glyphs.length === 1 && first && spelling.saidBy(first.code) === text;
  if (!text || !first || isPlain || glyphs.some(({ code }) => code === MISSING)) return [...glyphs];
  const advance = (glyph: Placed) => spelling.font.advance(glyph.code);
  const base = glyphs.reduce((widest, glyph) => (advance(glyph) > advance(widest) ? glyph : widest), first);
  const parts = glyphs.map((glyph) => ({
    glyph: glyph.code,
    x: Math.round((glyph.x - base.x) / toText),
    y: Math.round((glyph.y - base.y) / toText),
  }));
  const [own = text, ...others] = reversed ? [...text] : [text];
  const silent = others.map((one) => ({
    code: spelling.codeOf(one, { parts: [], advance: 0 }),
    x: base.x,
    y: base.y,
  }));
  return [...silent.reverse(), { ...base, code: spelling.codeOf(own, { parts, advance: advance(base) }) }];
}

/** Text space counts in pixels here: this is far less than a printer's dot. */
const CLOSE = 0.005;

function written(run: TextRun, glyphs: readonly Placed[], spelling: Spelling): string {
  const toText = run.size / spelling.font.unitsPerEm;
  const lines = [`BT`, `/${run.font} ${run.size} Tf`, `${run.matrix} Tm`];
  let string = '';
  let [lineX, lineY, x] = [0, 0, 0];
  for (const glyph of glyphs) {
    if (Math.abs(glyph.x - x) > CLOSE || Math.abs(glyph.y - lineY) > CLOSE) {
      if (string !== '') lines.push(`<${string}> Tj`);
      string = '';
      const [moveX, moveY] = [rounded(glyph.x - lineX), rounded(glyph.y - lineY)];
      lines.push(`${moveX} ${moveY} Td`);
      lineX += moveX;
      lineY += moveY;
      x = lineX;
    }
    string += hex(glyph.code);
    x += spelling.advance(glyph.code) * toText;
  }
  if (string !== '') lines.push(`<${string}> Tj`);
  if (!run.reversed) return [...lines, 'ET'].join('\n');
  return [lines[0], '/ReversedChars BMC', ...lines.slice(1), 'EMC', 'ET'].join('\n');
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
