import { PDFArray, PDFDict, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';

/** A tag's attributes, each group of them. */
export function attributesOf(element: PDFDict): PDFDict[] {
  const attributes = element.lookup(PDFName.of('A'));
  if (attributes instanceof PDFDict) return [attributes];
  if (!(attributes instanceof PDFArray)) return [];
  return attributes
    .asArray()
    .map((_, index) => attributes.lookup(index))
    .filter((one) => one instanceof PDFDict);
}

/** How many columns or rows a cell takes: a number among its attributes, 1 where it has none. */
export function spanOf(element: PDFDict, name: 'ColSpan' | 'RowSpan'): number {
  const found = attributesOf(element).flatMap((one) => one.lookup(PDFName.of(name)) ?? [])[0];
  return found instanceof PDFNumber ? found.asNumber() : 1;
}

/** The ids of the cells that a cell names as its heads. */
export function headersOf(element: PDFDict): string[] {
  return attributesOf(element).flatMap((one) =>
    (one.lookupMaybe(PDFName.of('Headers'), PDFArray)?.asArray() ?? []).flatMap((id) =>
      id instanceof PDFString ? [id.asString()] : [],
    ),
  );
}

/** Whether a cell heads a row or a column; undefined if it does not say. */
export function scopeOf(element: PDFDict): string | undefined {
  return attributesOf(element)
    .flatMap((one) => one.lookupMaybe(PDFName.of('Scope'), PDFName)?.decodeText() ?? [])
    .at(0);
}
