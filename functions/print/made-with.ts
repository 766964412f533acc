import { z } from 'zod';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';
import { madeFromSchema } from '../render/print-job.ts';

/**
 * What one language of an edition was made with: whoever has these again gets the same bytes. It lies beside the PDF, whose
 * bytes do not depend on what it says.
 */
export const madeWithSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** This program and the runtime that it wrote the pages on, each with its version. */
  program: z.string().min(1),
  runtime: z.string().min(1),
  /** As the browser names itself; null where it did not. */
  browser: z.string().nullable(),
  /** Templates and fonts; null where the job does not say them. */
  from: madeFromSchema.nullable(),
  /** The PDF that was made. */
  pdf: sha256Schema,
});
export type MadeWith = z.infer<typeof madeWithSchema>;

export const madeWithArtefact = jsonArtefact<MadeWith>(
  'record of what an edition was made with',
  madeWithSchema,
);
