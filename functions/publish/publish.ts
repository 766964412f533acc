import type { Archive } from '../archive/archive.ts';
import { bytesArtefact, sha256 } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import type { Retention } from '../archive/open-retention.ts';
import { Work } from '../archive/work.ts';
import { approvalArtefact } from '../check/approval.ts';
import { type Verdict, verdictArtefact } from '../check/verdict.ts';
import { figuresArtefact } from '../compute/figures.ts';
import type { Edition } from '../edition.ts';
import { ArchiveConflict, EditionHeld, EditionRefused, IncompleteEdition } from '../errors.ts';
import { commit } from './commit.ts';
import { editionsArtefact, type Revision, revisionArtefact, revisionNumber } from './editions.ts';
import { writeFeeds } from './feeds.ts';
import { madeWithOf } from './made-with.ts';
import { pagesOf } from './pages.ts';

const fileArtefact = bytesArtefact();

/** What the public gets of a draft; raw bodies, receipts and print's inputs stay private. */
const PUBLIC =
  /^((figures|inputs|datapackage|figures\.schema)\.json|tables\/[^/]+\.csv|[a-z]{2}(-[A-Za-z]+)?\/(report\.pdf|web\.html|email\.(html|txt|json)|[a-z-]+\.png|charts\/[a-z0-9-]+\.svg))$/;

/** What publishing did. */
export interface Published {
  readonly revision: string;
  /** False if the same bytes were public already. */
  readonly changed: boolean;
  readonly files: readonly string[];
}

interface PublicFile {
  readonly path: string;
  readonly sha256: string;
  readonly body: Uint8Array;
}

/**
 * Freezes the judged draft as a revision, commits it to the list of editions, and writes the feeds anew.
 *
 * @param now the moment of publication
 * @param retention set on every object of the revision before it becomes public, so that what is public is kept
 * @throws EditionRefused, EditionHeld where the verdict says so and nobody has approved exactly these bytes
 * @throws IncompleteEdition if a byte changed since it was judged
 */
export async function publishEdition(options: {
  archive: Archive;
  edition: Edition;
  now: Date;
  retention?: Retention | undefined;
}): Promise<Published> {
  const { archive, edition, now, retention } = options;
  const work = await Work.open(archive, { stage: 'publish', edition });
  const verdict = await work.read(verdictArtefact, keys.verdict(edition));
  const approvedBecause = await permission(archive, edition, verdict);
  const files = await judgedFiles(work, edition, verdict);
  const { kind } = await work.read(figuresArtefact, keys.figures(edition));
  const said = await pagesOf(work, verdict.locales);

  const current = await currentRevision(archive, edition);
  if (current && sameRevision(current, { files, ...said })) {
    await writeFeeds(archive);
    return { revision: current.revision, changed: false, files: paths(archive, current) };
  }
  const draft: Omit<Revision, 'revision'> = {
    schemaVersion: 1,
    edition,
    kind,
    ...said,
    ...(await madeWithOf(work, verdict.locales)),
    decision: verdict.decision,
    warnings: verdict.reasons.filter(({ outcome }) => outcome !== 'passed').map(({ detail }) => detail),
    approvedBecause,
    locales: verdict.locales,
    files: files.map(({ path, sha256, body }) => ({ path, sha256, bytes: body.length })),
  };
  const { revision, manifest } = await claim(
    archive,
    draft,
    current ? revisionNumber(current.revision) + 1 : 1,
  );
  for (const { path, body } of files)
    await archive.writeOnce(fileArtefact, `${keys.revision(edition, revision.revision)}${path}`, body);
  if (retention) await retain(retention, revision, now);
  await commit(archive, revision, manifest, now);
  await writeFeeds(archive);
  return { revision: revision.revision, changed: true, files: paths(archive, revision) };
}

/** Keeps the manifest and every file; again, after a publication that died here, is no change but a later date. */
async function retain(
  retention: Retention,
  { edition, revision, files }: Revision,
  now: Date,
): Promise<void> {
  const folder = keys.revision(edition as Edition, revision);
  const until = new Date(now.getTime() + retention.days * 86_400_000);
  for (const path of ['revision.json', ...files.map((file) => file.path)])
    await retention.retain(`${folder}${path}`, until);
}

