import type { Deployable } from './environments.ts';

type Outputs = Readonly<Record<string, string>>;

/** What an op reads after a deployment: what there is now, and what is left to do. */
export function afterDeployment(at: Deployable, outputs: Outputs, first: boolean): string {
  const env = `--env ${at.name}`;
  const dkim = Object.entries(outputs).filter(([name]) => /^SenderDkim/.test(name) || /^Dkim\d/.test(name));
  const steps = [
    ...(first && at.alertEmails.length > 0
      ? [
          `Confirm the subscription in the mailbox of ${at.alertEmails.join(', ')}; until then nobody is told.`,
        ]
      : []),
    ...(at.alertEmails.length === 0
      ? ['Nobody is told of holds and alarms: write alertEmails in infra/environments.ts and deploy again.']
      : []),
    ...(first ? [`Set the sources’ keys, if you have them: npm run report -- keys set HF_TOKEN ${env}`] : []),
    ...(at.domain === null
      ? []
      : [`Point ${at.domain.name} to the distribution, by an ALIAS or a CNAME record.`]),
    ...(dkim.length > 0 ? ['Write the DKIM records above into the DNS of the sender’s domain.'] : []),
    ...(first || !at.production
      ? [`Make an edition: npm run report -- run ${env} --edition YYYY-MM --until check`]
      : []),
    `See what there is: npm run report -- status ${env}`,
  ];
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return [
    '',
    ...Object.entries(outputs).map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    '',
    'Next:',
    ...steps.map((step) => `  ${step}`),
    '  More: infra/RUNBOOK.md',
    '',
  ].join('\n');
}

/** What an op reads after the end: what is still there. */
export function afterDestruction(at: Deployable, outputs: Outputs): string {
  if (!at.production)
    return `\nNothing of ${at.name} is left but the CDK’s bootstrap, which is the account’s.\n`;
  return [
    '',
    `The bucket ${outputs.ArchiveUrl?.split('/')[2] ?? 'of the archive'} stays, with its access logs and every revision under retention, and so do the log groups OpenModelBalance-${at.name}-*.`,
    'They cost storage. How to deploy anew beside them, or to remove them: infra/RUNBOOK.md#after-a-destroy',
    '',
  ].join('\n');
}
