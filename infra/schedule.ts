import { Duration, TimeZone } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Environment } from './environments.ts';
import { acknowledge } from './nag.ts';

/** Events that nobody took: the schedule could not deliver them, or their function failed at them three times. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    for (const rule of ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'])
      acknowledge(
        this.queue,
        rule,
        'It is the dead-letter queue itself; an alarm rings for every message in it.',
      );
  }
}

export interface RhythmProps {
  readonly environment: Environment;
  readonly start: IFunction;
  readonly watch: IFunction;
  readonly deadLetters: DeadLetters;
}

/**
 * The month's rhythm: a draft, publication, a pull alone each week and on the first of the month, and every day a look
 * whether the edition that is due is there. Each event carries its planned time, so that a late or a doubled one is still about the same month.
 */
export class Rhythm extends Construct {
  constructor(scope: Construct, id: string, { environment, start, watch, deadLetters }: RhythmProps) {
    super(scope, id);
    const { draft, publish, observe, production } = environment;
    const timeZone = TimeZone.of(environment.timeZone);
    const schedule = (
      name: string,
      description: string,
      when: Record<string, string>,
      target: IFunction,
      input: object,
    ) =>
      new Schedule(this, name, {
        description,
        enabled: production,
        schedule: ScheduleExpression.cron({ ...when, timeZone }),
        // Spread a little, so that not everybody asks the sources on the hour.
        timeWindow: TimeWindow.flexible(Duration.minutes(15)),
        target: new LambdaInvoke(target, {
          input: ScheduleTargetInput.fromObject(input),
          deadLetterQueue: deadLetters.queue,
          retryAttempts: 10,
          maxEventAge: Duration.hours(6),
        }),
      });
    const planned = (run: string) => ({ run, at: ContextAttribute.scheduledTime });
    const clock = ({ hour, minute }: { hour: number; minute: number }) => ({
      hour: `${hour}`,
      minute: `${minute}`,
    });
    schedule(
      'Draft',
      'The draft of last month’s edition',
      { ...clock(draft), day: `${draft.day}`, month: '*' },
      start,
      planned('draft'),
    );
    schedule(
      'Publish',
      'Publication of last month’s edition',
      { ...clock(publish), day: `${publish.day}`, month: '*' },
      start,
      planned('publish'),
    );
    schedule(
      'Observe',
      'A weekly pull of all sources',
      { ...clock(observe), weekDay: observe.weekday },
      start,
      planned('observe'),
    );
    // The Hub's counter runs over 30 days: what it says as a month ends is the month.
    schedule(
      'ObserveFirst',
      'A pull of all sources as a month ends',
      { ...clock(observe), day: '1', month: '*' },
      start,
      planned('observe'),
    );
    schedule(
      'Watch',
      'A daily look for absent editions and stale sources',
      { hour: '12', minute: '0' },
      watch,
      {},
    );
  }
}
