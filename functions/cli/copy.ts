import type { Archive } from '../archive/archive.ts';
import { sha256 } from '../archive/artefact.ts';
import { BadRequest, IncompleteEdition } from '../errors.ts';

/** What a copy did. */
export interface Copied {
  readonly copied: readonly string[];
  /** Objects that were there already, byte for byte. */
  readonly same: number;
  readonly bytes: number;
}

/** The only prefixes that ever travel: an archive holds nothing of subscribers, and nothing else is looked at. */
const TRAVELS = /^(snapshots|drafts|public)\//;

/** What says that something is whole comes last, so that a copy that is killed is not mistaken for a whole one. */
const LAST = [
  /\/snapshot\.json$/,
  /\/receipts\/[^/]+\.json$/,
  /\/revision\.json$/,
  /^public\/editions\.json$/,
];

/**
 * Copies objects from one archive to another.
 *
 * @param mayReplace whether an object that is there with other bytes, of the given SHA-256, may be written over
 * @throws BadRequest if one may not be: before anything is written
 * @throws IncompleteEdition if one is gone meanwhile
 */
export async function copyObjects(
  from: Archive,
  to: Archive,
  keys: readonly string[],
  mayReplace: (key: string, there: string) => boolean,
): Promise<Copied> {
  const foreign = keys.find((key) => !TRAVELS.test(key));
  if (foreign !== undefined)
    throw new BadRequest(`${foreign} does not travel: only snapshots, drafts and what is published do.`);
  const wanted: { key: string; body: Uint8Array }[] = [];
  const clashing: string[] = [];
  let same = 0;
  for (const key of keys) {
    const body = (await from.store.get(key))?.body;
    if (!body) throw new IncompleteEdition(`${from.url}${key} is gone. Run again.`, { key });
    const there = (await to.store.get(key))?.body;
    if (there && sha256(there) === sha256(body)) same += 1;
    else {
      if (there && !mayReplace(key, sha256(there))) clashing.push(key);
      wanted.push({ key, body });
    }
  }
  if (clashing.length > 0)
    throw new BadRequest(
      `${clashing.length} objects in ${to.url} have other bytes, such as ${clashing[0]}. Nothing was copied. Look at both, then add --overwrite to replace them.`,
      { key: clashing[0] ?? '' },
    );
  wanted.sort((a, b) => rank(a.key) - rank(b.key));
  for (const { key, body } of wanted) await to.store.put(key, body);
  return {
    copied: wanted.map(({ key }) => key),
    same,
    bytes: wanted.reduce((sum, { body }) => sum + body.length, 0),
  };
}

function rank(key: string): number {
  return LAST.findIndex((last) => last.test(key)) + 1;
}

/** Every key under a prefix. */
export async function keysUnder(archive: Archive, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of archive.list(prefix)) found.push(key);
  return found;
}
