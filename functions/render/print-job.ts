import { z } from 'zod';
import { jsonArtefact, textArtefact } from '../archive/artefact.ts';

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
  /** What the document says was corrected, in the order in which it was. */
  corrections: z
    .array(z.strictObject({ corrects: z.string(), because: z.string(), at: z.iso.datetime() }))
    .optional(),
});
export type PrintJob = z.infer<typeof printJobSchema>;

export const printJobArtefact = jsonArtefact<PrintJob>('print job', printJobSchema);

/** A whole, self-contained page. */
export const htmlArtefact = textArtefact('page', /^<!doctype html>/i);
