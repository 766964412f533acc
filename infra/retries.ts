import { Duration } from 'aws-cdk-lib';
import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { ErrorName } from '../functions/errors.ts';
import type { StageName } from '../functions/plan.ts';

/** The names Lambda and Step Functions give to what is not our error. */
export type PlatformErrorName =
  | 'Lambda.ServiceException'
  | 'Lambda.AWSLambdaException'
  | 'Lambda.SdkClientException'
  | 'Lambda.ClientExecutionTimeoutException'
  | 'Lambda.TooManyRequestsException'
  | 'Lambda.Unknown'
  | 'Runtime.ExitError'
  | 'Sandbox.Timedout'
  | 'States.Timeout';

interface Retry {
  readonly errors: readonly (ErrorName | PlatformErrorName)[];
  readonly seconds: number;
  readonly times: number;
  /** By what the wait grows each time; doubled where it is not given. */
  readonly backoff?: number;
  /** The stages it is for; all where there are none. */
  readonly of?: readonly StageName[];
  readonly because: string;
}

const RETRIES: readonly Retry[] = [
  {
    errors: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.TooManyRequestsException',
    ],
    seconds: 2,
    times: 6,
    because: 'Lambda did not begin: a new account runs ten functions at once, and waits are short.',
  },
  {
    errors: ['Lambda.Unknown', 'Runtime.ExitError', 'Sandbox.Timedout', 'States.Timeout'],
    seconds: 5,
    times: 3,
    because: 'It died or ran out of time. Every stage can be delivered again; a pull goes on where it was.',
  },
  {
    errors: ['ArchiveUnavailable', 'ArchiveConflict'],
    seconds: 5,
    times: 3,
    because: 'S3 is out of order for a moment, or another run wrote first: read again and decide anew.',
  },
  {
    errors: ['SourceUnavailable'],
    seconds: 30,
    times: 3,
    of: ['pull'],
    because: 'The client has retried for minutes already; a source that is restarted takes longer.',
  },
  {
    errors: ['PullUnfinished'],
    seconds: 1,
    times: 40,
    backoff: 1,
    of: ['pull'],
    because:
      'It stopped by itself before its time limit, and goes on where it was: nothing is to be waited for.',
  },
  {
    errors: ['PrintFailed'],
    seconds: 2,
    times: 3,
    of: ['print'],
    because: 'A browser that died is started anew, from nothing.',
  },
];

/** What Step Functions tries again, for one stage; everything else fails the run at once. */
export function retriesOf(stage: StageName): RetryProps[] {
  return RETRIES.filter(({ of }) => of?.includes(stage) ?? true).map(
    ({ errors, seconds, times, backoff = 2 }) => ({
      errors: [...errors],
      interval: Duration.seconds(seconds),
      maxAttempts: times,
      backoffRate: backoff,
      jitterStrategy: JitterType.FULL,
    }),
  );
}

/** Errors of one source, dying at it every time included, that leave the others their turn: the edition then says what is missing. */
export const SETTLES: readonly (ErrorName | PlatformErrorName)[] = [
  'SourceUnavailable',
  'SourceChanged',
  'PullUnfinished',
  'Sandbox.Timedout',
  'States.Timeout',
  'Runtime.ExitError',
  'Lambda.Unknown',
];
