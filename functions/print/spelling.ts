import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { type Composite, withComposites } from './composite-glyphs.ts';
import { readGlyphMap, writeGlyphMap } from './glyph-map.ts';
import { TrueType } from './truetype.ts';

/** A font has 65,536 codes at most. */
const CODES = 0x10000;

/** A font to which glyphs can be added, each with the text that it says. */
export class Spelling {
  readonly font: TrueType;
  readonly #dictionary: PDFDict;
  readonly #descendant: PDFDict;
  readonly #descriptor: PDFDict;
  readonly #map: Map<number, string>;
  readonly #bytes: Uint8Array;
  readonly #added: Composite[] = [];
  readonly #codes = new Map<string, number>();

  private constructor(dictionary: PDFDict, descendant: PDFDict, descriptor: PDFDict, file: PDFRawStream) {
    this.#dictionary = dictionary;
    this.#descendant = descendant;
    this.#descriptor = descriptor;
    this.#map = readGlyphMap(dictionary);
    this.#bytes = decodePDFRawStream(file).decode();
    this.font = new TrueType(this.#bytes);
  }

  /** @returns undefined if it is not a font whose codes are the numbers of the glyphs in a TrueType file inside */
  static of(dictionary: PDFDict): Spelling | undefined {
    const descendant = dictionary
      .lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)
      ?.lookupMaybe(0, PDFDict);
    const descriptor = descendant?.lookupMaybe(PDFName.of('FontDescriptor'), PDFDict);
    const file = descriptor?.lookup(PDFName.of('FontFile2'));
    const isDirect =
      String(dictionary.get(PDFName.of('Encoding'))) === '/Identity-H' &&
      String(descendant?.get(PDFName.of('CIDToGIDMap'))) === '/Identity';
    if (!descendant || !descriptor || !(file instanceof PDFRawStream) || !isDirect) return undefined;
    return new Spelling(dictionary, descendant, descriptor, file);
  }

  /** What a code says by the font's own map. */
  saidBy(code: number): string | undefined {
    return this.#map.get(code);
  }

  /** How far the pen moves after a glyph, own or added, in the font's units. */
  advance(code: number): number {
    return this.#added[code - this.font.glyphs]?.advance ?? this.font.advance(code);
  }

  /** The code of a glyph that looks like these parts and says this text, added where there is none yet. */
  codeOf(text: string, composite: Composite): number {
    const parts = composite.parts.map(({ glyph, x, y }) => `${glyph},${x},${y}`);
    const key = `${text} ${composite.advance} ${parts.join(' ')}`;
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    const code = this.font.glyphs + this.#added.length;
    if (code >= CODES) throw new RangeError('a font has no place for another glyph');
    this.#added.push(composite);
    this.#codes.set(key, code);
    this.#map.set(code, text);
    return code;
  }

  /** Writes the font with what was added; codes that said nothing are shown no more. */
  save(): void {
    if (this.#added.length === 0) return;
    const { context } = this.#dictionary;
    const bytes = withComposites(this.#bytes, this.#added);
    replace(this.#descriptor, 'FontFile2', context.flateStream(bytes, { Length1: bytes.length }));
    const said = new Map([...this.#map].filter(([, text]) => text !== '' && text !== '\0'));
    replace(this.#dictionary, 'ToUnicode', context.flateStream(writeGlyphMap(said)));
    const widths = this.#descendant.lookupMaybe(PDFName.of('W'), PDFArray)?.clone() ?? context.obj([]);
    widths.push(PDFNumber.of(this.font.glyphs));
    widths.push(context.obj(this.#added.map(({ advance }) => (advance * 1000) / this.font.unitsPerEm)));
    this.#descendant.set(PDFName.of('W'), widths);
  }
}

function replace(holder: PDFDict, name: string, stream: PDFRawStream): void {
  const old = holder.get(PDFName.of(name));
  if (old instanceof PDFRef) holder.context.assign(old, stream);
  else holder.set(PDFName.of(name), holder.context.register(stream));
}
