import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';

/** A stream that draws: a page's, or of a form that pages draw. */
export class Content {
  readonly kind: 'page' | 'form';
  /** The page, or the form itself: what names the resources and the key into the tree of parents. */
  readonly owner: PDFDict;
  /** How the tags refer to it. */
  readonly ref: PDFRef;
  /** Height of the page in points; of a form, zero. */
  readonly height: number;
  /** What it draws, one character a byte; whoever changes it saves it. */
  text: string;
  readonly #place: PDFRef;
  readonly #stream: PDFRawStream;

  constructor(of: Pick<Content, 'kind' | 'owner' | 'ref' | 'height'>, place: PDFRef, stream: PDFRawStream) {
    this.kind = of.kind;
    this.owner = of.owner;
    this.ref = of.ref;
    this.height = of.height;
    this.text = Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
    this.#place = place;
    this.#stream = stream;
  }

  save(): void {
    const { dict } = this.#stream;
    const fresh = dict.context.flateStream(new Uint8Array(Buffer.from(this.text, 'latin1')));
    for (const [key, value] of dict.entries())
      if (!STREAM_KEYS.has(key.asString())) fresh.dict.set(key, value);
    dict.context.assign(this.#place, fresh);
  }
}

/** Every page's content, then that of every form. @throws SyntaxError if a page's content is not one stream */
export function contentsOf(document: PDFDocument): Content[] {
  const { context } = document;
  const pages = document.getPages().map((page) => {
    const held = page.node.get(CONTENTS);
    const list = context.lookup(held);
    const place = list instanceof PDFArray && list.size() === 1 ? list.get(0) : held;
    const stream = context.lookup(place);
    if (!(place instanceof PDFRef && stream instanceof PDFRawStream))
      throw new SyntaxError('a page’s content is not one stream');
    return new Content(
      { kind: 'page', owner: page.node, ref: page.ref, height: page.getHeight() },
      place,
      stream,
    );
  });
  const forms = context.enumerateIndirectObjects().flatMap(([ref, object]) => {
    const isForm = object instanceof PDFRawStream && object.dict.get(PDFName.of('Subtype')) === FORM;
    return isForm ? [new Content({ kind: 'form', owner: object.dict, ref, height: 0 }, ref, object)] : [];
  });
  return [...pages, ...forms];
}

const CONTENTS = PDFName.of('Contents');
const FORM = PDFName.of('Form');
const STREAM_KEYS: ReadonlySet<string> = new Set(['/Length', '/Filter', '/DecodeParms']);

/** A resource of some kind (`Font`, `XObject`) by the name that a content gives it. */
export function resourceOf(owner: PDFDict, kind: string, name: string): PDFObject | undefined {
  return owner
    .lookupMaybe(PDFName.of('Resources'), PDFDict)
    ?.lookupMaybe(PDFName.of(kind), PDFDict)
    ?.lookup(PDFName.of(name));
}
