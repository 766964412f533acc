import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { listSnapshots } from '../archive/snapshots.ts';
import { type Edition, editionOf, monthBefore } from '../edition.ts';
import { editionsArtefact } from '../publish/editions.ts';
import { snapshotArtefact } from '../pull/snapshot.ts';
import { SOURCE_NAMES } from '../sources/index.ts';
import type { SourceName } from '../sources/source.ts';

/** What a look at the archive finds. */
export interface Watched {
  /** The edition that is due; null where none is yet. */
  readonly due: Edition | null;
  readonly absent: boolean;
  /** Days since each source was last sealed; null where it never was. */
  readonly sources: readonly { readonly source: SourceName; readonly ageDays: number | null }[];
}

const DAY_MS = 86_400_000;

/**
 * Looks whether the edition that is due is public, and how old what is known of each source is. An alarm on what failed
 * does not see what never began.
 *
 * @param first the first edition that is owed
 * @param publishDay the day of the month on which the month before it is published; it is due from the day after
 */
export async function watch(options: {
  archive: Archive;
  now: Date;
  first: Edition;
  publishDay: number;
}): Promise<Watched> {
  const { archive, now, first, publishDay } = options;
  const due = editionDue(now, first, publishDay);
  const editions = (await archive.find(editionsArtefact, keys.editions))?.value.editions ?? [];
  const sources = [];
  for (const source of SOURCE_NAMES) sources.push({ source, ageDays: await age(archive, source, now) });
  return { due, absent: due !== null && !editions.some(({ edition }) => edition === due), sources };
}

/** The latest edition whose day of publication is over. */
export function editionDue(now: Date, first: Edition, publishDay: number): Edition | null {
  const due = monthBefore(editionOf(new Date(now.getTime() - publishDay * DAY_MS)));
  return due >= first ? due : null;
}

async function age(archive: Archive, source: SourceName, now: Date): Promise<number | null> {
  const newest = (await listSnapshots(archive, source)).at(-1);
  if (newest === undefined) return null;
  const { retrievedAt } = (await archive.read(snapshotArtefact, newest)).value;
  return Math.round(((now.getTime() - Date.parse(retrievedAt)) / DAY_MS) * 10) / 10;
}
