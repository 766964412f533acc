import { describe, expect, it } from 'vitest';
import { afterDeployment, afterDestruction } from '../../infra/next-steps.ts';
import { commandsIn, optionsOf } from './commands.ts';
import { COMPLETE, environment } from './stack.ts';

describe('after a deployment', () => {
  const outputs = {
    ArchiveUrl: 's3://the-bucket/archive/',
    Dkim1: 'a CNAME b',
    SiteUrl: 'https://report.example.org',
  };

  it('an op reads what there is and what is left to do', () => {
    const text = afterDeployment(environment('prod', COMPLETE), outputs, true);
    for (const said of [
      'SiteUrl     https://report.example.org',
      'Confirm the subscription in the mailbox of ops@example.org',
      'npm run report -- keys set HF_TOKEN --env prod',
      'Point report.example.org to the distribution',
      'DKIM records',
      'npm run report -- status --env prod',
    ])
      expect(text).toContain(said);
    expect(afterDeployment(environment('prod'), {}, false)).toContain('Nobody is told of holds and alarms');
  });

  it('is destroyed, an op reads what stays', () => {
    expect(afterDestruction(environment('prod'), outputs)).toMatch(/The bucket the-bucket stays/);
    expect(afterDestruction(environment('dev'), outputs)).toMatch(/Nothing of dev is left/);
  });

  it('is told only commands that exist, with options they have', () => {
    const named = commandsIn(afterDeployment(environment('prod', COMPLETE), outputs, true));
    expect(named.length).toBeGreaterThan(2);
    for (const { command, options } of named)
      expect(optionsOf(command), command.join(' ')).toEqual(expect.arrayContaining([...options]));
  });
});
