import { z } from 'zod';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';
import { decision } from '../check/verdict.ts';
import { madeWithSchema } from '../print/made-with.ts';
import { printedCorrectionSchema } from './corrections.ts';

const revisionName = z.string().regex(/^r[1-9]\d*$/);

/** A frozen revision: every file with its checksum. Written first, so that two publishers never share a number. */
export const revisionSchema = z.strictObject({
  schemaVersion: z.literal(1),
  edition: z.string(),
  revision: revisionName,
  kind: z.enum(['live', 'recorded', 'synthetic']),
  decision,
  warnings: z.array(z.string()),
  approvedBecause: z.string().nullable(),
  locales: z.array(z.string()),
  files: z.array(z.strictObject({ path: z.string(), sha256: sha256Schema, bytes: z.int() })),
  // What follows came later: revisions published before lack it, and stay as they are.
  /** Who publishes, as the PDF names its author. */
  publisher: z.string().optional(),
  /** What is read of it, language by language. */
  pages: z
    .array(
      z.strictObject({
        locale: z.string(),
        title: z.string(),
        headline: z.string(),
        url: z.url().optional(),
      }),
    )
    .optional(),
  /** What each language was made with: the same again give the same bytes. */
  madeWith: z.record(z.string(), madeWithSchema).optional(),
  /** Every correction of the edition that this revision prints. */
  corrections: z.array(printedCorrectionSchema).optional(),
});
export type Revision = z.infer<typeof revisionSchema>;

export const revisionArtefact = jsonArtefact<Revision>('revision', revisionSchema);

/** What the public sees: a revision exists from the moment this list names it. */
export const editionsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  editions: z.array(
    z.strictObject({
      edition: z.string(),
      /** The current revision. */
      revision: revisionName,
      kind: z.enum(['live', 'recorded', 'synthetic']),
      locales: z.array(z.string()),
      revisions: z.array(
        z.strictObject({
          revision: revisionName,
          publishedAt: z.iso.datetime(),
          manifest: sha256Schema,
          /** What was corrected in it; null where nothing was, absent in lists of before. */
          because: z.string().nullable().optional(),
        }),
      ),
    }),
  ),
});
export type Editions = z.infer<typeof editionsSchema>;

export const editionsArtefact = jsonArtefact<Editions>('list of editions', editionsSchema);

/** The number of a revision: 2 of `r2`. */
export function revisionNumber(revision: string): number {
  return Number(revision.slice(1));
}
