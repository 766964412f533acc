import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import type { Edition } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { type Corrections, correctionsArtefact } from './corrections.ts';
import { editionsArtefact } from './editions.ts';

/** A reason is printed: shorter, it says nothing; longer, it does not fit on a cover. */
const REASON = { shortest: 10, longest: 1000 } as const;

export type Correction = Corrections['corrections'][number];

/** What became of a correction. */
export interface Recorded {
  readonly correction: Correction;
  /** False if it was recorded before. */
  readonly added: boolean;
  /** The languages the edition is public in: those its readers have. */
  readonly locales: readonly string[];
}

/**
 * Records what is corrected in an edition that is public, bound to the revision that it corrects: the current one.
 * Making the revision that prints it is a separate step. The same reason again, of the current revision or of the one
 * before it, is no second correction.
 *
 * @throws BadRequest if the edition is not public, or the reason is too short or too long
 * @throws ArchiveConflict if somebody recorded another one at the same moment
 */
export async function correct(options: {
  archive: Archive;
  edition: Edition;
  because: string;
  /** The same in other languages. */
  translations?: Readonly<Record<string, string>>;
  by: string;
  now: Date;
}): Promise<Recorded> {
  const { archive, edition, by, now } = options;
  const because = reasonOf(options.because, '--because ');
  const translated = Object.entries(options.translations ?? {}).map(
    ([language, text]) => [language, reasonOf(text, `--because-in ${language}=`)] as const,
  );
  const list = (await archive.find(editionsArtefact, keys.editions))?.value.editions ?? [];
  const entry = list.find((one) => one.edition === edition);
  if (!entry)
    throw new BadRequest(
      `${edition} is not public in ${archive.url}, so there is nothing to correct. A draft is simply made again: report --edition ${edition}. See report status.`,
    );
  const there = await archive.find(correctionsArtefact, keys.corrections(edition));
  const before = there?.value.corrections ?? [];
  const current = entry.revisions.findIndex(({ revision }) => revision === entry.revision);
  const corrected = [entry.revision, entry.revisions[current - 1]?.revision];
  const known = before.findLast((one) => one.because === because && corrected.includes(one.corrects));
  if (known) return { correction: known, added: false, locales: entry.locales };
  const correction = {
    corrects: entry.revision,
    because,
    ...(translated.length > 0 ? { translations: Object.fromEntries(translated) } : {}),
    at: now.toISOString(),
    by,
  };
  await archive.write(
    correctionsArtefact,
    keys.corrections(edition),
    { schemaVersion: 1, edition, corrections: [...before, correction] },
    there ? { ifMatch: there.etag } : { ifNoneMatch: '*' },
  );
  return { correction, added: true, locales: entry.locales };
}

/** The reason as one line, since it is printed as a sentence. */
function reasonOf(text: string, option: string): string {
  const because = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (because.length < REASON.shortest)
    throw new BadRequest(
      `Say what was wrong and is right now, in a sentence of at least ${REASON.shortest} characters: ${option}"…". It is printed on the cover.`,
    );
  if (because.length > REASON.longest)
    throw new BadRequest(
      `The reason has ${because.length} characters, and there is room for ${REASON.longest} on the cover. Say it shorter: ${option}"…".`,
    );
  return because;
}
