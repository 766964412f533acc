import { decodePDFRawStream, type PDFDict, PDFName, PDFRawStream } from '@cantoo/pdf-lib';

/** What each code of a font stands for, as its own map says. @see ISO 32000-1, 9.10.3 */
export function readGlyphMap(font: PDFDict): Map<number, string> {
  const stream = font.lookup(PDFName.of('ToUnicode'));
  const map = new Map<number, string>();
  if (!(stream instanceof PDFRawStream)) return map;
  const text = Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
  for (const [, kind, block] of text.matchAll(/begin(bfchar|bfrange)\b([\s\S]*?)\bendbf(?:char|range)/g)) {
    const codes = [...(block ?? '').matchAll(/<([\dA-Fa-f]+)>/g)].map(([, digits]) => digits ?? '');
    if (kind === 'bfchar')
      for (let at = 0; at + 1 < codes.length; at += 2) map.set(number(codes[at]), textOf(codes[at + 1]));
    else for (let at = 0; at + 2 < codes.length; at += 3) addRange(map, codes.slice(at, at + 3));
  }
  return map;
}

function addRange(map: Map<number, string>, [first, last, text]: readonly string[]): void {
  const start = textOf(text);
  const at = start.codePointAt(0) ?? 0;
  for (let code = number(first); code <= number(last); code++)
    map.set(code, String.fromCodePoint(at + code - number(first)) + start.slice(at > 0xffff ? 2 : 1));
}

/** The map as a font carries it: one line a code, in order. */
export function writeGlyphMap(map: ReadonlyMap<number, string>): string {
  const lines = [...map]
    .sort(([a], [b]) => a - b)
    .map(([code, text]) => `<${hex(code)}> <${[...text].map((one) => utf16(one)).join('')}>`);
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += LINES) {
    const block = lines.slice(at, at + LINES);
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar');
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

/** A block of a map may not have more lines. */
const LINES = 100;

function number(digits = ''): number {
  return Number.parseInt(digits, 16);
}

function textOf(digits = ''): string {
  const units = digits.match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
}

/** A code of a font as four digits. */
export function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

/** A character as hexadecimal UTF-16. */
export function utf16(character: string): string {
  return Array.from({ length: character.length }, (_, index) => hex(character.charCodeAt(index))).join('');
}
