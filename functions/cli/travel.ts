import { z } from 'zod';
import type { Archive } from '../archive/archive.ts';
import { jsonArtefact, sha256, sha256Schema } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import type { Edition } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { type Copied, copyObjects, keysUnder } from './copy.ts';
import { listPublished, listSnapshots } from './sums.ts';

/** What was fetched, by SHA-256: what the cloud's draft must still be when the laptop's is sent back. */
const fetchedArtefact = jsonArtefact(
  'list of what was fetched',
  z.strictObject({ edition: z.string(), draft: z.record(z.string(), sha256Schema) }),
);
const fetchedKey = (edition: Edition) => `fetched/${edition}.json`;

/** What a journey did, and what a person should know of it. */
export interface Travelled extends Copied {
  readonly remarks: readonly string[];
}

/**
 * Brings an edition to another archive: the snapshots it was computed from, its draft, and what of it is public. Nothing
 * else is looked at, and no archive holds anything of a subscriber.
 *
 * @throws BadRequest if there is nothing of this edition, or the other archive has other bytes of it
 * @throws ArchiveCorrupt if a body is not what was sealed, or a file not what was published
 */
export async function fetchEdition(
  from: Archive,
  to: Archive,
  edition: Edition,
  overwrite: boolean,
): Promise<Travelled> {
  const draft = await keysUnder(from, keys.draft(edition));
  const published = await listPublished(from, edition);
  const { sums: snapshots, remarks } = await listSnapshots(from, edition);
  if (draft.length + published.size + snapshots.size === 0)
    throw new BadRequest(`There is nothing of ${edition} in ${from.url}. See report status.`);
  // A publication that died has made files, and no list that names them.
  const list = published.size > 0 && (await from.store.get(keys.editions)) ? [keys.editions] : [];
  const copied = await copyObjects(
    from,
    to,
    new Map([...snapshots, ...unknown(draft), ...published, ...unknown(list)]),
    // The list of editions is the cloud's to say.
    (key) => overwrite || key === keys.editions,
  );
  const sums: Record<string, string> = {};
  for (const key of draft) sums[key] = sha256((await to.store.get(key))?.body ?? new Uint8Array());
  await to.write(fetchedArtefact, fetchedKey(edition), { edition, draft: sums });
  return { ...copied, remarks };
}

/**
 * Takes a draft back to where it was fetched from, with the snapshots it was computed from. Never an approval
 * or a correction, nor anything public: that is decided and published there.
 *
 * @throws BadRequest if there is no draft, or the other one changed since it was fetched
 */
export async function sendEdition(
  from: Archive,
  to: Archive,
  edition: Edition,
  overwrite: boolean,
): Promise<Travelled> {
  const decided: readonly string[] = [keys.approval(edition), keys.corrections(edition)];
  const draft = (await keysUnder(from, keys.draft(edition))).filter((key) => !decided.includes(key));
  if (draft.length === 0) throw new BadRequest(`There is no draft of ${edition} in ${from.url} to send.`);
  const base = (await from.find(fetchedArtefact, fetchedKey(edition)))?.value.draft ?? {};
  const { sums: snapshots, remarks } = await listSnapshots(from, edition);
  const copied = await copyObjects(from, to, new Map([...snapshots, ...unknown(draft)]), (key, there) =>
    overwrite ? key.startsWith('drafts/') : base[key] === there,
  );
  const sums: Record<string, string> = { ...base };
  for (const key of draft) sums[key] = sha256((await from.store.get(key))?.body ?? new Uint8Array());
  await from.write(fetchedArtefact, fetchedKey(edition), { edition, draft: sums });
  return { ...copied, remarks };
}

function unknown(list: readonly string[]): [string, undefined][] {
  return list.map((key) => [key, undefined]);
}
