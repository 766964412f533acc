import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { type Edition, parseEdition } from '../edition.ts';
import { ArchiveCorrupt } from '../errors.ts';
import { editionsArtefact, revisionArtefact } from '../publish/editions.ts';
import type { PublishedEdition } from './evidence.ts';
import type { Inputs } from './inputs.ts';
import { publishedFiguresArtefact } from './published-figures.ts';

/** How many earlier editions are looked at: the line of the scorecard is that long. */
const EDITIONS = 24;

/**
 * Loads what earlier editions published, by their current revision, and pins it by checksum.
 *
 * @returns oldest first
 * @throws ArchiveCorrupt if a revision's figures are not the ones it lists
 */
export async function loadPublished(
  archive: Archive,
  edition: Edition,
): Promise<{ published: PublishedEdition[]; pinned: Inputs['earlier'] }> {
  const list = (await archive.find(editionsArtefact, keys.editions))?.value.editions ?? [];
  const earlier = list
    .filter((one) => one.edition < edition)
    .sort((a, b) => (a.edition < b.edition ? -1 : 1))
    .slice(-EDITIONS);
  const published: PublishedEdition[] = [];
  const pinned: Inputs['earlier'] = [];
  for (const { edition: month, revision, revisions } of earlier) {
    const then = parseEdition(month);
    const manifest = revisions.find((one) => one.revision === revision)?.manifest;
    const { value } = await archive.read(revisionArtefact, keys.manifest(then, revision), manifest);
    const key = `${keys.revision(then, revision)}figures.json`;
    const listed = value.files.find(({ path }) => path === 'figures.json');
    if (!listed)
      throw new ArchiveCorrupt(
        `The revision ${revision} of ${month} lists no figures.json. Restore ${archive.url}${keys.manifest(then, revision)} from a backup.`,
        { key },
      );
    const { kind, registry, figures } = (await archive.read(publishedFiguresArtefact, key, listed.sha256))
      .value;
    published.push({ edition: then, revision, kind, registry, figures });
    pinned.push({ edition: month, revision, sha256: listed.sha256 });
  }
  return { published, pinned };
}
