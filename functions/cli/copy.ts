import type { Archive } from '../archive/archive.ts';
import { sha256 } from '../archive/artefact.ts';
import type { PutCondition } from '../archive/store.ts';
import { ArchiveCorrupt, BadRequest, IncompleteEdition } from '../errors.ts';

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
 * @param sums the keys, with the SHA-256 of each where something says it
 * @param mayReplace whether an object that is there with other bytes, of the given SHA-256, may be written over
 * @throws BadRequest if one may not be: before anything is written
 * @throws IncompleteEdition if one is gone meanwhile
 * @throws ArchiveCorrupt if one is not what is said of it: before anything is written
 * @throws ArchiveConflict if somebody else writes one at the same time; what was copied before it stays
 */
export async function copyObjects(
  from: Archive,
  to: Archive,
  sums: ReadonlyMap<string, string | undefined>,
  mayReplace: (key: string, there: string) => boolean,
): Promise<Copied> {
  const foreign = [...sums.keys()].find((key) => !TRAVELS.test(key));
  if (foreign !== undefined)
    throw new BadRequest(`${foreign} does not travel: only snapshots, drafts and what is published do.`);
  const wanted: { key: string; body: Uint8Array; condition: PutCondition }[] = [];
  const clashing: string[] = [];
  let same = 0;
  for (const [key, sum] of sums) {
    const body = (await from.store.get(key))?.body;
    if (!body) throw new IncompleteEdition(`${from.url}${key} is gone. Run again.`, { key });
    const found = sha256(body);
    if (sum !== undefined && sum !== found)
      throw new ArchiveCorrupt(
        `${from.url}${key} is not what was sealed or published. Nothing was copied. Restore it from an earlier version or a backup.`,
        { key, expected: sum, found },
      );
    const there = await to.store.get(key);
    const sumThere = there && sha256(there.body);
    if (sumThere === found) same += 1;
    else {
      if (sumThere !== undefined && !mayReplace(key, sumThere)) clashing.push(key);
      wanted.push({ key, body, condition: there ? { ifMatch: there.etag } : { ifNoneMatch: '*' } });
    }
  }
  if (clashing.length > 0)
    throw new BadRequest(
      `${clashing.length === 1 ? '1 object' : `${clashing.length} objects`} in ${to.url} ${clashing.length === 1 ? 'has' : 'have'} other bytes, such as ${clashing[0]}. Nothing was copied. ${clashing.some((key) => key.startsWith('snapshots/')) ? 'A snapshot is never written over: remove the wrong one.' : 'Look at both, then add --overwrite to replace them.'}`,
      { key: clashing[0] ?? '' },
    );
  wanted.sort((a, b) => rank(a.key) - rank(b.key));
  for (const { key, body, condition } of wanted) await to.store.put(key, body, condition);
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
