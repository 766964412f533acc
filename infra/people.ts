import { Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  CompositePrincipal,
  Effect,
  type IPrincipal,
  Policy,
  PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ArchiveBucket } from './archive.ts';
import type { Deployable } from './environments.ts';
import { keysStatement } from './keys.ts';
import { type Access, archiveStatements, pattern } from './permissions.ts';
import type { Pipeline } from './pipeline.ts';
import type { DeadLetters } from './schedule.ts';

export interface PeopleProps {
  readonly environment: Deployable;
  readonly archive: ArchiveBucket;
  readonly pipeline: Pipeline;
  readonly deadLetters: DeadLetters;
  readonly startArn: string;
}

/** What lets a revision out: a held draft approved, a public edition corrected. Both say who and why. */
const DECISIONS = ['drafts/<edition>/approval.json', 'drafts/<edition>/corrections.json'];

const READS = ['snapshots/', 'drafts/', 'public/', 'templates/'];

/**
 * Three roles for people, so that nobody works with more rights than the work needs: who runs the machine cannot approve,
 * who approves cannot change a draft, who edits cannot run it, and nobody but the publish function writes what is public.
 */
export class People extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { environment, archive, pipeline, deadLetters, startArn }: PeopleProps,
  ) {
    super(scope, id);
    const stack = Stack.of(this);
    const machine = pipeline.stateMachine;
    const executions = stack
      .formatArn({
        service: 'states',
        resource: 'execution',
        resourceName: `${machine.stateMachineName}:*`,
        arnFormat: undefined,
      })
      .replace('execution/', 'execution:');
    const allow = (actions: string[], resources: string[]) =>
      new PolicyStatement({ effect: Effect.ALLOW, actions, resources });
    const seeing = [
      allow(['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'], [stack.stackId]),
      allow(['states:ListExecutions', 'states:DescribeStateMachine'], [machine.stateMachineArn]),
      allow(['states:DescribeExecution', 'states:GetExecutionHistory'], [executions]),
    ];
    const starting = allow(['lambda:InvokeFunction'], [startArn]);
    const role = (
      name: string,
      description: string,
      access: Access,
      statements: readonly PolicyStatement[],
    ) => {
      const made = new Role(this, name, {
        roleName: `OpenModelBalance-${environment.name}-${name}`,
        description,
        assumedBy: environment.production ? withSecondFactor() : new AccountRootPrincipal(),
      });
      new Policy(this, `${name}Rights`, {
        roles: [made],
        statements: [...archiveStatements(archive.bucket, access), ...seeing, ...statements],
      });
    };
    role(
      'Operator',
      'Runs and redrives; takes drafts to a laptop and back',
      { reads: READS, writes: ['snapshots/', 'drafts/'] },
      [
        new PolicyStatement({
          effect: Effect.DENY,
          actions: ['s3:PutObject'],
          resources: DECISIONS.map((decision) => archive.bucket.arnForObjects(pattern(decision))),
        }),
        starting,
        allow(['states:RedriveExecution', 'states:StopExecution'], [executions]),
        allow(
          ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:PurgeQueue'],
          [deadLetters.queue.queueArn],
        ),
        keysStatement(this, environment, ['ssm:GetParameters', 'ssm:PutParameter', 'ssm:DeleteParameter']),
        allow(
          ['logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:DescribeLogStreams'],
          [
            stack
              .formatArn({ service: 'logs', resource: 'log-group', resourceName: `${stack.stackName}-*` })
              .replace('log-group/', 'log-group:'),
          ],
        ),
      ],
    );
    role(
      'Editor',
      'Publishes templates, looks at drafts',
      { reads: ['drafts/', 'public/', 'templates/'], writes: ['templates/'] },
      [],
    );
    role(
      'Approver',
      'Lets a held edition go out, and corrects what is public',
      { reads: ['drafts/', 'public/'], writes: DECISIONS },
      [starting],
    );
  }
}

/**
 * People of the account who have shown a second factor. Sessions of IAM Identity Center do not carry that they have; it
 * asks for one itself.
 */
function withSecondFactor(): IPrincipal {
  const account = new AccountRootPrincipal();
  return new CompositePrincipal(
    account.withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    account.withConditions({
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*' },
    }),
  );
}
