import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { ArchiveConflict } from '../errors.ts';
import { type Editions, editionsArtefact, type Revision, revisionNumber } from './editions.ts';

/** Publishers that commit other months at the same moment make the write fail; more in a row than this is no chance. */
const TRIES = 20;

/**
 * Names a revision in `public/editions.json` by one conditional write: from that moment it is public.
 *
 * @param manifest SHA-256 of the revision's manifest
 * @throws ArchiveConflict if somebody published another revision of the same edition meanwhile
 */
export async function commit(
  archive: Archive,
  revision: Revision,
  manifest: string,
  now: Date,
): Promise<void> {
  for (let tried = 1; ; tried++) {
    const there = await archive.find(editionsArtefact, keys.editions);
    const next = withRevision(there?.value ?? { schemaVersion: 1, editions: [] }, revision, manifest, now);
    if (next === there?.value) return;
    try {
      await archive.write(
        editionsArtefact,
        keys.editions,
        next,
        there ? { ifMatch: there.etag } : { ifNoneMatch: '*' },
      );
      return;
    } catch (error) {
      if (!(error instanceof ArchiveConflict) || tried === TRIES) throw error;
    }
  }
}

/**
 * The list with the revision in it, newest month first; the same list where it is named already.
 *
 * @throws ArchiveConflict if the edition has a later revision, or this number for other bytes
 */
export function withRevision(editions: Editions, revision: Revision, manifest: string, now: Date): Editions {
  const entry = editions.editions.find((one) => one.edition === revision.edition);
  if (entry?.revisions.some((one) => one.revision === revision.revision && one.manifest === manifest))
    return editions;
  if (entry && revisionNumber(entry.revision) >= revisionNumber(revision.revision)) {
    throw new ArchiveConflict(
      `${revision.edition} ${revision.revision} cannot be published: another run published ${entry.revision} meanwhile. Run again from publish.`,
      { edition: revision.edition },
    );
  }
  const published = {
    revision: revision.revision,
    publishedAt: now.toISOString(),
    manifest,
    because: correctedIn(revision, entry?.revision),
  };
  const updated = {
    edition: revision.edition,
    revision: revision.revision,
    kind: revision.kind,
    locales: revision.locales,
    revisions: [...(entry?.revisions ?? []), published],
  };
  const others = editions.editions.filter((one) => one.edition !== revision.edition);
  return {
    schemaVersion: 1,
    editions: [...others, updated].sort((a, b) => (a.edition < b.edition ? 1 : -1)),
  };
}

/** What was corrected in a revision: the corrections of the one before it. */
function correctedIn({ corrections = [] }: Revision, before: string | undefined): string | null {
  const reasons = corrections.filter(({ corrects }) => corrects === before).map(({ because }) => because);
  return reasons.length > 0 ? reasons.join(' · ') : null;
}
