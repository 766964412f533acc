import type { Command } from 'commander';
import { Option } from 'commander';
import type { Archive } from '../../archive/archive.ts';
import { openArchive } from '../../archive/open-store.ts';
import { assertOver, type Edition, editionOf, monthBefore, parseEdition } from '../../edition.ts';
import { BadRequest } from '../../errors.ts';
import { STAGE_NAMES, type StageName } from '../../plan.ts';
import { openRecording } from '../../pull/recording.ts';
import type { From } from '../../run.ts';
import { defaultArchive, options } from '../options.ts';
import { barReporter, lineReporter, silent } from '../progress.ts';
import { say, sayResult } from '../say.ts';
import { summarise, summaryText } from '../summary.ts';

export interface MakeOptions {
  readonly edition?: string;
  readonly live?: boolean;
  readonly archive?: string;
  readonly locale?: readonly string[];
  readonly from: StageName;
  readonly until: StageName;
  readonly json?: boolean;
}

/** What the program does without a command: make an edition, or some of its stages, on this machine. */
export function addMake(program: Command): void {
  program
    .addOption(
      options.edition('month to make (default: the recorded one; with --live the month before this one)'),
    )
    .option('--live', 'pull from the live sources instead of the recording')
    .addOption(options.archive())
    .option('--locale <language...>', 'languages to make (default: those of publication.json)')
    .addOption(new Option('--from <stage>', 'first stage').choices(STAGE_NAMES).default('pull'))
    .addOption(new Option('--until <stage>', 'last stage').choices(STAGE_NAMES).default('publish'))
    .addOption(options.json())
    .allowExcessArguments(false)
    .action((asked: MakeOptions) => make(asked, openArchive(asked.archive ?? defaultArchive())));
}

/** What a command that makes an edition has done before, and says with what was made. */
export interface Before {
  /** A sentence for people, and the same as fields of the JSON object. */
  readonly said: string;
  readonly with: object;
  /** The time of the run, where it is not that of the recording. */
  readonly clock?: () => Date;
}

/** Makes an edition, or some of its stages, and says what was made. */
export async function make(asked: MakeOptions, archive: Archive, before?: Before): Promise<void> {
  const { edition, bodies, now: timed } = await what(asked);
  const now = before?.clock ?? timed;
  const { completeLocales, editionLocales } = await import('../../render/locales.ts');
  const { loadTemplates } = await import('../../render/templates.ts');
  const templates = await loadTemplates(new URL('../../../templates/', import.meta.url));
  const locales = asked.locale
    ? chosenLocales(asked.locale, completeLocales(templates).complete)
    : editionLocales(templates);
  const { runEdition } = await import('../../run.ts');
  const bar = process.stdout.isTTY ? barReporter(process.stdout) : lineReporter(process.stdout);
  const { from, until } = asked;
  if (before && !asked.json) say(before.said);
  const result = await runEdition(
    { archive, edition, bodies, from, until, locales, templates, now, environment: process.env },
    asked.json ? silent : bar,
  );
  const summary = await summarise(archive, edition, locales, result);
  sayResult({ ...summary, ...before?.with }, asked.json, summaryText);
}

/** Which month, from which bodies, by which clock: the recorded edition runs by the clock of its recording. */
async function what({
  edition: asked,
  live,
  from,
}: MakeOptions): Promise<{ edition: Edition; bodies: From; now: () => Date }> {
  const wall = () => new Date();
  if (live) {
    const edition = asked === undefined ? monthBefore(editionOf(wall())) : parseEdition(asked);
    assertOver(edition, wall());
    return { edition, bodies: { kind: 'live' }, now: wall };
  }
  const recording = await openRecording();
  const edition = asked === undefined ? recording.edition : parseEdition(asked);
  assertOver(edition, wall());
  if (edition === recording.edition)
    return { edition, bodies: { kind: 'recorded', recording }, now: () => recording.recordedAt };
  if (from === 'pull') {
    throw new BadRequest(
      `Only ${recording.edition} is recorded. Add --live to pull ${edition} from the sources, or --from compute to use the snapshots in the archive.`,
    );
  }
  return { edition, bodies: { kind: 'live' }, now: wall };
}

function chosenLocales(asked: readonly string[], complete: readonly string[]): readonly string[] {
  const unknown = asked.find((locale) => !complete.includes(locale));
  if (unknown !== undefined)
    throw new BadRequest(
      `There is no complete language "${unknown.slice(0, 40)}". Complete in templates/locales: ${complete.join(', ')}.`,
    );
  return [...new Set(asked)];
}
