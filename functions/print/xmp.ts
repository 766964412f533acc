import type { PrintJob } from '../render/print-job.ts';
import { described, extensionSchemas, OWN } from './xmp-schemas.ts';
import { alternatives, escaped, list } from './xmp-values.ts';

/** What a PDF says of itself beside what its job does. */
export interface Said {
  /** Who made the file. */
  readonly program: string;
  /** Hexadecimal digits that no other file has: the name of exactly these bytes. */
  readonly identifier: string;
  /** SHA-256 of the figures inside; undefined if there are none. */
  readonly figures: string | undefined;
}

/**
 * What the document is, in the form that archives and catalogues look at; it says the same as the document's properties,
 * and which standards the file keeps: PDF/A-3u and PDF/UA-1.
 *
 * @see https://www.iso.org/standard/75163.html ISO 16684-1, Extensible Metadata Platform
 */
export function xmp(job: PrintJob, { program, identifier, figures }: Said): string {
  const { title, author, subject, keywords, language, date, publication, corrections = [] } = job;
  const day = date.replace(/\.\d+(?=Z)/, '');
  const properties = {
    'dc:format': 'application/pdf',
    'dc:title': alternatives(title, language),
    'dc:creator': list('Seq', [author]),
    'dc:description': alternatives(subject, language),
    'dc:subject': list('Bag', keywords),
    'dc:language': list('Bag', [language]),
    'dc:date': list('Seq', [day]),
    'pdf:Keywords': escaped(keywords.join(' ')),
    'pdf:Producer': escaped(program),
    'xmp:CreatorTool': escaped(program),
    'xmp:CreateDate': day,
    'xmp:ModifyDate': day,
    'xmp:MetadataDate': day,
    'xmpMM:InstanceID': uuidOf(identifier),
    ...(job.url === undefined
      ? {}
      : { 'dc:identifier': escaped(job.url), 'xmpMM:DocumentID': escaped(`${job.url}#${language}`) }),
    ...(publication === undefined ? {} : published(publication, language)),
    ...(figures === undefined ? {} : { [`${OWN}:figures`]: figures }),
    ...(corrections.length === 0
      ? {}
      : {
          [`${OWN}:corrects`]: list(
            'Bag',
            corrections.map(({ corrects }) => corrects),
          ),
        }),
    'pdfaid:part': '3',
    'pdfaid:conformance': 'U',
    'pdfuaid:part': '1',
  };
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
${described(properties)}
${extensionSchemas()}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

function published(
  { publisher, licence, edition, citations }: NonNullable<PrintJob['publication']>,
  language: string,
): Record<string, string> {
  return {
    'dc:publisher': list('Bag', [publisher]),
    'dc:rights': alternatives(licence.name, language),
    'dc:source': escaped(citations.join(' ')),
    'xmpRights:Marked': 'True',
    'xmpRights:WebStatement': escaped(licence.url),
    [`${OWN}:edition`]: escaped(edition),
    [`${OWN}:citations`]: list('Bag', citations),
  };
}

/** A name of the form that standards ask for, of the first sixteen bytes (RFC 9562, version 8: made by the program). */
export function uuidOf(identifier: string): string {
  const digits = identifier;
  const variant = (8 + (Number.parseInt(digits[16] ?? '0', 16) % 4)).toString(16);
  return `uuid:${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
