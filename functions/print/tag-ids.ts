import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { attributesOf } from './tag-attributes.ts';

/**
 * Gives the tags that others refer to (the heads of a table's columns) ids that count from one.
 *
 * Chromium takes the numbers of its nodes, which go on counting from whatever it had loaded before: two prints of one
 * page would differ.
 */
export function renumberTagIds({ catalog, context }: PDFDocument): void {
  const root = catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  if (!root) return;
  const tags = context
    .enumerateIndirectObjects()
    .flatMap(([ref, object]) =>
      object instanceof PDFDict && object.get(TYPE) === STRUCT_ELEM ? [{ ref, tag: object }] : [],
    );
  const renamed = new Map<string, PDFString>();
  const names: PDFObject[] = [];
  for (const { ref, tag } of tags) {
    const id = tag.lookup(ID);
    if (!(id instanceof PDFString)) continue;
    const name = PDFString.of(`tag${String(renamed.size + 1).padStart(6, '0')}`);
    renamed.set(id.asString(), name);
    names.push(name, ref);
    tag.set(ID, name);
  }
  for (const { tag } of tags) for (const attributes of attributesOf(tag)) renameHeaders(attributes, renamed);
  removeTree(root.get(ID_TREE));
  if (names.length === 0) root.delete(ID_TREE);
  // Names of one length in counting order are in the order that a tree of names asks for.
  else root.set(ID_TREE, context.register(context.obj({ Names: names })));

  function removeTree(node: PDFObject | undefined): void {
    const tree = context.lookup(node);
    if (!(tree instanceof PDFDict)) return;
    for (const kid of tree.lookupMaybe(PDFName.of('Kids'), PDFArray)?.asArray() ?? []) removeTree(kid);
    if (node instanceof PDFRef) context.delete(node);
  }
}

const TYPE = PDFName.of('Type');
const STRUCT_ELEM = PDFName.of('StructElem');
const ID = PDFName.of('ID');
const ID_TREE = PDFName.of('IDTree');

function renameHeaders(attributes: PDFDict, renamed: ReadonlyMap<string, PDFString>): void {
  const headers = attributes.lookupMaybe(PDFName.of('Headers'), PDFArray);
  for (const [index, header] of (headers?.asArray() ?? []).entries()) {
    const name = header instanceof PDFString ? renamed.get(header.asString()) : undefined;
    if (name) headers?.set(index, name);
  }
}
