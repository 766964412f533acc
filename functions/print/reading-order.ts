import { PDFDict } from '@cantoo/pdf-lib';
import type { PageText } from './browser-texts.ts';
import { runsOf, type TextRun, textOf } from './clusters.ts';
import { instructionsOf, markOf } from './content-stream.ts';
import { readGlyphMap } from './glyph-map.ts';
import { withEarlyEnds } from './mark-ends.ts';
import { type Content, resourceOf } from './page-content.ts';
import { type Leaf, leavesOf, type Tag } from './tag-tree.ts';

/**
 * Sets the texts of pages that are read from the right in the order in which they are read; Chromium sets each line from
 * its left to its right. Whoever takes text out of a file without its tags takes it in this order.
 *
 * Only texts that follow each other with nothing else between are moved, so that nothing is painted over.
 *
 * @param said what the tags say, as it was written
 */
export function setInReadingOrder(
  contents: readonly Content[],
  tags: readonly Tag[],
  said: ReadonlyMap<Tag, PageText>,
): void {
  const held = tags.map((tag) => ({ tag, leaves: leavesOf(tag.element) }));
  for (const content of contents.filter(({ text }) => text.includes('/ReversedChars'))) {
    content.text = withEarlyEnds(content.text);
    const own = held.filter(({ leaves }) => leaves.some((leaf) => isOf(leaf, content)));
    const ranks = ranksOf(content, own, said);
    if (ranks.size > 0) content.text = inOrder(content.text, ranks);
  }
}

/** A tag with the marked parts it holds. */
interface Held {
  readonly tag: Tag;
  readonly leaves: readonly Leaf[];
}

function isOf(leaf: Leaf, { ref }: Content): leaf is Extract<Leaf, { kind: 'mark' }> {
  return leaf.kind === 'mark' && leaf.owner === ref;
}

/** The place of every run in the order of reading, by where it stands in the content. */
function ranksOf(
  content: Content,
  held: readonly Held[],
  said: ReadonlyMap<Tag, PageText>,
): Map<number, number> {
  const maps = new Map<PDFDict, ReadonlyMap<number, string>>();
  const runs = new Map<number, Spoken[]>();
  for (const run of runsOf(content.text)) {
    const font = resourceOf(content.owner, 'Font', run.font);
    if (run.mark === undefined || !(font instanceof PDFDict)) continue;
    if (!maps.has(font)) maps.set(font, readGlyphMap(font));
    const text = textOf(run, maps.get(font) ?? new Map()).replace(/\s+/g, '');
    const [, , , , x = 0, y = 0] = run.matrix.split(' ').map(Number);
    runs.set(run.mark, [...(runs.get(run.mark) ?? []), { run, text, x, y }]);
  }
  const ranks = new Map<number, number>();
  for (const { tag, leaves } of held) {
    const isWhole = leaves.every((leaf) => leaf.kind !== 'mark' || isOf(leaf, content));
    const own = leaves.flatMap((leaf) => (isOf(leaf, content) ? (runs.get(leaf.mark) ?? []) : []));
    for (const { run } of asSaid(own, said.get(tag)?.text.replace(/\s+/g, '') ?? '', isWhole))
      ranks.set(run.start, ranks.size);
  }
  return ranks;
}

