import { z } from 'zod';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';
import { originSchema } from '../sources/origin.ts';

/** One raw body of a snapshot: its file beside the seal, what it answered, and its checksum. */
export const bodyRecordSchema = z.strictObject({
  file: z.string().regex(/^\d{5}\.[a-z]+$/),
  part: z.string(),
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  retrievedAt: z.iso.datetime(),
  bytes: z.int().nonnegative(),
  sha256: sha256Schema,
  /** Where its facts were read, if the body was typed or re-shaped from a copy; null for the producer's own bytes. */
  transcribed: z.string().min(1).nullable(),
});
export type BodyRecord = z.infer<typeof bodyRecordSchema>;

/** The seal, written last: a snapshot without it does not exist. */
export const snapshotSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** A folder's name; whether this release knows a source of it, `sourceNamed` says. */
  source: z.string().regex(/^[a-z][a-z0-9-]*$/),
  origin: originSchema,
  /** When the first body was asked for; also the folder's name, with `-` for `:`. */
  retrievedAt: z.iso.datetime(),
  sealedAt: z.iso.datetime(),
  /** The days it was asked for. */
  window: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
  /** The data's own date or instant: without one, nothing of it may be quoted. */
  asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}(T|$)/),
  universe: z.string(),
  remarks: z.array(z.string()),
  bodies: z.array(bodyRecordSchema).min(1),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export const snapshotArtefact = jsonArtefact<Snapshot>('snapshot seal', snapshotSchema);

/** The folder name of a snapshot: its instant to the second, without colons. */
export function snapshotFolder(retrievedAt: string): string {
  return `${retrievedAt.slice(0, 19).replaceAll(':', '-')}Z`;
}
