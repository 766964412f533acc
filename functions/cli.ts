#!/usr/bin/env node
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { styleText } from 'node:util';
import { Command, CommanderError, Option } from 'commander';
import type { Archive } from './archive/archive.ts';
import { openArchive } from './archive/open-store.ts';
import { approve } from './check/approval.ts';
import { barReporter, lineReporter, silent } from './cli/progress.ts';
import { status, statusText } from './cli/status.ts';
import { summarise, summaryText } from './cli/summary.ts';
import { assertOver, type Edition, editionOf, monthBefore, parseEdition } from './edition.ts';
import { BadRequest, isReportError } from './errors.ts';
import { STAGE_NAMES, type StageName } from './plan.ts';
import { openRecording } from './pull/recording.ts';
import type { From } from './run.ts';

interface Options {
  readonly edition?: string;
  readonly live?: boolean;
  readonly archive: string;
  readonly locale?: readonly string[];
  readonly from: StageName;
  readonly until: StageName;
  readonly json?: boolean;
}

const EXIT = { failed: 1, badRequest: 2, held: 3 } as const;
const archiveOption = () =>
  new Option('--archive <url>', 'file:///…, s3://bucket/prefix or memory:').default(
    `${pathToFileURL(resolve('out'))}/`,
    'the folder out',
  );
const jsonOption = () => new Option('--json', 'one JSON object on standard output, nothing else');
const editionOption = (text: string) => new Option('--edition <YYYY-MM>', text);

const program = new Command('report')
  .description(
    'Makes an edition of the report on the China–US balance in open AI models.\nWithout options: the recorded edition, from real figures, offline.',
  )
  .helpCommand(false)
  .enablePositionalOptions()
  .exitOverride()
  .configureOutput({ outputError: () => {} })
  .addHelpText(
    'after',
    '\nExamples:\n  report                                  the recorded edition into out/\n  report --live                           the month before this one, from the live sources\n  report --edition 2026-07 --from render  words or charts changed: from render on\n\nExit code: 0 done, 1 failed, 2 asked for something impossible, 3 held for a person.',
  )
  .addOption(
    editionOption('month to make (default: the recorded one; with --live the month before this one)'),
  )
  .option('--live', 'pull from the live sources instead of the recording')
  .addOption(archiveOption())
  .option('--locale <language...>', 'languages to make (default: every complete one)')
  .addOption(new Option('--from <stage>', 'first stage').choices(STAGE_NAMES).default('pull'))
  .addOption(new Option('--until <stage>', 'last stage').choices(STAGE_NAMES).default('publish'))
  .addOption(jsonOption())
  .allowExcessArguments(false)
  .action((options: Options) => make(options, openArchive(options.archive)));

program
  .command('approve')
  .description('let a held edition go out, and publish it')
  .addOption(editionOption('the held month').makeOptionMandatory())
  .requiredOption('--because <reason>', 'why, in a sentence; it is kept with the revision')
  .option('--by <name>', 'who approves', userInfo().username)
  .addOption(archiveOption())
  .addOption(jsonOption())
  .allowExcessArguments(false)
  .action(
    async ({
      edition,
      because,
      by,
      archive,
      json,
    }: {
      edition: string;
      because: string;
      by: string;
      archive: string;
      json?: boolean;
    }) => {
      const opened = openArchive(archive);
      const month = parseEdition(edition);
      await approve({ archive: opened, edition: month, because, by, now: new Date() });
      await make({ edition, archive, from: 'publish', until: 'publish', ...(json ? { json } : {}) }, opened);
    },
  );

program
  .command('status')
  .description('what the archive holds')
  .addOption(editionOption('only this month'))
  .addOption(archiveOption())
  .addOption(jsonOption())
  .allowExcessArguments(false)
  .action(async ({ edition, archive, json }: { edition?: string; archive: string; json?: boolean }) => {
    const held = await status(
      openArchive(archive),
      edition === undefined ? undefined : parseEdition(edition),
    );
    print(json ? JSON.stringify(held, null, 1) : statusText(held));
  });

program
  .command('doctor')
  .description('ask each live source once, and say which assumption no longer holds')
  .addOption(jsonOption())
  .allowExcessArguments(false)
  .action(async ({ json }: { json?: boolean }) => {
    const { doctor } = await import('./pull/doctor.ts');
    const findings = await doctor({ environment: process.env });
    if (json) print(JSON.stringify(findings, null, 1));
    else
      for (const { source, assumption, holds, found, whatToDo } of findings)
        print(
          `${holds ? '✓' : '✗'} ${source.padEnd(18)} ${assumption}: ${found}${holds ? '' : ` — ${whatToDo}`}`,
        );
    if (findings.some(({ holds }) => !holds)) process.exitCode = EXIT.failed;
  });

/** Makes an edition, or some of its stages, and says what was made. */
async function make(options: Options, archive: Archive): Promise<void> {
  const { edition, bodies, now } = await what(options);
  const { completeLocales } = await import('./render/locales.ts');
  const { loadTemplates } = await import('./render/templates.ts');
  const templates = await loadTemplates(new URL('../templates/', import.meta.url));
  const locales = chosenLocales(options.locale, completeLocales(templates).complete);
  const { runEdition } = await import('./run.ts');
  const bar = process.stdout.isTTY ? barReporter(process.stdout) : lineReporter(process.stdout);
  const { from, until } = options;
  const result = await runEdition(
    { archive, edition, bodies, from, until, locales, templates, now, environment: process.env },
    options.json ? silent : bar,
  );
  const summary = await summarise(archive, edition, locales, result);
  print(options.json ? JSON.stringify(summary, null, 1) : summaryText(summary));
}

/** Which month, from which bodies, by which clock: the recorded edition runs by the clock of its recording. */
async function what({
  edition: asked,
  live,
  from,
}: Options): Promise<{ edition: Edition; bodies: From; now: () => Date }> {
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

function chosenLocales(asked: readonly string[] | undefined, complete: readonly string[]): readonly string[] {
  const unknown = (asked ?? []).find((locale) => !complete.includes(locale));
  if (unknown !== undefined)
    throw new BadRequest(
      `There is no complete language "${unknown.slice(0, 40)}". Complete in templates/locales: ${complete.join(', ')}.`,
    );
  return asked ? [...new Set(asked)] : complete;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One clear error: its name, what, where and what to do; the stack only for what we did not foresee. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return;
    complain('BadRequest', `${error.message.replace(/^error: |\.$/g, '')}. See report --help.`);
    process.exitCode = EXIT.badRequest;
    return;
  }
  if (isReportError(error)) {
    complain(error.name, error.message, error.evidence);
    process.exitCode =
      error.name === 'BadRequest' ? EXIT.badRequest : error.name === 'EditionHeld' ? EXIT.held : EXIT.failed;
    return;
  }
  complain('Unforeseen', error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = EXIT.failed;
}

function complain(name: string, message: string, evidence: object = {}): void {
  if (process.argv.includes('--json')) print(JSON.stringify({ error: { name, message, evidence } }, null, 1));
  process.stderr.write(`${styleText('red', name, { stream: process.stderr })}: ${message}\n`);
}

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}