interface Spoken {
  readonly run: TextRun;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Runs in the order in which a text has them, line by line; as they were, where they are not all found in it. */
function asSaid(runs: readonly Spoken[], text: string, isWhole: boolean): readonly Spoken[] {
  const ordered: Spoken[] = [];
  const lines = Map.groupBy(runs, ({ y }) => y);
  let at = isWhole ? 0 : -1;
  for (const line of lines.values()) {
    const left = [...line].sort((a, b) => b.text.length - a.text.length || b.x - a.x);
    // A text that goes on from another page begins within.
    if (at < 0) at = beginningOf(left, text);
    while (left.length > 0) {
      const next = left.findIndex((one) => text.startsWith(one.text, at));
      const [found] = next < 0 ? [] : left.splice(next, 1);
      if (!found) return runs;
      at += found.text.length;
      ordered.push(found);
    }
  }
  return ordered;
}

/** Where a line stands in a text: where so many of its characters come together, in whatever order. */
function beginningOf(line: readonly Spoken[], text: string): number {
  const characters = [...line.map((one) => one.text).join('')].sort().join('');
  for (let at = 0; at + characters.length <= text.length; at++) {
    const there = text.slice(at, at + characters.length);
    if ([...there].sort().join('') === characters) return at;
  }
  return 0;
}

/** A text within a mark, with what it is set by. */
interface Item {
  readonly mark: string;
  readonly text: string;
  readonly state: string;
  readonly rank: number;
}

/** Whatever sets the colours and the transparency that a text is drawn with. */
const SETS: ReadonlySet<string> = new Set(['rg', 'RG', 'gs']);

function inOrder(text: string, ranks: ReadonlyMap<number, number>): string {
  const stretches = stretchesOf(text, ranks);
  let done = 0;
  const parts: string[] = [];
  for (const { start, end, items, state } of stretches) {
    parts.push(text.slice(done, start), written(items, state));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Item[];
  /** What is set after it. */
  readonly state: string;
}

/** Marked texts that follow each other, with nothing but settings between. */
function stretchesOf(text: string, ranks: ReadonlyMap<number, number>): Stretch[] {
  const stretches: Stretch[] = [];
  const saved: Map<string, string>[] = [];
  let set = new Map<string, string>();
  let open: { start: number; end: number; items: Item[]; state: string } | undefined;
  let mark: { start: number; text: string; items: Item[] } | undefined;
  let begun: number | undefined;
  let depth = 0;
  // Each setting once, so that a text says all that it is set by wherever it is moved to.
  const state = () => [...SETS].map((operator) => set.get(operator) ?? '').join(' ');
  const close = () => {
    if (open && open.items.length > 1) stretches.push(open);
    open = mark = undefined;
  };
  for (const one of instructionsOf(text)) {
    const { operator, start, end } = one;
    if (SETS.has(operator)) set.set(operator, text.slice(start, end));
    else if (begun !== undefined) {
      if (operator !== 'ET') continue;
      const rank = ranks.get(begun);
      if (mark && rank !== undefined && set.size === SETS.size)
        mark.items.push({ mark: mark.text, text: text.slice(begun, end), state: state(), rank });
      else close();
      begun = undefined;
    } else if (operator === 'BT') begun = start;
    else if (operator === 'BDC' && markOf(one) !== undefined && depth === 0) {
      mark = { start, text: text.slice(start, end), items: [] };
      depth++;
    } else if (operator === 'EMC' && depth === 1 && mark && mark.items.length > 0) {
      open ??= { start: mark.start, end, items: [], state: '' };
      open.items.push(...mark.items);
      open.end = end;
      open.state = state();
      mark = undefined;
      depth--;
    } else {
      close();
      if (operator === 'BDC' || operator === 'BMC') depth++;
      else if (operator === 'EMC') depth--;
      else if (operator === 'q') saved.push(new Map(set));
      else if (operator === 'Q') set = saved.pop() ?? new Map();
    }
  }
  close();
  return stretches;
}

function written(items: readonly Item[], after: string): string {
  const lines: string[] = [];
  let [state, mark] = ['', ''];
  for (const item of [...items].sort((a, b) => a.rank - b.rank)) {
    if (mark !== item.mark && mark !== '') lines.push('EMC');
    if (item.state !== state) lines.push(item.state);
    if (mark !== item.mark) lines.push(item.mark);
    lines.push(item.text);
    [state, mark] = [item.state, item.mark];
  }
  lines.push('EMC');
  if (state !== after) lines.push(after);
  return lines.join('\n');
}
