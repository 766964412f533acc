/** What a file's metadata says, as far as a judge needs it. */
export interface Xmp {
  readonly wellFormed: boolean;
  /** The first value of each property, by its prefixed name. */
  readonly values: ReadonlyMap<string, string>;
  /** Properties of no schema that PDF/A knows, or that the file declares. */
  readonly undeclared: readonly string[];
}

/** Schemas that PDF/A knows by themselves. @see ISO 19005-3, 6.6.2.3.1, and the XMP specification of 2005 */
const KNOWN = new Set([
  'dc',
  'pdf',
  'xmp',
  'xmpMM',
  'xmpRights',
  'xmpBJ',
  'xmpTPg',
  'pdfaid',
  'rdf',
  'x',
  'xml',
]);
const DECLARING = new Set(['pdfaExtension', 'pdfaSchema', 'pdfaProperty', 'pdfaType', 'pdfaField']);

/**
 * Reads metadata that is written as the program writes it: one element a property. Whether all of it is as the standard
 * wants it is a validator's question.
 */
export function readXmp(text: string): Xmp {
  const values = new Map<string, string>();
  const declared = declaredIn(text);
  const undeclared = new Set<string>();
  const wellFormed =
    /^<\?xpacket begin="\uFEFF"[\s\S]*<\?xpacket end="[rw]"\?>\s*$/.test(text) && balanced(text);
  const described = text.matchAll(/<rdf:Description\b[^>]*>([\s\S]*?)<\/rdf:Description>/g);
  for (const [, body = ''] of described)
    for (const [, property = '', value = ''] of body.matchAll(/<([A-Za-z]+:[A-Za-z]+)>([\s\S]*?)<\/\1>/g)) {
      const [prefix = ''] = property.split(':');
      if (DECLARING.has(prefix)) continue;
      if (!values.has(property)) values.set(property, plain(value));
      if (!KNOWN.has(prefix) && !declared.has(property)) undeclared.add(property);
    }
  return { wellFormed, values, undeclared: [...undeclared] };
}

function declaredIn(text: string): Set<string> {
  const declared = new Set<string>();
  const schemas = text.matchAll(
    /<pdfaSchema:prefix>(\w+)<\/pdfaSchema:prefix>([\s\S]*?)<\/pdfaSchema:property>/g,
  );
  for (const [, prefix, properties = ''] of schemas)
    for (const [, property] of properties.matchAll(/<pdfaProperty:name>(\w+)</g))
      declared.add(`${prefix}:${property}`);
  return declared;
}

function balanced(text: string): boolean {
  const open: string[] = [];
  for (const [, closing, tag = '', selfClosing] of text.matchAll(
    /<(\/?)([A-Za-z]+:[A-Za-z]+)\b[^>]*?(\/?)>/g,
  )) {
    if (selfClosing) continue;
    if (closing === '') open.push(tag);
    else if (open.pop() !== tag) return false;
  }
  return open.length === 0;
}

/** Of several values the first, without markup. */
function plain(value: string): string {
  const [, item = value] = /<rdf:li\b[^>]*>([\s\S]*?)<\/rdf:li>/.exec(value) ?? [];
  return item.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
