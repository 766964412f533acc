import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { isFinished } from '../archive/work.ts';
import type { Edition } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import type { StageName } from '../plan.ts';
import { editionsArtefact } from '../publish/editions.ts';
import { completeLocales, editionLocales } from '../render/locales.ts';
import { currentTemplates, type TemplatesRef, templateFiles } from '../render/published.ts';
import type { Templates } from '../render/templates.ts';
import { SOURCE_NAMES } from '../sources/index.ts';
import type { SourceName } from '../sources/source.ts';
import type { Asked } from './asked.ts';

/** What the state machine is given: everything a run is about, decided once, so that no stage decides otherwise. */
export interface RunInput {
  readonly edition: Edition;
  readonly from: StageName;
  readonly until: StageName;
  readonly locales: readonly string[];
  readonly sources: readonly SourceName[];
  /** The templates of the whole run, though an editor may publish others meanwhile. */
  readonly templates: TemplatesRef;
}

/** The state machine, as far as starting goes. */
export interface Runs {
  /** @returns the execution's ARN, and whether there was one of this name already */
  start(name: string, input: RunInput): Promise<{ readonly execution: string; readonly already: boolean }>;
}

/** What came of it. */
export type Started =
  | { readonly edition: Edition; readonly started: true; readonly name: string; readonly execution: string }
  | { readonly edition: Edition; readonly started: false; readonly because: string };

/**
 * Decides what a run is about and starts it, once: the same event again finds the execution of its name.
 *
 * @param own reads the text files of the templates that came with the release
 * @throws BadRequest if a language is asked for that is not complete
 * @throws TemplateError if this release cannot read the current templates
 */
export async function startRun(options: {
  archive: Archive;
  asked: Asked;
  runs: Runs;
  own: () => Promise<ReadonlyMap<string, string>>;
}): Promise<Started> {
  const { archive, asked, runs, own } = options;
  const { edition, until, name } = asked;
  if (asked.scheduled && until !== 'pull' && (await isPublic(archive, edition))) {
    const because = `${edition} is public already. To publish it anew, start a run by hand.`;
    return { edition, started: false, because };
  }
  const templates = await currentTemplates(archive);
  const folder = { files: await templateFiles(archive, templates, own), fonts: new Map() };
  const { execution, already } = await runs.start(name, {
    edition,
    from: asked.from ?? ((await isFinished(archive, edition, 'compute')) ? 'render' : 'pull'),
    until,
    locales: asked.locales ? chosen(asked.locales, folder) : editionLocales(folder),
    sources: SOURCE_NAMES,
    templates,
  });
  return already
    ? { edition, started: false, because: `It was started before, as ${execution}.` }
    : { edition, started: true, name, execution };
}

async function isPublic(archive: Archive, edition: Edition): Promise<boolean> {
  const editions = (await archive.find(editionsArtefact, keys.editions))?.value.editions ?? [];
  return editions.some((one) => one.edition === edition);
}

function chosen(asked: readonly string[], templates: Templates): readonly string[] {
  const { complete } = completeLocales(templates);
  const unknown = asked.find((locale) => !complete.includes(locale));
  if (unknown !== undefined)
    throw new BadRequest(
      `There is no complete language "${unknown.slice(0, 40)}" in the current templates. Complete: ${complete.join(', ')}.`,
    );
  return [...new Set(asked)];
}
