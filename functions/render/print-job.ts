import { z } from 'zod';
import { jsonArtefact, sha256Schema, textArtefact } from '../archive/artefact.ts';
import { printedCorrectionSchema } from '../publish/corrections.ts';

/** What pages were written with, by SHA-256: the same again give the same pages. */
export const madeFromSchema = z.strictObject({
  /** The commit they were published from; null for those that came with the release. */
  templates: z.strictObject({ sha256: sha256Schema, commit: z.string().nullable() }),
  /** Each file by `package/file`. */
  fonts: z.record(z.string(), sha256Schema),
});

/** All that print needs to know: it never sees a figure. */
export const printJobSchema = z.strictObject({
  schemaVersion: z.literal(1),
  title: z.string().min(1),
  author: z.string().min(1),
  subject: z.string().min(1),
  keywords: z.array(z.string()),
  /** BCP 47. */
  language: z.string().min(2),
  direction: z.enum(['ltr', 'rtl']),
  /** The document's date: both dates of the PDF, so that the same input gives the same bytes. */
  date: z.iso.datetime(),
  /** Files of the draft to attach to the PDF, by key. */
  attachments: z.array(
    z.strictObject({ key: z.string(), name: z.string(), mediaType: z.string(), description: z.string() }),
  ),
  /** Pictures to take of the printed document: an element, and how many pixels wide. */
  pictures: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z-]+$/),
      selector: z.string(),
      width: z.int().min(100).max(4000),
    }),
  ),
  /** Families with weight and style that must have loaded, as CSS font shorthands. */
  fonts: z.array(z.string()),
  /** The page of the edition on the site; absent in jobs of releases that did not say it. */
  url: z.url().optional(),
  /** What archives and catalogues are told of it; absent in jobs of releases that did not say it. */
  publication: z
    .strictObject({
      publisher: z.string().min(1),
      licence: z.strictObject({ name: z.string().min(1), url: z.url() }),
      edition: z.string().min(1),
      /** Its sources, as each asks to be cited. */
      citations: z.array(z.string()),
    })
    .optional(),
  madeFrom: madeFromSchema.optional(),
  /** What the document says was corrected, in the order in which it was. */
  corrections: z.array(printedCorrectionSchema).optional(),
});
export type PrintJob = z.infer<typeof printJobSchema>;

export const printJobArtefact = jsonArtefact<PrintJob>('print job', printJobSchema);

/** A whole, self-contained page. */
export const htmlArtefact = textArtefact('page', /^<!doctype html>/i);

/** A chart as a file of its own. */
export const svgArtefact = textArtefact('chart', /^<svg /);
