import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { openArchive } from '../../archive/open-store.ts';
import { type Approval, approve } from '../../check/approval.ts';
import { parseEdition } from '../../edition.ts';
import { BadRequest } from '../../errors.ts';
import type { EnvironmentName } from '../deployment.ts';
import { assertHeld } from '../held.ts';
import { defaultArchive, options } from '../options.ts';
import { openPlace } from '../place.ts';
import { make } from './make.ts';
import { begin } from './run.ts';

interface Asked {
  readonly edition: string;
  readonly because: string;
  readonly by?: string;
  readonly env?: EnvironmentName;
  readonly archive?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `report approve` */
export function addApprove(program: Command): void {
  program
    .command('approve')
    .description('let a held edition go out, and publish it')
    .addOption(options.edition('the held month').makeOptionMandatory())
    .requiredOption('--because <reason>', 'why, in a sentence; it is kept with the revision')
    .option('--by <name>', 'who approves (default: who is logged in; with --env always who is signed in)')
    .addOption(options.env())
    .addOption(options.archive())
    .addOption(options.wait())
    .addOption(options.json())
    .allowExcessArguments(false)
    .action((asked: Asked) => (asked.env === undefined ? here(asked) : deployed(asked)));
}

async function here({ edition, because, by, archive, wait, json }: Asked): Promise<void> {
  if (wait) throw new BadRequest('--wait is for a run in the cloud: add --env, or leave it out.');
  const url = archive ?? defaultArchive();
  const opened = openArchive(url);
  const month = parseEdition(edition);
  const now = new Date();
  const approval = await approve({
    archive: opened,
    edition: month,
    because,
    by: by ?? userInfo().username,
    now,
  });
  const asked = {
    edition,
    archive: url,
    from: 'publish',
    until: 'publish',
    ...(json ? { json } : {}),
  } as const;
  await make(asked, opened, { said: said(approval), with: { approval } });
}

async function deployed({ edition: month, because, by: claimed, ...asked }: Asked): Promise<void> {
  if (claimed !== undefined)
    throw new BadRequest('With --env, who approves is who is signed in to AWS. Leave --by out.');
  const edition = parseEdition(month);
  const { archive, deployment } = await openPlace(asked);
  if (!deployment) throw new BadRequest('Say with --env in which deployment.');
  const { callerArn } = await import('../cloud/identity.ts');
  const by = await callerArn();
  await assertHeld(archive, edition, deployment.env);
  const approval = await approve({ archive, edition, because, by, now: new Date() });
  await begin(
    deployment,
    { edition, from: 'publish', until: 'publish' },
    { ...asked, by, said: said(approval), with: { approval } },
  );
}

function said({ edition, verdict }: Approval): string {
  return `Approved ${edition} as judged in the verdict ${verdict} (SHA-256). A changed byte voids this.`;
}