/** @returns the reason of the approval, or null where none was needed */
async function permission(archive: Archive, edition: Edition, verdict: Verdict): Promise<string | null> {
  if (verdict.decision === 'refuse') {
    throw new EditionRefused(
      `The edition ${edition} is refused: ${grave(verdict, 'refuse')}. Nothing was published. Mend the cause and run again.`,
      { edition },
    );
  }
  if (verdict.decision !== 'hold') return null;
  const [approval, judged] = await Promise.all([
    archive.find(approvalArtefact, keys.approval(edition)),
    archive.read(verdictArtefact, keys.verdict(edition)),
  ]);
  if (approval?.value.verdict === judged.sha256) return approval.value.because;
  throw new EditionHeld(
    `The edition ${edition} is held for a person: ${grave(verdict, 'hold')}. ${approval ? 'The approval there was of other bytes. ' : ''}Look at the draft in ${archive.url}${keys.draft(edition)}, then: report approve --edition ${edition} --because "…"`,
    { edition },
  );
}

function grave(verdict: Verdict, outcome: 'hold' | 'refuse'): string {
  return verdict.reasons
    .filter((reason) => reason.outcome === outcome)
    .map(({ id, detail }) => `${id}: ${detail}`)
    .join('; ')
    .slice(0, 600);
}

/**
 * The public files. Every file that was judged is read back and compared, also one that stays private: a permission is
 * of all the bytes that the verdict lists.
 */
async function judgedFiles(work: Work, edition: Edition, verdict: Verdict): Promise<PublicFile[]> {
  const files: PublicFile[] = [];
  for (const [key, judged] of Object.entries(verdict.judged)) {
    const path = key.slice(keys.draft(edition).length);
    const body = await work.read(fileArtefact, key);
    if (sha256(body) !== judged) {
      throw new IncompleteEdition(
        `${key} changed since it was judged. Run again from check; if another run is at work on this archive, let it finish first.`,
        { key },
      );
    }
    if (PUBLIC.test(path)) files.push({ path, sha256: judged, body });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function currentRevision(archive: Archive, edition: Edition): Promise<Revision | undefined> {
  const editions = await archive.find(editionsArtefact, keys.editions);
  const entry = editions?.value.editions.find((one) => one.edition === edition);
  if (!entry) return undefined;
  const manifest = entry.revisions.find(({ revision }) => revision === entry.revision)?.manifest;
  return (await archive.read(revisionArtefact, keys.manifest(edition, entry.revision), manifest)).value;
}

/**
 * Takes the first free number, or the one that an earlier try at these same bytes took. A number taken for other
 * bytes and never committed stays unused: what was written once is never written over.
 */
async function claim(
  archive: Archive,
  draft: Omit<Revision, 'revision'>,
  first: number,
): Promise<{ revision: Revision; manifest: string }> {
  for (let next = first; ; next++) {
    const revision: Revision = { ...draft, revision: `r${next}` };
    const key = keys.manifest(draft.edition as Edition, revision.revision);
    try {
      return { revision, manifest: (await archive.writeOnce(revisionArtefact, key, revision)).sha256 };
    } catch (error) {
      if (!(error instanceof ArchiveConflict)) throw error;
      const taken = await archive.find(revisionArtefact, key);
      if (!taken) throw error;
      if (sameRevision(taken.value, draft)) return { revision: taken.value, manifest: taken.sha256 };
    }
  }
}

/** The same bytes, with the same corrections in them: what is said of a revision belongs to it. */
function sameRevision(
  revision: Revision,
  other: {
    readonly files: readonly { path: string; sha256: string }[];
    readonly corrections?: Revision['corrections'];
  },
): boolean {
  const list = (of: typeof other) =>
    [
      ...of.files.map(({ path, sha256 }) => `${sha256} ${path}`),
      ...(of.corrections ?? []).map(
        ({ corrects, because, translations, at }) =>
          `${corrects} ${at} ${because} ${JSON.stringify(translations ?? {})}`,
      ),
    ].join('\n');
  return list(revision) === list(other);
}

function paths(archive: Archive, revision: Revision): string[] {
  return revision.files.map(
    ({ path }) => `${archive.url}${keys.revision(revision.edition as Edition, revision.revision)}${path}`,
  );
}
