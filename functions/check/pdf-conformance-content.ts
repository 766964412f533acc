import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFRef } from '@cantoo/pdf-lib';
import type { Check } from '../compute/figures.ts';
import { type Instruction, instructionsOf, markOf, PAINTS } from '../print/content-stream.ts';
import { type Content, contentsOf } from '../print/page-content.ts';
import { leavesOf, tagsOf } from '../print/tag-tree.ts';
import { judged, unless } from './pdf-judged.ts';

const name = PDFName.of;

/** That everything on a page is content with a tag, or an artifact; and that links and pages say what they must. */
export function contentRules(document: PDFDocument): Check[] {
  return [marked(document), linksDescribed(document), pagesInOrder(document)];
}

function marked(document: PDFDocument): Check {
  const tagged = new Set(
    tagsOf(document).flatMap(({ element }) =>
      leavesOf(element).flatMap((leaf) => (leaf.kind === 'mark' ? [keyOf(leaf.owner, leaf.mark)] : [])),
    ),
  );
  const contents = contentsOf(document);
  const wrong = contents.flatMap((content, index) =>
    faultsOf(content, tagged).map(
      (fault) => `${content.kind === 'page' ? `page ${index + 1}` : `a form`}: ${fault}`,
    ),
  );
  return judged(
    'all-content-marked',
    'What is neither tagged nor an artifact is read out at random, or never.',
    wrong,
    `${tagged.size} marked parts, the rest artifacts`,
  );
}

function faultsOf(content: Content, tagged: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const marks: Instruction[] = [];
  for (const one of instructionsOf(content.text)) {
    if (one.operator === 'BDC' || one.operator === 'BMC') {
      const number = markOf(one);
      const isArtifact = one.operands[0] === '/Artifact';
      if (isArtifact && marks.some((mark) => markOf(mark) !== undefined))
        faults.push('an artifact within content');
      if (number !== undefined && marks.some(({ operands }) => operands[0] === '/Artifact'))
        faults.push('content within an artifact');
      if (number !== undefined && !tagged.has(keyOf(content.ref, number)))
        faults.push(`part ${number} has no tag`);
      marks.push(one);
    } else if (one.operator === 'EMC') {
      if (marks.pop() === undefined) faults.push('a mark ends that never began');
    } else if (PAINTS.has(one.operator) && one.operator !== 'Do') {
      const isMarked = marks.some((mark) => markOf(mark) !== undefined || mark.operands[0] === '/Artifact');
      if (!isMarked) faults.push(`${one.operator} at byte ${one.start} is neither`);
    }
  }
  if (marks.length > 0) faults.push('a mark does not end');
  return faults;
}

function keyOf(ref: PDFRef, mark: number): string {
  return `${ref.tag} ${mark}`;
}

function linksDescribed(document: PDFDocument): Check {
  const held = new Set(
    tagsOf(document).flatMap(({ element }) =>
      leavesOf(element).flatMap((leaf) =>
        leaf.kind === 'object' ? [document.context.lookup(leaf.ref)] : [],
      ),
    ),
  );
  let links = 0;
  const wrong = document.getPages().flatMap((page, index) => {
    const annotations = page.node.lookupMaybe(name('Annots'), PDFArray);
    return (annotations?.asArray() ?? []).flatMap((_, at) => {
      const annotation = annotations?.lookup(at, PDFDict);
      if (!annotation || String(annotation.get(name('Subtype'))) !== '/Link') return [];
      links++;
      const flags = annotation.lookup(name('F'));
      return [
        ...unless(annotation.lookup(name('Contents')) !== undefined, 'says not where it leads'),
        ...unless(held.has(annotation), 'is in no tag'),
        ...unless(annotation.has(name('StructParent')), 'does not know its tag'),
        // Printed, and neither hidden nor out of view.
        ...unless(flags instanceof PDFNumber && (flags.asNumber() & 0b100111) === 0b100, 'may be hidden'),
      ].map((fault) => `a link on page ${index + 1} ${fault}`);
    });
  });
  return judged(
    'links-described',
    'A link that says nothing of itself is “link” to whoever hears the page.',
    wrong,
    `${links} links`,
  );
}

function pagesInOrder(document: PDFDocument): Check {
  const wrong = document
    .getPages()
    .flatMap((page, index) => [
      ...unless(
        String(page.node.get(name('Tabs'))) === '/S',
        `page ${index + 1} has another order of tabs than its tags`,
      ),
      ...unless(page.node.has(name('StructParents')), `page ${index + 1} does not know its tags`),
    ]);
  return judged(
    'tabs-in-order',
    'Whoever goes from link to link by keyboard jumps across the page where its order is not the tags’.',
    wrong,
    'the order of tabs is that of the tags',
  );
}
