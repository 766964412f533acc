import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { STAGE_NAMES } from '../functions/plan.ts';
import { Alarms } from './alarms.ts';
import { ArchiveBucket } from './archive.ts';
import { ReportDashboard } from './dashboard.ts';
import type { Deployable } from './environments.ts';
import { ReportFunction } from './functions.ts';
import { keysPath, keysStatement } from './keys.ts';
import { SenderIdentity } from './mail.ts';
import { Notices } from './notices.ts';
import { People } from './people.ts';
import { type FunctionName, pattern } from './permissions.ts';
import { Pipeline } from './pipeline.ts';
import { DeadLetters, Rhythm } from './schedule.ts';
import { Site } from './site.ts';
import { justifyWildcards } from './wildcards.ts';

export interface ReportStackProps extends StackProps {
  readonly environment: Deployable;
  /** What each function is deployed as, and the variables that go with it. */
  readonly code: (name: FunctionName) => {
    readonly code: Code;
    readonly variables: Readonly<Record<string, string>>;
  };
}

/** Everything there is of one environment. */
export class ReportStack extends Stack {
  constructor(scope: Construct, id: string, { environment, code, ...props }: ReportStackProps) {
    super(scope, id, props);
    const archive = new ArchiveBucket(this, 'Archive', environment);
    const notices = new Notices(this, 'Notices', environment);
    const deadLetters = new DeadLetters(this, 'DeadLetters');

    const make = (
      name: FunctionName,
      more: { variables?: Record<string, string>; statements?: PolicyStatement[] } = {},
    ) => {
      const { code: asset, variables } = code(name);
      const alone = name === 'start' || name === 'watch';
      return new ReportFunction(this, name[0]?.toUpperCase() + name.slice(1), {
        name,
        environment,
        archive,
        code: asset,
        variables: { ...variables, ...more.variables },
        statements: more.statements ?? [],
        ...(alone ? { deadLetters: deadLetters.queue } : {}),
      });
    };
    const retain = environment.retainPublishedDays;
    const stages = {
      pull: make('pull', {
        variables: { KEYS_PATH: keysPath(environment) },
        statements: [keysStatement(this, environment, ['ssm:GetParameters'])],
      }),
      compute: make('compute'),
      render: make('render'),
      print: make('print'),
      check: make('check'),
      publish: make('publish', {
        variables: { RETAIN_DAYS: String(retain) },
        statements: retain > 0 ? [retention(archive)] : [],
      }),
    };
    const pipeline = new Pipeline(this, 'Pipeline', {
      environment,
      notices,
      functions: {
        pull: stages.pull.function,
        compute: stages.compute.function,
        render: stages.render.function,
        print: stages.print.function,
        check: stages.check.function,
        publish: stages.publish.function,
      },
    });
    const machineArn = pipeline.stateMachine.stateMachineArn;
    const start = make('start', {
      variables: { STATE_MACHINE_ARN: machineArn },
      statements: [
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['states:StartExecution'],
          resources: [machineArn],
        }),
      ],
    });
    const watch = make('watch', {
      variables: { FIRST_EDITION: environment.firstEdition, PUBLISH_DAY: String(environment.publish.day) },
    });
    const functions = { ...stages, start, watch };
    new Rhythm(this, 'Rhythm', { environment, start: start.function, watch: watch.function, deadLetters });
    const alarms = new Alarms(this, 'Alarms', { environment, functions, pipeline, deadLetters, notices });
    new ReportDashboard(this, 'Overview', { environment, alarms });
    new People(this, 'People', {
      environment,
      archive,
      pipeline,
      deadLetters,
      startArn: start.function.functionArn,
    });
    const site = new Site(this, 'Site', { environment, archive });
    if (environment.sender !== null) new SenderIdentity(this, 'Sender', environment.sender);

    const outputs: Record<string, string> = {
      ArchiveUrl: archive.url,
      StateMachineArn: machineArn,
      StartFunctionName: start.function.functionName,
      NoticesTopicArn: notices.topic.topicArn,
      KeysPath: keysPath(environment),
      Region: environment.region,
      SiteUrl: site.url,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
    justifyWildcards(this);
  }
}

/** The right to keep what is published, and no right to let go of it. */
function retention(archive: ArchiveBucket): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['s3:PutObjectRetention'],
    resources: [archive.bucket.arnForObjects(pattern('public/'))],
  });
}

/** Every function that is deployed. */
export const FUNCTION_NAMES: readonly FunctionName[] = [...STAGE_NAMES, 'start', 'watch'];
