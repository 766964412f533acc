import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { inputsArtefact } from '../compute/inputs.ts';
import type { Edition } from '../edition.ts';
import { revisionArtefact } from '../publish/editions.ts';
import { snapshotArtefact } from '../pull/snapshot.ts';
import { keysUnder } from './copy.ts';
import { ifAllowed } from './if-allowed.ts';

/** Keys that travel, with the SHA-256 that something written earlier says of each, and what a person should know. */
export interface Listed {
  readonly sums: ReadonlyMap<string, string | undefined>;
  readonly remarks: readonly string[];
}

/**
 * The objects of the snapshots that the draft was computed from; of all sealed ones where there is no draft. A seal lists
 * its bodies; whatever else lies beside it does not exist.
 *
 * @throws ArchiveCorrupt if a seal is not the one that was pinned
 */
export async function listSnapshots(archive: Archive, edition: Edition): Promise<Listed> {
  const listed = await ifAllowed(() => sealed(archive, edition));
  if (listed) return listed;
  const remark =
    'These credentials may not read snapshots: they stayed there. Go on from render or later, not from compute.';
  return { sums: new Map(), remarks: [remark] };
}

async function sealed(archive: Archive, edition: Edition): Promise<Listed> {
  const sums = new Map<string, string | undefined>();
  const remarks: string[] = [];
  const inputs = (await archive.find(inputsArtefact, keys.inputs(edition)))?.value;
  const pins =
    inputs?.snapshots ??
    (await keysUnder(archive, 'snapshots/'))
      .filter((key) => key.endsWith('/snapshot.json'))
      .map((seal) => ({ seal, sha256: undefined }));
  for (const { seal, sha256 } of pins) {
    if (!(await archive.store.get(seal))) {
      remarks.push(`The snapshot ${seal} is not there any more: the draft cannot be computed anew from it.`);
      continue;
    }
    const { value, sha256: sum } = await archive.read(snapshotArtefact, seal, sha256);
    const folder = seal.slice(0, seal.lastIndexOf('/') + 1);
    for (const body of value.bodies) sums.set(`${folder}${body.file}`, body.sha256);
    sums.set(seal, sum);
  }
  return { sums, remarks };
}

/** What is public of an edition; the manifest of a revision lists its files. */
export async function listPublished(archive: Archive, edition: Edition): Promise<Listed['sums']> {
  const sums = new Map<string, string | undefined>();
  for (const key of await keysUnder(archive, `public/${edition}/`)) sums.set(key, undefined);
  for (const key of [...sums.keys()].filter((one) => one.endsWith('/revision.json'))) {
    const folder = key.slice(0, key.lastIndexOf('/') + 1);
    for (const { path, sha256 } of (await archive.read(revisionArtefact, key)).value.files)
      if (sums.has(`${folder}${path}`)) sums.set(`${folder}${path}`, sha256);
  }
  return sums;
}
