import { type Command, Option } from 'commander';
import { parseEdition } from '../../edition.ts';
import type { EnvironmentName } from '../deployment.ts';
import { options } from '../options.ts';
import { openDeployment } from '../place.ts';
import { say, sayResult } from '../say.ts';

interface Asked {
  readonly env: EnvironmentName;
  readonly execution?: string;
  readonly edition?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `report redrive` */
export function addRedrive(program: Command): void {
  program
    .command('redrive')
    .description('resume a failed run in the cloud at the step that failed')
    .addOption(options.env().makeOptionMandatory())
    .addOption(
      new Option('--execution <name>', 'which run (default: the latest that failed)').conflicts('edition'),
    )
    .addOption(options.edition('the latest run of this month'))
    .addOption(options.wait())
    .addOption(options.json())
    .allowExcessArguments(false)
    .action(async ({ env, execution, edition: month, wait, json }: Asked) => {
      const edition = month === undefined ? undefined : parseEdition(month);
      const { stateMachineArn } = await openDeployment(env);
      const { redrive } = await import('../redrive.ts');
      const { stepFunctions } = await import('../cloud/executions.ts');
      const runs = stepFunctions(stateMachineArn);
      const done = await redrive({ runs, asked: { execution, edition }, env, now: new Date() });
      const said = `${done.name} goes on${done.state ? ` at "${done.state}"` : ''}, where it failed with ${done.error ?? 'an error'}.`;
      if (!wait) {
        const of = done.edition ? ` --edition ${done.edition}` : '';
        sayResult({ env, ...done }, json, () => `${said}\nSee how it goes: report status --env ${env}${of}`);
        return;
      }
      if (!json) say(said);
      const { follow, watchedText } = await import('../follow.ts');
      const watched = await follow({ runs, name: done.name, env, json });
      sayResult({ env, ...done, ...watched }, json, watchedText);
    });
}
