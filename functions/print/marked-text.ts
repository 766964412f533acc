import { PDFDict, type PDFRef } from '@cantoo/pdf-lib';
import { runsOf, textOf } from './clusters.ts';
import { readGlyphMap } from './glyph-map.ts';
import { type Content, resourceOf } from './page-content.ts';
import { leavesOf, type Tag } from './tag-tree.ts';

/** The text of every marked part of a document, as the pages show it: from left to right, each run as it is read. */
export class MarkedText {
  readonly #texts = new Map<string, string>();

  constructor(contents: readonly Content[]) {
    const maps = new Map<PDFDict, ReadonlyMap<number, string>>();
    for (const content of contents)
      for (const run of runsOf(content.text)) {
        const font = resourceOf(content.owner, 'Font', run.font);
        if (run.mark === undefined || !(font instanceof PDFDict)) continue;
        const map = maps.get(font) ?? readGlyphMap(font);
        maps.set(font, map);
        const key = keyOf(content.ref, run.mark);
        this.#texts.set(key, (this.#texts.get(key) ?? '') + textOf(run, map));
      }
  }

  /** What a tag's own marked parts show. */
  of({ element }: Tag): string {
    return leavesOf(element)
      .map((leaf) => (leaf.kind === 'mark' ? (this.#texts.get(keyOf(leaf.owner, leaf.mark)) ?? '') : ''))
      .join('');
  }
}

function keyOf(ref: PDFRef, mark: number): string {
  return `${ref.tag} ${mark}`;
}
