import { z } from 'zod';
import type { Archive } from '../archive/archive.ts';
import { jsonArtefact, sha256, sha256Schema } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import { inputsArtefact } from '../compute/inputs.ts';
import type { Edition } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { type Copied, copyObjects, keysUnder } from './copy.ts';

/** What was fetched, by SHA-256: what the cloud's draft must still be when the laptop's is sent back. */
const fetchedArtefact = jsonArtefact(
  'list of what was fetched',
  z.strictObject({ edition: z.string(), draft: z.record(z.string(), sha256Schema) }),
);
const fetchedKey = (edition: Edition) => `fetched/${edition}.json`;

/**
 * Brings an edition to another archive: the snapshots it was computed from, its draft, and what of it is public. Nothing
 * else is looked at, and no archive holds anything of a subscriber.
 *
 * @throws BadRequest if there is nothing of this edition, or the other archive has other bytes of it
 */
export async function fetchEdition(
  from: Archive,
  to: Archive,
  edition: Edition,
  overwrite: boolean,
): Promise<Copied> {
  const draft = await keysUnder(from, keys.draft(edition));
  const published = await keysUnder(from, `public/${edition}/`);
  const snapshots = await snapshotsOf(from, edition);
  if (draft.length + published.length + snapshots.length === 0)
    throw new BadRequest(`There is nothing of ${edition} in ${from.url}. See report status.`);
  const list = published.length > 0 ? [keys.editions] : [];
  const copied = await copyObjects(
    from,
    to,
    [...snapshots, ...draft, ...published, ...list],
    // The list of editions is the cloud's to say.
    (key) => overwrite || key === keys.editions,
  );
  const sums: Record<string, string> = {};
  for (const key of draft) sums[key] = sha256((await to.store.get(key))?.body ?? new Uint8Array());
  await to.write(fetchedArtefact, fetchedKey(edition), { edition, draft: sums });
  return copied;
}

/**
 * Takes a draft back to where it was fetched from, with the snapshots it was computed from. Never an approval, nor
 * anything public: what is published is published there.
 *
 * @throws BadRequest if there is no draft, or the other one changed since it was fetched
 */
export async function sendEdition(
  from: Archive,
  to: Archive,
  edition: Edition,
  overwrite: boolean,
): Promise<Copied> {
  const draft = (await keysUnder(from, keys.draft(edition))).filter((key) => key !== keys.approval(edition));
  if (draft.length === 0) throw new BadRequest(`There is no draft of ${edition} in ${from.url} to send.`);
  const base = (await from.find(fetchedArtefact, fetchedKey(edition)))?.value.draft ?? {};
  const snapshots = await snapshotsOf(from, edition);
  const copied = await copyObjects(from, to, [...snapshots, ...draft], (key, there) =>
    overwrite ? key.startsWith('drafts/') : base[key] === there,
  );
  const sums: Record<string, string> = { ...base };
  for (const key of draft) sums[key] = sha256((await from.store.get(key))?.body ?? new Uint8Array());
  await from.write(fetchedArtefact, fetchedKey(edition), { edition, draft: sums });
  return copied;
}

/** The objects of the snapshots that the draft was computed from; of all sealed ones where there is no draft. */
async function snapshotsOf(archive: Archive, edition: Edition): Promise<string[]> {
  const inputs = (await archive.find(inputsArtefact, keys.inputs(edition)))?.value;
  const all = await keysUnder(archive, 'snapshots/');
  const seals =
    inputs?.snapshots.map(({ seal }) => seal) ?? all.filter((key) => key.endsWith('/snapshot.json'));
  const folders = new Set(seals.map((seal) => seal.slice(0, seal.lastIndexOf('/') + 1)));
  return all.filter((key) => folders.has(key.slice(0, key.lastIndexOf('/') + 1)));
}
