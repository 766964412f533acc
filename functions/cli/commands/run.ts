import { type Command, Option } from 'commander';
import { assertOver, parseEdition } from '../../edition.ts';
import { BadRequest } from '../../errors.ts';
import { STAGE_NAMES, type StageName } from '../../plan.ts';
import type { Deployment, EnvironmentName } from '../deployment.ts';
import { options } from '../options.ts';
import { openDeployment } from '../place.ts';
import { say, sayResult } from '../say.ts';

interface Asked {
  readonly env: EnvironmentName;
  readonly edition: string;
  readonly from?: StageName;
  readonly until?: StageName;
  readonly locale?: readonly string[];
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `report run` */
export function addRun(program: Command): void {
  program
    .command('run')
    .description('make an edition in the cloud, or some of its stages')
    .addOption(options.env().makeOptionMandatory())
    .addOption(options.edition('month to make').makeOptionMandatory())
    .addOption(new Option('--from <stage>', 'first stage (default: pull)').choices(STAGE_NAMES))
    .addOption(new Option('--until <stage>', 'last stage (default: publish)').choices(STAGE_NAMES))
    .option('--locale <language...>', 'languages to make (default: every complete one)')
    .addOption(options.wait())
    .addOption(options.json())
    .allowExcessArguments(false)
    .action(async ({ env, edition: month, from = 'pull', until = 'publish', ...asked }: Asked) => {
      const edition = parseEdition(month);
      if (STAGE_NAMES.indexOf(from) > STAGE_NAMES.indexOf(until))
        throw new BadRequest(`${from} comes after ${until}. The order is ${STAGE_NAMES.join(', ')}.`);
      if (until !== 'pull') assertOver(edition, new Date());
      await begin(await openDeployment(env), { edition, from, until, locales: asked.locale }, asked);
    });
}

/** Starts a run in the cloud, watches it if asked to, and says what came of it. */
export async function begin(
  deployment: Deployment,
  wanted: {
    readonly edition: string;
    readonly from: StageName;
    readonly until: StageName;
    readonly locales?: readonly string[] | undefined;
  },
  how: {
    readonly wait?: boolean;
    readonly json?: boolean;
    readonly by?: string;
    /** What was done before, as a sentence and as fields of the JSON object. */
    readonly said?: string;
    readonly with?: object;
  },
): Promise<void> {
  const { env } = deployment;
  const { startRun } = await import('../start-run.ts');
  const { startFunction } = await import('../cloud/start-function.ts');
  const { callerArn } = await import('../cloud/identity.ts');
  const by = how.by ?? (await callerArn());
  if (how.said !== undefined && !how.json) say(how.said);
  const started = await startRun(startFunction(deployment.startFunction, env), { ...wanted, by });
  const looks = `See how it goes: report status --env ${env} --edition ${wanted.edition}`;
  if (!how.wait) {
    sayResult(
      { env, ...how.with, ...started },
      how.json,
      ({ name }) => `Started ${name} in ${env}. ${looks}`,
    );
    return;
  }
  const { follow, watchedText } = await import('../follow.ts');
  const { stepFunctions } = await import('../cloud/executions.ts');
  const runs = stepFunctions(deployment.stateMachineArn);
  if (!how.json) sayResult(started, false, ({ name }) => `Started ${name} in ${env}.`);
  const watched = await follow({ runs, name: started.name, env, json: how.json });
  sayResult({ env, ...how.with, ...started, ...watched }, how.json, watchedText);
}
