import project from '../../package.json' with { type: 'json' };
import type { Archive } from '../archive/archive.ts';
import { bytesArtefact } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import { Work } from '../archive/work.ts';
import type { Edition } from '../edition.ts';
import { htmlArtefact, printJobArtefact } from '../render/print-job.ts';
import { type Attachment, finishPdf } from './finish.ts';
import { madeWithArtefact } from './made-with.ts';
import { pdfArtefact, pngArtefact } from './printed.ts';
import type { Printer } from './printer.ts';

const attachmentArtefact = bytesArtefact('attachment');

/** What one print is of, and by whom. */
export interface PrintOptions {
  readonly archive: Archive;
  readonly edition: Edition;
  readonly locale: string;
  readonly printer: Printer;
  /** Milliseconds until the caller gives up. */
  readonly budgetMs: number;
}

/**
 * Prints one language of the draft: the PDF with its data attached, and the pictures the job asks for.
 *
 * @throws PrintFailed, whose `way` names how printing failed; nothing is written then
 * @throws IncompleteEdition if render has not finished, or changed since
 */
export async function printEdition({
  archive,
  edition,
  locale,
  printer,
  budgetMs,
}: PrintOptions): Promise<void> {
  const work = await Work.open(archive, { stage: 'print', edition, locale });
  const html = await work.read(htmlArtefact, keys.reportHtml(edition, locale));
  const job = await work.read(printJobArtefact, keys.printJob(edition, locale));
  const attachments: Attachment[] = [];
  for (const { key, ...described } of job.attachments)
    attachments.push({ ...described, body: await work.read(attachmentArtefact, key) });

  const { pdf, pictures, texts, browser = null } = await printer.print(html, job, budgetMs);
  const finished = await finishPdf(pdf, job, attachments, texts);

  const { sha256 } = await work.write(pdfArtefact, keys.reportPdf(edition, locale), finished);
  await work.write(madeWithArtefact, keys.madeWith(edition, locale), {
    schemaVersion: 1,
    program: `${project.name} ${project.version}`,
    runtime: `node ${process.versions.node}`,
    browser,
    from: job.madeFrom ?? null,
    pdf: sha256,
  });
  for (const [name, picture] of pictures)
    await work.write(pngArtefact, keys.picture(edition, locale, name), picture);
  await work.finish();
}
