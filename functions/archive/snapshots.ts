import { ArchiveCorrupt, IncompleteEdition } from '../errors.ts';
import { type Snapshot, snapshotArtefact } from '../pull/snapshot.ts';
import type { RawBody } from '../sources/source.ts';
import type { Archive } from './archive.ts';
import { bytesArtefact } from './artefact.ts';
import { keys } from './keys.ts';

/** Bytes as they came; only the source that asked for them knows their shape. */
export const rawArtefact = bytesArtefact('raw body');

/** A sealed snapshot whose bodies are read one at a time, since together they may be larger than memory. */
export interface OpenSnapshot {
  readonly key: string;
  readonly snapshot: Snapshot;
  /** The SHA-256 of the seal, which lists those of the bodies. */
  readonly sha256: string;
  /**
   * The bodies in their order, every byte as it was sealed.
   *
   * @param wanted parts of the source to read; all where it is not given
   * @throws ArchiveCorrupt if one is gone, or not what was sealed
   */
  bodies(wanted?: (part: string) => boolean): AsyncGenerator<RawBody>;
}

/**
 * Opens a sealed snapshot.
 *
 * @param sealKey the key of its `snapshot.json`
 * @param expected the seal's SHA-256 where somebody wrote it down
 * @throws IncompleteEdition if there is no seal
 * @throws ArchiveCorrupt if the seal is not what was written down
 */
export async function openSnapshot(
  archive: Archive,
  sealKey: string,
  expected?: string,
): Promise<OpenSnapshot> {
  const seal = await archive.read(snapshotArtefact, sealKey, expected);
  const folder = sealKey.slice(0, sealKey.lastIndexOf('/') + 1);
  return {
    key: sealKey,
    snapshot: seal.value,
    sha256: seal.sha256,
    async *bodies(wanted = () => true) {
      for (const { file, part, url, headers, retrievedAt, sha256 } of seal.value.bodies) {
        if (!wanted(part)) continue;
        let body: Uint8Array;
        try {
          body = (await archive.read(rawArtefact, `${folder}${file}`, sha256)).value;
        } catch (cause) {
          if (!(cause instanceof IncompleteEdition || cause instanceof ArchiveCorrupt)) throw cause;
          throw new ArchiveCorrupt(
            `The snapshot ${archive.url}${sealKey} is damaged: ${file} is ${cause instanceof IncompleteEdition ? 'gone' : 'not what was sealed'}. Restore it from a backup, or remove the folder and pull again.`,
            { key: `${folder}${file}`, expected: sha256 },
            cause,
          );
        }
        yield { part, url, headers, retrievedAt, body };
      }
    },
  };
}

/** A sealed snapshot with its bodies, every byte as it was sealed. */
export interface ReadSnapshot {
  readonly key: string;
  readonly snapshot: Snapshot;
  /** The SHA-256 of the seal, which lists those of the bodies. */
  readonly sha256: string;
  readonly bodies: readonly RawBody[];
}

/**
 * Reads a sealed snapshot.
 *
 * @param sealKey the key of its `snapshot.json`
 * @param expected the seal's SHA-256 where somebody wrote it down
 * @throws IncompleteEdition if there is no seal
 * @throws ArchiveCorrupt if the seal or a body is not what was sealed
 */
export async function readSnapshot(
  archive: Archive,
  sealKey: string,
  expected?: string,
): Promise<ReadSnapshot> {
  const { bodies, ...opened } = await openSnapshot(archive, sealKey, expected);
  const read: RawBody[] = [];
  for await (const body of bodies()) read.push(body);
  return { ...opened, bodies: read };
}

/** The keys of a source's seals, oldest first; a folder without a seal does not exist. */
export async function listSnapshots(archive: Archive, source: string): Promise<string[]> {
  const seals: string[] = [];
  for await (const key of archive.list(keys.snapshots(source))) {
    if (key.endsWith('/snapshot.json')) seals.push(key);
  }
  return seals.sort();
}
