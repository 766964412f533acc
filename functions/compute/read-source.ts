import type { Archive } from '../archive/archive.ts';
import { openSnapshot } from '../archive/snapshots.ts';
import type { Snapshot } from '../pull/snapshot.ts';
import { sourceNamed } from '../sources/index.ts';
import { openReader } from '../sources/reader.ts';
import type { AnyObservation } from '../sources/source.ts';
import type { FigureOrigin, Figures } from './figures.ts';

/** A snapshot that was read: where it lies, what it says of itself, and what reading it gave. */
export interface ReadSource {
  readonly key: string;
  readonly sha256: string;
  readonly snapshot: Snapshot;
  readonly asOf: string;
  readonly universe: string;
}

/**
 * Reads a sealed snapshot body by body, so that one body at a time is in memory.
 *
 * @param take is given each observation as it is read
 * @param wanted parts of the source that need to be read; all where it is not given
 * @throws ArchiveCorrupt if a body is not what was sealed
 * @throws SourceChanged if a sealed body cannot be read
 */
export async function readSource(
  archive: Archive,
  key: string,
  take: (one: AnyObservation) => void,
  wanted: (part: string) => boolean = () => true,
): Promise<ReadSource> {
  const { snapshot, sha256, bodies } = await openSnapshot(archive, key);
  const reader = openReader(sourceNamed(snapshot.source), snapshot.window);
  for await (const body of bodies(wanted)) for (const one of reader.take(body)) take(one);
  const { observations, asOf, universe } = reader.end();
  for (const one of observations) take(one);
  return { key, sha256, snapshot, asOf, universe };
}

/** How a figure names the snapshot it comes from. */
export function originOf({ key, sha256, snapshot, asOf }: ReadSource): FigureOrigin {
  const { source, retrievedAt, bodies } = snapshot;
  const transcribed = bodies.some((body) => body.transcribed !== null);
  return { source, snapshot: key, sha256, asOf, retrievedAt, transcribed };
}

/** How the figures name a snapshot that was used, down to the SHA-256 of its raw bodies. */
export function describeSource(
  { key, sha256, snapshot, asOf, universe }: ReadSource,
  serves: Figures['sources'][number]['serves'],
): Figures['sources'][number] {
  const { source, origin, window, remarks, bodies, retrievedAt } = snapshot;
  return {
    source,
    serves,
    ...origin,
    asOf,
    retrievedAt,
    window,
    universe,
    remarks,
    snapshot: key,
    sha256,
    bodies: bodies.map((body) => ({
      sha256: body.sha256,
      bytes: body.bytes,
      url: body.url,
      transcribed: body.transcribed,
    })),
  };
}
