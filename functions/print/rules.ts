import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { LAYOUT } from './artifacts.ts';
import { instructionsOf, markOf, PAINTS, SHOWS } from './content-stream.ts';
import type { Content } from './page-content.ts';
import { isWithin, kidsOf, leafOf, rootOf, setKids, type Tag, tagsOf, typeOf } from './tag-tree.ts';

/** Where lines and areas are what there is to see. */
const DRAWN: ReadonlySet<string> = new Set(['Figure', 'Formula', 'Lbl']);

/**
 * Sets aside what a page draws of a heading, a link or a table besides its text, such as a rule below it: Chromium tags it
 * as their content, though it says nothing, and a table may hold nothing but rows.
 */
export function setRulesAside(document: PDFDocument, contents: readonly Content[]): void {
  const parents = parentsOf(rootOf(document));
  const wordless = new Map(
    contents.map((content) => [content.ref.tag, { content, marks: wordlessOf(content.text) }]),
  );
  const aside = new Map<Content, Set<number>>();
  for (const tag of tagsOf(document).filter((one) => !isWithin(one, DRAWN))) {
    const kept = kidsOf(tag.element).filter((kid) => {
      const leaf = leafOf(tag.element, kid);
      const found = leaf?.kind === 'mark' ? wordless.get(leaf.owner.tag) : undefined;
      if (leaf?.kind !== 'mark' || !found?.marks.has(leaf.mark)) return true;
      aside.set(found.content, (aside.get(found.content) ?? new Set()).add(leaf.mark));
      forget(parents, found.content, leaf.mark);
      return false;
    });
    if (kept.length < kidsOf(tag.element).length) keep(tag, kept);
  }
  for (const [content, marks] of aside) content.text = unmarked(content.text, marks);
}

/** A tag that only grouped what is set aside goes with it. */
function keep(tag: Tag, kept: readonly PDFObject[]): void {
  setKids(tag.element, kept);
  if (kept.length > 0 || typeOf(tag.element) !== 'NonStruct' || !tag.parent) return;
  keep(
    tag.parent,
    kidsOf(tag.parent.element).filter((kid) => kid !== tag.ref),
  );
}

/** The marks under which only lines and areas are painted. */
function wordlessOf(text: string): Set<number> {
  const painted = new Set<number>();
  const worded = new Set<number>();
  const marks: (number | undefined)[] = [];
  for (const one of instructionsOf(text)) {
    if (one.operator === 'BDC' || one.operator === 'BMC') marks.push(markOf(one));
    else if (one.operator === 'EMC') marks.pop();
    else if (PAINTS.has(one.operator)) {
      const mark = marks.findLast((number) => number !== undefined);
      if (mark === undefined) continue;
      if (SHOWS.has(one.operator) || one.operator === 'Do') worded.add(mark);
      else painted.add(mark);
    }
  }
  return new Set([...painted].filter((mark) => !worded.has(mark)));
}

function unmarked(text: string, marks: ReadonlySet<number>): string {
  let done = 0;
  const parts: string[] = [];
  for (const one of instructionsOf(text)) {
    const mark = markOf(one);
    if (mark === undefined || !marks.has(mark)) continue;
    parts.push(text.slice(done, one.start), `/Artifact ${LAYOUT} BDC`);
    done = one.end;
  }
  return parts.join('') + text.slice(done);
}

/** The tags of every page's and form's marks, by the key that it names. @see ISO 32000-1, 14.7.4.4 */
function parentsOf(root: PDFDict | undefined): Map<number, PDFArray> {
  const parents = new Map<number, PDFArray>();
  const visit = (node: PDFObject | undefined): void => {
    if (!(node instanceof PDFDict)) return;
    const kids = node.lookupMaybe(PDFName.of('Kids'), PDFArray);
    for (let at = 0; kids && at < kids.size(); at++) visit(kids.lookup(at));
    const pairs = node.lookupMaybe(PDFName.of('Nums'), PDFArray);
    for (let at = 0; pairs && at + 1 < pairs.size(); at += 2) {
      const [key, tags] = [pairs.lookup(at), pairs.lookup(at + 1)];
      if (key instanceof PDFNumber && tags instanceof PDFArray) parents.set(key.asNumber(), tags);
    }
  };
  visit(root?.lookup(PDFName.of('ParentTree')));
  return parents;
}

function forget(parents: ReadonlyMap<number, PDFArray>, { owner }: Content, mark: number): void {
  const key = owner.lookup(PDFName.of('StructParents'));
  if (key instanceof PDFNumber) parents.get(key.asNumber())?.set(mark, PDFNull);
}
