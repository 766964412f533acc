import { RemovalPolicy } from 'aws-cdk-lib';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ArchiveBucket } from './archive.ts';
import type { Environment } from './environments.ts';
import { FUNCTION_SIZES } from './function-sizes.ts';
import { acknowledge } from './nag.ts';
import { accessOf, archiveStatements, type FunctionName } from './permissions.ts';

/** The variables that point a source elsewhere; taken over from the deployer's environment where they are set there. */
export const MIRRORS = ['HF_ENDPOINT', 'OPENROUTER_BASE_URL', 'EPOCH_BASE_URL'] as const;

export interface ReportFunctionProps {
  readonly name: FunctionName;
  readonly environment: Environment;
  readonly archive: ArchiveBucket;
  readonly code: Code;
  readonly variables?: Readonly<Record<string, string>>;
  /** Rights beside those in the archive. */
  readonly statements?: readonly PolicyStatement[];
  /** Where an event goes that the function failed at, if nobody waits for its answer. */
  readonly deadLetters?: IQueue;
}

/** One function with a role of its own, which may do in the archive what the plan says and nothing else. */
export class ReportFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ReportFunctionProps) {
    super(scope, id);
    const { name, environment, archive, code, variables = {}, statements = [], deadLetters } = props;
    const { memory, timeout, ephemeral } = FUNCTION_SIZES[name];
    const logGroup = new LogGroup(this, 'Logs', {
      retention: environment.keepLogsDays,
      removalPolicy: environment.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    new Policy(this, 'Rights', {
      roles: [role],
      statements: [
        ...archiveStatements(archive.bucket, accessOf(name)),
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
        ...statements,
      ],
    });
    this.function = new LambdaFunction(this, 'Function', {
      description: `Open Model Balance, ${environment.name}: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64,
      handler: `functions/${name}/handler.handler`,
      code,
      role,
      memorySize: memory,
      timeout,
      ephemeralStorageSize: ephemeral,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        ARCHIVE_URL: archive.url,
        POWERTOOLS_SERVICE_NAME: name,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(environment),
        POWERTOOLS_LOG_LEVEL: 'INFO',
        ...variables,
      },
      ...(deadLetters ? { deadLetterQueue: deadLetters } : {}),
    });
    explain(this, deadLetters !== undefined);
  }
}

/** Metrics of two environments in one account must not add up. */
export function metricsNamespace({ name }: Environment): string {
  return `OpenModelBalance/${name}`;
}

function explain(one: ReportFunction, answered: boolean): void {
  acknowledge(
    one,
    'Serverless-LambdaTracing',
    'A run is ten calls a month, each logged with its edition; X-Ray would cost more attention than it saves.',
  );
  if (!answered)
    acknowledge(
      one,
      'Serverless-LambdaDLQ',
      'The state machine waits for its answer, retries, and fails the run: there is no event that could be lost.',
    );
}
