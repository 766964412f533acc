import { createHash } from 'node:crypto';
import { AFRelationship, PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib';
import type { PrintJob } from '../render/print-job.ts';

/** A file that travels inside the PDF. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly body: Uint8Array;
}

/**
 * Makes of a browser's PDF the edition's: its names, its language, its date, its data inside, and nothing that
 * differs from one print to the next. The same input gives the same bytes. Pages and tags are left as they are.
 */
export async function finishPdf(
  printed: Uint8Array,
  job: PrintJob,
  attachments: readonly Attachment[],
): Promise<Uint8Array> {
  const document = await PDFDocument.load(printed, { updateMetadata: false });
  const date = new Date(job.date);
  document.setTitle(job.title, { showInWindowTitleBar: true });
  document.setAuthor(job.author);
  document.setSubject(job.subject);
  document.setKeywords(job.keywords);
  document.setLanguage(job.language);
  document.setProducer('Open Model Balance');
  document.setCreator('Open Model Balance');
  document.setCreationDate(date);
  document.setModificationDate(date);
  for (const { name, mediaType, description, body } of attachments) {
    await document.attach(body, name, {
      mimeType: mediaType,
      description,
      creationDate: date,
      modificationDate: date,
      afRelationship: AFRelationship.Data,
    });
  }
  const metadata = document.context.stream(new TextEncoder().encode(xmp(job)), {
    Type: 'Metadata',
    Subtype: 'XML',
  });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(metadata));
  const id = PDFHexString.of(fingerprint(job, attachments));
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  return document.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false });
}

/** The document's identifier: of what it is about, since its bytes contain it. 16 bytes, as PDF readers expect. */
function fingerprint(job: PrintJob, attachments: readonly Attachment[]): string {
  const hash = createHash('sha256').update(JSON.stringify(job));
  for (const { name, body } of attachments) hash.update(name).update(body);
  return hash.digest('hex').slice(0, 32);
}

/** The same names in the form that archives and screen readers look at (ISO 16684-1). */
function xmp({ title, author, subject, keywords, language, date }: PrintJob): string {
  const alternative = (text: string) =>
    `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt>`;
  const day = date.replace(/\.\d+Z$/, 'Z');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title>${alternative(title)}</dc:title><dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator><dc:description>${alternative(subject)}</dc:description><dc:language><rdf:Bag><rdf:li>${escaped(language)}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>${escaped(keywords.join(' '))}</pdf:Keywords><pdf:Producer>Open Model Balance</pdf:Producer><xmp:CreatorTool>Open Model Balance</xmp:CreatorTool><xmp:CreateDate>${day}</xmp:CreateDate><xmp:ModifyDate>${day}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
