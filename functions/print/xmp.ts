import type { PrintJob } from '../render/print-job.ts';

/**
 * What the document is, in the form that archives and catalogues look at; it says the same as the document's properties.
 *
 * @see https://www.iso.org/standard/75163.html ISO 16684-1, Extensible Metadata Platform
 */
export function xmp({ title, author, subject, keywords, language, date }: PrintJob, program: string): string {
  const day = date.replace(/\.\d+(?=Z)/, '');
  const properties = {
    'dc:format': 'application/pdf',
    'dc:title': alternatives(title),
    'dc:creator': list('Seq', [author]),
    'dc:description': alternatives(subject),
    'dc:subject': list('Bag', keywords),
    'dc:language': list('Bag', [language]),
    'pdf:Keywords': escaped(keywords.join(' ')),
    'pdf:Producer': escaped(program),
    'xmp:CreatorTool': escaped(program),
    'xmp:CreateDate': day,
    'xmp:ModifyDate': day,
    'xmp:MetadataDate': day,
  };
  const described = Object.entries(properties)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('\n');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
${described}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

function alternatives(text: string): string {
  return `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt>`;
}

function list(kind: 'Seq' | 'Bag', texts: readonly string[]): string {
  return `<rdf:${kind}>${texts.map((text) => `<rdf:li>${escaped(text)}</rdf:li>`).join('')}</rdf:${kind}>`;
}

/** XML has no place for most control characters, nor for halves of a character, not even escaped. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
