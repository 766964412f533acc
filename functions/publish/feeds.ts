import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { parseEdition } from '../edition.ts';
import { type Editions, editionsArtefact, revisionArtefact } from './editions.ts';
import { atomFeed, type FeedEdition, feedArtefact } from './feed.ts';

/** A feed tells of two years; what is older stands in the list of editions. */
const EDITIONS = 24;

/** Publishers that commit while feeds are written make us write them again; more in a row than this is no chance. */
const TRIES = 20;

/**
 * Writes the feed of every language from the list of editions and their current revisions. May be repeated at any time:
 * the same list gives the same bytes, and a list that grew meanwhile is told of too.
 *
 * @throws ArchiveCorrupt if a revision's manifest is not the one that the list names
 */
export async function writeFeeds(archive: Archive): Promise<void> {
  let told: string | undefined;
  for (let tried = 0; tried < TRIES; tried++) {
    const list = await archive.find(editionsArtefact, keys.editions);
    if (!list || list.etag === told) return;
    told = list.etag;
    const editions = await latest(archive, list.value);
    const locales = new Set(
      editions.flatMap(({ revision }) => (revision.pages ?? []).map(({ locale }) => locale)),
    );
    for (const locale of locales) {
      const feed = atomFeed(locale, editions);
      const there = await archive.find(feedArtefact, keys.feed(locale));
      if (there?.value !== feed) await archive.write(feedArtefact, keys.feed(locale), feed);
    }
  }
}

async function latest(archive: Archive, { editions }: Editions): Promise<FeedEdition[]> {
  const newest = [...editions].sort((a, b) => (a.edition < b.edition ? 1 : -1)).slice(0, EDITIONS);
  const read: FeedEdition[] = [];
  for (const { edition, revision, revisions } of newest) {
    const manifest = revisions.find((one) => one.revision === revision)?.manifest;
    const key = keys.manifest(parseEdition(edition), revision);
    read.push({ revision: (await archive.read(revisionArtefact, key, manifest)).value, revisions });
  }
  return read;
}
