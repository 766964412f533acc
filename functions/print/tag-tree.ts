import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
} from '@cantoo/pdf-lib';

/** A tag of a document: an element of its structure, with where it hangs. */
export interface Tag {
  readonly ref: PDFRef;
  readonly element: PDFDict;
  readonly parent: Tag | undefined;
}

/** What a tag holds besides tags: a marked part of a page or form, by its number, or an annotation. */
export type Leaf =
  | { readonly kind: 'mark'; readonly owner: PDFRef; readonly mark: number }
  | { readonly kind: 'object'; readonly ref: PDFRef };

const K = PDFName.of('K');
const S = PDFName.of('S');
const P = PDFName.of('P');
const PG = PDFName.of('Pg');

/** The root of a document's tags; undefined if it has none. */
export function rootOf({ catalog }: PDFDocument): PDFDict | undefined {
  return catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
}

/** Every tag in reading order. */
export function tagsOf(document: PDFDocument): Tag[] {
  const root = rootOf(document);
  const found: Tag[] = [];
  const visit = (holder: PDFDict, parent: Tag | undefined): void => {
    for (const kid of kidsOf(holder)) {
      const element = document.context.lookup(kid);
      if (!(kid instanceof PDFRef && element instanceof PDFDict && element.has(S))) continue;
      const tag: Tag = { ref: kid, element, parent };
      found.push(tag);
      visit(element, tag);
    }
  };
  if (root) visit(root, undefined);
  return found;
}

/** What a tag, or the root, holds: tags, marks and annotations, in reading order. */
export function kidsOf(holder: PDFDict): PDFObject[] {
  const direct = holder.get(K);
  const kids = holder.lookup(K);
  if (kids instanceof PDFArray) return kids.asArray();
  return direct === undefined ? [] : [direct];
}

/** Gives a tag other kids. A tag among them has to be told of its parent beside. */
export function setKids(element: PDFDict, kids: readonly PDFObject[]): void {
  const [only, second] = kids;
  if (only === undefined) element.delete(K);
  else element.set(K, second === undefined ? only : element.context.obj([...kids]));
}

/** The type that a tag gives itself, without its slash. */
export function typeOf(element: PDFDict): string {
  return element.lookupMaybe(S, PDFName)?.asString().slice(1) ?? '';
}

export function setType(element: PDFDict, type: string): void {
  element.set(S, PDFName.of(type));
}

/** Puts a new tag between a tag and some of its kids, in place of the first of them. */
export function wrapKids(tag: Tag, type: string, kids: readonly PDFObject[]): void {
  const { context } = tag.element;
  const wrapper = context.obj({ Type: 'StructElem', S: type, P: tag.ref });
  const page = tag.element.get(PG);
  if (page) wrapper.set(PG, page);
  setKids(wrapper, kids);
  const ref = context.register(wrapper);
  for (const kid of kids) {
    const element = context.lookup(kid);
    if (element instanceof PDFDict && element.has(S)) element.set(P, ref);
  }
  const [first] = kids;
  setKids(
    tag.element,
    kidsOf(tag.element).flatMap((kid) => (kid === first ? [ref] : kids.includes(kid) ? [] : [kid])),
  );
}

/** Whether a tag is of one of these types, or stands within one that is. */
export function isWithin(tag: Tag | undefined, types: ReadonlySet<string>): boolean {
  return tag !== undefined && (types.has(typeOf(tag.element)) || isWithin(tag.parent, types));
}

/** The marks and annotations that a tag holds itself. */
export function leavesOf(element: PDFDict): Leaf[] {
  return kidsOf(element).flatMap((kid): Leaf[] => {
    const leaf = leafOf(element, kid);
    return leaf ? [leaf] : [];
  });
}

/** What a kid of a tag refers to; undefined if it is a tag. */
export function leafOf(element: PDFDict, kid: PDFObject): Leaf | undefined {
  const found = element.context.lookup(kid);
  const page = element.get(PG);
  if (found instanceof PDFNumber && page instanceof PDFRef)
    return { kind: 'mark', owner: page, mark: found.asNumber() };
  if (!(found instanceof PDFDict) || found.has(S)) return undefined;
  const object = found.get(PDFName.of('Obj'));
  if (object instanceof PDFRef) return { kind: 'object', ref: object };
  const mark = found.lookup(PDFName.of('MCID'));
  const owner = found.get(PDFName.of('Stm')) ?? found.get(PG) ?? page;
  return mark instanceof PDFNumber && owner instanceof PDFRef
    ? { kind: 'mark', owner, mark: mark.asNumber() }
    : undefined;
}
