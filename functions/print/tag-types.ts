import { PDFDict, type PDFDocument, PDFName, type PDFObject } from '@cantoo/pdf-lib';
import { kidsOf, rootOf, setType, type Tag, tagsOf, typeOf, wrapKids } from './tag-tree.ts';

/**
 * Makes of the tags that Chromium writes those that readers are promised: each type is a standard one or says which it
 * stands for, an item of a list has a body, and a figure without words of its own is the group that it is.
 *
 * @see ISO 14289-1, 7.1, 7.2 and 7.3
 */
export function standardiseTags(document: PDFDocument): void {
  const used = new Set<string>();
  for (const tag of tagsOf(document)) {
    const { element } = tag;
    // `<figure>` holds a chart, whose own figure says what it shows, with its caption and numbers; or a table.
    if (typeOf(element) === 'Figure' && !element.has(ALT)) setType(element, 'Div');
    if (typeOf(element) === 'LI') giveBody(tag);
    used.add(typeOf(element));
  }
  const roles = Object.entries(STANDS_FOR).filter(([type]) => used.has(type));
  if (roles.length > 0)
    rootOf(document)?.set(PDFName.of('RoleMap'), document.context.obj(Object.fromEntries(roles)));
}

const ALT = PDFName.of('Alt');

/** Types of PDF 2.0 that Chromium writes into older files, and what PDF 1.7 has for them. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  Strong: 'Span',
  Em: 'Span',
  Sub: 'Span',
  Title: 'P',
  Aside: 'Div',
  FENote: 'Note',
  DocumentFragment: 'Div',
};

/** All that is not the item's label is its body, each stretch of it one. */
function giveBody(item: Tag): void {
  const { context } = item.element;
  const isPart = (kid: PDFObject) => {
    const found = context.lookup(kid);
    return found instanceof PDFDict && ['Lbl', 'LBody'].includes(typeOf(found));
  };
  const rest = kidsOf(item.element).filter((kid) => !isPart(kid));
  if (rest.length > 0) wrapKids(item, 'LBody', rest);
}
