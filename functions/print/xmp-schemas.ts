/** The prefix of the properties that are the program's own. */
export const OWN = 'balance';

const NAMESPACES: Readonly<Record<string, string>> = {
  dc: 'http://purl.org/dc/elements/1.1/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  pdfaid: 'http://www.aiim.org/pdfa/ns/id/',
  pdfuaid: 'http://www.aiim.org/pdfua/ns/id/',
  [OWN]: 'https://openmodelbalance.org/ns/edition/1.0/',
};

/** Properties as one description, each under its prefix. */
export function described(properties: Readonly<Record<string, string>>): string {
  const prefixes = new Set(Object.keys(properties).map((name) => name.split(':')[0] ?? ''));
  const spaces = [...prefixes].map((prefix) => `xmlns:${prefix}="${NAMESPACES[prefix] ?? ''}"`).join(' ');
  const values = Object.entries(properties).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<rdf:Description rdf:about="" ${spaces}>\n${values.join('\n')}\n</rdf:Description>`;
}

interface Schema {
  readonly name: string;
  readonly prefix: string;
  readonly properties: readonly (readonly [
    name: string,
    type: string,
    category: string,
    description: string,
  ])[];
}

const PDFUA: Schema = {
  name: 'PDF/UA identification schema',
  prefix: 'pdfuaid',
  properties: [['part', 'Integer', 'internal', 'The part of ISO 14289 that the file keeps']],
};

const EDITION: Schema = {
  name: 'Edition of a periodical report',
  prefix: OWN,
  properties: [
    ['edition', 'Text', 'external', 'The month that the edition describes, as YYYY-MM'],
    [
      'figures',
      'Text',
      'external',
      'SHA-256 of the figures that the file is written from, in hexadecimal digits',
    ],
    ['corrects', 'bag Text', 'external', 'The earlier revisions of the edition that this one corrects'],
    ['citations', 'bag Text', 'external', 'The sources of the figures, as each asks to be cited'],
  ],
};

/**
 * Declares the properties that PDF/A does not know by itself.
 *
 * @see ISO 19005-3, 6.6.2.3
 */
export function extensionSchemas(): string {
  return `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
${[PDFUA, EDITION].map(schemaOf).join('\n')}
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`;
}

function schemaOf({ name, prefix, properties }: Schema): string {
  return `<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>${name}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>${NAMESPACES[prefix] ?? ''}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>${prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
${properties.map(propertyOf).join('\n')}
</rdf:Seq></pdfaSchema:property>
</rdf:li>`;
}

function propertyOf([name, type, category, description]: Schema['properties'][number]): string {
  return `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>${type}</pdfaProperty:valueType><pdfaProperty:category>${category}</pdfaProperty:category><pdfaProperty:description>${description}</pdfaProperty:description></rdf:li>`;
}
