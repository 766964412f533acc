import { PDFArray, PDFDict, type PDFDocument, PDFName } from '@cantoo/pdf-lib';

/** A font that pages show text in. */
export interface FontFact {
  /** Its PostScript name, without the prefix of a subset. */
  readonly name: string;
  readonly embedded: boolean;
  readonly type3: boolean;
}

/** True if it carries a structure tree, and says that what it shows is in it. */
export function isTagged({ catalog }: PDFDocument): boolean {
  const marks = catalog.lookupMaybe(PDFName.of('MarkInfo'), PDFDict);
  const tree = catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  return tree?.has(PDFName.of('K')) === true && marks?.get(PDFName.of('Marked'))?.toString() === 'true';
}

/** Every font of the document by name; a composite font is embedded if its descendant is. */
export function fontsOf({ context }: PDFDocument): FontFact[] {
  const fonts: FontFact[] = [];
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || nameOf(object, 'Type') !== 'Font') continue;
    const subtype = nameOf(object, 'Subtype');
    // Parts of a composite font, which is listed itself.
    if (subtype === 'CIDFontType0' || subtype === 'CIDFontType2') continue;
    const type3 = subtype === 'Type3';
    const descriptor = descriptorOf(object);
    const name = nameOf(object, 'BaseFont') ?? (descriptor && nameOf(descriptor, 'FontName')) ?? 'unnamed';
    fonts.push({
      name: name.replace(/^[A-Z]{6}\+/, ''),
      // The shapes of a Type 3 font are part of the font itself.
      embedded:
        type3 ||
        ['FontFile', 'FontFile2', 'FontFile3'].some((file) => descriptor?.has(PDFName.of(file)) === true),
      type3,
    });
  }
  return fonts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function descriptorOf(font: PDFDict): PDFDict | undefined {
  const described =
    font.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.lookupMaybe(0, PDFDict) ?? font;
  return described.lookupMaybe(PDFName.of('FontDescriptor'), PDFDict);
}

function nameOf(dictionary: PDFDict, key: string): string | undefined {
  return dictionary.lookupMaybe(PDFName.of(key), PDFName)?.decodeText();
}
