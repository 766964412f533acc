import type { Archive } from '../archive/archive.ts';
import { sha256 } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import { rawArtefact } from '../archive/snapshots.ts';
import type { Window } from '../edition.ts';
import { ArchiveConflict } from '../errors.ts';
import { sourceNamed } from '../sources/index.ts';
import type { AnyObservation, RawBody, Reading, Source, SourceName } from '../sources/source.ts';
import { type BodyRecord, type Snapshot, snapshotArtefact, snapshotFolder } from './snapshot.ts';

/** A sealed snapshot: where its seal lies, and what it says. */
export interface Sealed {
  /** The key of the seal. */
  readonly key: string;
  /** The SHA-256 of the seal's bytes. */
  readonly sha256: string;
  readonly snapshot: Snapshot;
}

/** A body to seal, with where its facts were read if it is not the producer's own bytes. */
export type SealedBody = RawBody & { readonly transcribed: string | null };

/** What a snapshot of given bodies is made from. */
export interface SealOptions {
  readonly source: SourceName;
  readonly retrievedAt: string;
  readonly sealedAt: string;
  readonly window: Window;
  readonly bodies: readonly SealedBody[];
}

/**
 * Writes given bodies as a sealed snapshot. The same bodies again are no change.
 *
 * @throws SourceChanged if the bodies cannot be read; nothing is written then
 * @throws ArchiveConflict if the folder holds a snapshot of other bodies
 */
export async function seal(archive: Archive, options: SealOptions): Promise<Sealed> {
  const { source, retrievedAt, bodies } = options;
  const folder = keys.snapshot(source, snapshotFolder(retrievedAt));
  const records = bodies.map((body, index) => bodyRecord(body, index + 1));
  const snapshot = snapshotOf(sourceNamed(source), options, records);
  for (const [index, { file }] of records.entries()) {
    await archive.writeOnce(rawArtefact, `${folder}${file}`, bodies[index]?.body ?? new Uint8Array());
  }
  return writeSeal(archive, snapshot);
}

/** What is written down of a body: its file beside the seal, what it answered, and its checksum. */
export function bodyRecord(body: SealedBody, number: number): BodyRecord {
  const csv = /csv|text\/plain|octet-stream/.test(body.headers['content-type'] ?? '');
  return {
    file: `${String(number).padStart(5, '0')}.${csv ? 'csv' : 'json'}`,
    part: body.part,
    url: body.url,
    headers: body.headers,
    retrievedAt: body.retrievedAt,
    bytes: body.body.length,
    sha256: sha256(body.body),
    transcribed: body.transcribed,
  };
}

/**
 * Reads given bodies and says what they are.
 *
 * @throws SourceChanged if they cannot be read, so that a changed source is never sealed
 */
function snapshotOf(source: Source, options: SealOptions, records: readonly BodyRecord[]): Snapshot {
  return snapshotFrom(source, options, source.parse(options.bodies, options.window), records);
}

/** What a seal says: when and for which days it was asked, what reading the bodies gave, and which they are. */
export function snapshotFrom(
  source: Source,
  { retrievedAt, sealedAt, window }: Pick<SealOptions, 'retrievedAt' | 'sealedAt' | 'window'>,
  { asOf, universe, remarks }: Pick<Reading<AnyObservation>, 'asOf' | 'universe' | 'remarks'>,
  records: readonly BodyRecord[],
): Snapshot {
  return {
    schemaVersion: 1,
    source: source.name,
    origin: source.origin,
    retrievedAt,
    sealedAt,
    window,
    asOf,
    universe,
    remarks: [...remarks],
    bodies: [...records],
  };
}

/**
 * Writes the seal, last and once. Where the folder is sealed already with the same bodies, that seal stands.
 *
 * @throws ArchiveConflict if it is sealed with other bodies
 */
export async function writeSeal(archive: Archive, snapshot: Snapshot): Promise<Sealed> {
  const key = keys.seal(snapshot.source, snapshotFolder(snapshot.retrievedAt));
  try {
    const { sha256: sum } = await archive.writeOnce(snapshotArtefact, key, snapshot);
    return { key, sha256: sum, snapshot };
  } catch (error) {
    if (!(error instanceof ArchiveConflict)) throw error;
    const there = await archive.read(snapshotArtefact, key);
    if (contents(there.value) !== contents(snapshot)) throw error;
    return { key, sha256: there.sha256, snapshot: there.value };
  }
}

function contents({ source, window, bodies }: Snapshot): string {
  return JSON.stringify([
    source,
    window.from,
    window.to,
    bodies.map((body) => [body.file, body.part, body.url, body.sha256, body.transcribed]),
  ]);
}
