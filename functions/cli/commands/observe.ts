import type { Command } from 'commander';
import { openArchive } from '../../archive/open-store.ts';
import { runningMonth } from '../../edition.ts';
import { BadRequest } from '../../errors.ts';
import type { EnvironmentName } from '../deployment.ts';
import { observationText, observe } from '../observe.ts';
import { defaultArchive, options } from '../options.ts';
import { openDeployment } from '../place.ts';
import { barReporter, lineReporter, silent } from '../progress.ts';
import { sayResult } from '../say.ts';
import { begin } from './run.ts';

interface Asked {
  readonly env?: EnvironmentName;
  readonly archive?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `report observe` */
export function addObserve(program: Command): void {
  program
    .command('observe')
    .description('pull every live source once for the month that is running, and seal what it says')
    .addOption(options.env())
    .addOption(options.archive())
    .addOption(options.wait())
    .addOption(options.json())
    .allowExcessArguments(false)
    .action(async ({ env, archive, wait, json }: Asked) => {
      if (env !== undefined && archive !== undefined)
        throw new BadRequest(
          `--env ${env} names the archive of a deployment, and --archive another one. Leave one of them out.`,
        );
      if (env === undefined) await here(archive, wait, json);
      else
        await begin(
          await openDeployment(env),
          { edition: runningMonth(new Date()), from: 'pull', until: 'pull' },
          { ...(wait ? { wait } : {}), ...(json ? { json } : {}) },
        );
    });
}

async function here(url: string | undefined, wait?: boolean, json?: boolean): Promise<void> {
  if (wait) throw new BadRequest('--wait is for a run in the cloud: add --env, or leave it out.');
  const archive = openArchive(url ?? defaultArchive());
  const now = () => new Date();
  const edition = runningMonth(now());
  const { runEdition } = await import('../../run.ts');
  const { SOURCE_NAMES } = await import('../../sources/index.ts');
  const bar = process.stdout.isTTY ? barReporter(process.stdout) : lineReporter(process.stdout);
  const observed = await observe({
    archive,
    edition,
    sources: SOURCE_NAMES,
    now: now(),
    pull: (reporter) =>
      runEdition(
        {
          archive,
          edition,
          bodies: { kind: 'live' },
          from: 'pull',
          until: 'pull',
          // Pulling needs neither.
          locales: [],
          templates: { files: new Map(), fonts: new Map() },
          now,
          environment: process.env,
        },
        reporter,
      ),
    reporter: json ? silent : bar,
  });
  sayResult(observed, json, observationText);
}
