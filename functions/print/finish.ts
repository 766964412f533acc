import { AFRelationship, PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib';
import { sha256 } from '../archive/artefact.ts';
import { PrintFailed } from '../errors.ts';
import type { PrintJob } from '../render/print-job.ts';
import { assertPdf } from './raw-pdf.ts';
import { renumberTagIds } from './tag-ids.ts';
import { xmp } from './xmp.ts';

/** A file that travels inside the PDF. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly body: Uint8Array;
}

/** Who made the file, as its properties name it; the browser's version would change bytes that look the same. */
const PROGRAM = 'Open Model Balance';

/**
 * Makes of a browser's PDF the edition's: its names, its language, its date, its data inside, and nothing that
 * differs from one print to the next. The same input gives the same bytes. Pages and tags are left as they are.
 *
 * @throws PrintFailed `not-a-pdf`; `bad-document` if two attachments have one name
 */
export async function finishPdf(
  printed: Uint8Array,
  job: PrintJob,
  attachments: readonly Attachment[],
): Promise<Uint8Array> {
  assertPdf(printed);
  const document = await PDFDocument.load(printed, { updateMetadata: false, throwOnInvalidObject: true });
  renumberTagIds(document);
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
      afRelationship: AFRelationship.Data,
    });
  }
  const metadata = document.context.stream(new TextEncoder().encode(xmp(job, PROGRAM)), {
    Type: 'Metadata',
    Subtype: 'XML',
  });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(metadata));
  // The identifier is of everything else that is in the file: saved without it first.
  delete document.context.trailerInfo.ID;
  const id = PDFHexString.of(sha256(await save(document)).slice(0, IDENTIFIER_DIGITS));
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  return save(document);
}

/** 16 bytes, as readers expect (ISO 32000-1, 14.4). */
const IDENTIFIER_DIGITS = 32;

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
