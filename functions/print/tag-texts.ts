import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import type { PageText } from './browser-texts.ts';
import type { MarkedText } from './marked-text.ts';
import { leavesOf, setType, type Tag, typeOf } from './tag-tree.ts';

/** What the tags of a document are given words from. */
export interface TagWords {
  readonly tags: readonly Tag[];
  readonly shown: MarkedText;
  readonly said: ReadonlyMap<Tag, PageText>;
}

/** Says the language of every text that is in another than what it stands in. @see ISO 14289-1, 7.2 */
export function sayLanguages({ said }: TagWords, language: string): void {
  for (const [tag, { language: own }] of said) {
    if (own === '' || own === languageAround(tag, language)) continue;
    tag.element.set(LANG, PDFHexString.fromText(own));
    if (typeOf(tag.element) === 'NonStruct') setType(tag.element, 'Span');
  }
}

/** Says as it was written whatever is shown in another order, or with other characters. @see ISO 32000-1, 14.9.4 */
export function sayActualTexts({ said, shown }: TagWords): void {
  for (const [tag, { text }] of said) {
    if (plain(shown.of(tag)) !== plain(text))
      tag.element.set(PDFName.of('ActualText'), PDFHexString.fromText(text.trim()));
  }
}

/** Gives every link the words it is read out by: its own text, or where it leads. @see ISO 14289-1, 7.18.5 */
export function describeLinks({ context }: PDFDocument, words: TagWords): void {
  for (const link of words.tags.filter(({ element }) => typeOf(element) === 'Link')) {
    const text = textIn(link, words, ' ').replace(/\s+/g, ' ').trim();
    for (const leaf of leavesOf(link.element)) {
      const annotation = leaf.kind === 'object' ? context.lookup(leaf.ref) : undefined;
      if (annotation instanceof PDFDict)
        annotation.set(PDFName.of('Contents'), PDFHexString.fromText(text || destinationOf(annotation)));
    }
  }
}

const LANG = PDFName.of('Lang');

function languageAround({ parent }: Tag, language: string): string {
  for (let tag = parent; tag; tag = tag.parent) {
    const found = tag.element.lookup(LANG);
    if (found instanceof PDFString || found instanceof PDFHexString) return found.decodeText();
  }
  return language;
}

/** What a tag and all in it say, joined; as the page has it where that is known. */
export function textIn(above: Tag, { tags, said, shown }: TagWords, joint = ''): string {
  const within = (tag: Tag | undefined): boolean =>
    tag === above || (tag !== undefined && within(tag.parent));
  return tags
    .filter(within)
    .map((tag) => said.get(tag)?.text ?? shown.of(tag))
    .join(joint);
}

function destinationOf(annotation: PDFDict): string {
  const address = annotation.lookupMaybe(PDFName.of('A'), PDFDict)?.lookup(PDFName.of('URI'));
  if (address instanceof PDFString || address instanceof PDFHexString) return address.decodeText();
  const place = annotation.lookup(PDFName.of('Dest'));
  return place instanceof PDFName ? `#${place.decodeText()}` : '#';
}

/** Without its spaces: where a line ends, none is shown. */
function plain(text: string): string {
  return text.replace(/\s+/g, '');
}
