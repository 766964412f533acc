import { AFRelationship, PDFDocument, PDFHexString, PDFName, type PDFRawStream } from '@cantoo/pdf-lib';
import { sha256 } from '../archive/artefact.ts';
import { PrintFailed } from '../errors.ts';
import type { PrintJob } from '../render/print-job.ts';
import type { PageText } from './browser-texts.ts';
import { conform } from './conform.ts';
import { assertPdf } from './raw-pdf.ts';
import { uuidOf, xmp } from './xmp.ts';

/** A file that travels inside the PDF. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly body: Uint8Array;
}

/** What the document was written from; the other files are the data of its charts. */
const SOURCE = 'figures.json';

/** Who made the file, as its properties name it; the browser's version would change bytes that look the same. */
const PROGRAM = 'Open Model Balance';

/**
 * Makes of a browser's PDF the edition's: its names, its language, its date, its data inside, and nothing that
 * differs from one print to the next. The same input gives the same bytes. Pages look as they were printed; their tags are
 * made such that the file is PDF/A-3u and PDF/UA-1.
 *
 * @param texts what the document says, in reading order
 * @throws PrintFailed `not-a-pdf`; `bad-document` if two attachments have one name
 */
export async function finishPdf(
  printed: Uint8Array,
  job: PrintJob,
  attachments: readonly Attachment[],
  texts: readonly PageText[] = [],
): Promise<Uint8Array> {
  assertPdf(printed);
  const document = await PDFDocument.load(printed, { updateMetadata: false, throwOnInvalidObject: true });
  conform(document, job, texts);
  const date = new Date(job.date);
  document.setTitle(job.title, { showInWindowTitleBar: true });
  document.setAuthor(job.author);
  document.setSubject(job.subject);
  document.setKeywords(job.keywords);
  document.setLanguage(job.language);
  document.setProducer(PROGRAM);
  document.setCreator(PROGRAM);
  document.setCreationDate(date);
  document.setModificationDate(date);
  for (const { name, mediaType, description, body } of inOrder(attachments)) {
    await document.attach(body, name, {
      mimeType: mediaType,
      description,
      creationDate: date,
      modificationDate: date,
      afRelationship: name === SOURCE ? AFRelationship.Source : AFRelationship.Data,
    });
  }
  const metadata = metadataOf(document, job, attachments);
  document.catalog.set(PDFName.of('Metadata'), document.context.register(metadata));
  const none = PDFHexString.of(NO_IDENTIFIER);
  document.context.trailerInfo.ID = document.context.obj([none, none]);
  return identified(await save(document));
}

/** Uncompressed, so that whoever looks for it in the bytes finds it. */
function metadataOf(
  { context }: PDFDocument,
  job: PrintJob,
  attachments: readonly Attachment[],
): PDFRawStream {
  const source = attachments.find(({ name }) => name === SOURCE);
  const figures = source && sha256(source.body);
  const text = xmp(job, { program: PROGRAM, identifier: NO_IDENTIFIER, figures });
  return context.stream(new TextEncoder().encode(text), { Type: 'Metadata', Subtype: 'XML' });
}

/** 16 bytes, as readers expect (ISO 32000-1, 14.4), where the file does not have its own yet. */
const NO_IDENTIFIER = '0'.repeat(32);

/**
 * Names the file by what is in it: the sum of its bytes, with the name left open, takes the place of that name in the
 * trailer and in the metadata, neither of which is compressed.
 */
function identified(bytes: Uint8Array): Uint8Array {
  const identifier = sha256(bytes).slice(0, NO_IDENTIFIER.length);
  const file = Buffer.from(bytes);
  for (const form of [(digits: string) => `<${digits}>`, uuidOf]) {
    const [open, own] = [form(NO_IDENTIFIER), form(identifier)];
    for (let at = file.indexOf(open, 0, 'latin1'); at >= 0; at = file.indexOf(open, at, 'latin1'))
      file.write(own, at, 'latin1');
  }
  return new Uint8Array(file);
}

/** Object streams: the tags of a table are many small objects, which shrink five times. */
function save(document: PDFDocument): Promise<Uint8Array> {
  return document.save({
    useObjectStreams: true,
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  });
}

/** A reader finds attachments by name, in order of the names. */
function inOrder(attachments: readonly Attachment[]): Attachment[] {
  const sorted = [...attachments].sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = sorted.find(({ name }, index) => sorted[index + 1]?.name === name);
  if (twice) {
    throw new PrintFailed(
      'bad-document',
      `The print job attaches two files of the name ${twice.name}, and a reader could open one of them only. Give each its own name.`,
      { name: twice.name },
    );
  }
  return sorted;
}
