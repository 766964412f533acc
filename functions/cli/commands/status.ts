import type { Command } from 'commander';
import { parseEdition } from '../../edition.ts';
import type { EnvironmentName } from '../deployment.ts';
import { options } from '../options.ts';
import { openPlace } from '../place.ts';
import { sayResult } from '../say.ts';
import { status, statusText } from '../status.ts';

interface Asked {
  readonly edition?: string;
  readonly env?: EnvironmentName;
  readonly archive?: string;
  readonly json?: boolean;
}

/** `report status` */
export function addStatus(program: Command): void {
  program
    .command('status')
    .description('what the archive holds; with --env also the latest runs and the current templates')
    .addOption(options.edition('only this month'))
    .addOption(options.env())
    .addOption(options.archive())
    .addOption(options.json())
    .allowExcessArguments(false)
    .action(async ({ edition, json, ...asked }: Asked) => {
      const only = edition === undefined ? undefined : parseEdition(edition);
      const { archive, deployment } = await openPlace(asked);
      if (!deployment) {
        sayResult(await status(archive, only), json, statusText);
        return;
      }
      const { cloudStatus, cloudStatusText } = await import('../cloud-status.ts');
      const { stepFunctions } = await import('../cloud/executions.ts');
      const runs = stepFunctions(deployment.stateMachineArn);
      sayResult(
        await cloudStatus({ archive, deployment, runs, now: new Date(), only }),
        json,
        cloudStatusText,
      );
    });
}
