import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allows, rightsOf } from './policies.ts';
import { flat, type Made, templateOf } from './template.ts';

const scheduleSchema = z.looseObject({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string(),
  State: z.enum(['ENABLED', 'DISABLED']),
  FlexibleTimeWindow: z.looseObject({ Mode: z.string(), MaximumWindowInMinutes: z.number() }),
  Target: z.looseObject({
    Arn: z.unknown(),
    RoleArn: z.unknown(),
    Input: z.string(),
    DeadLetterConfig: z.object({ Arn: z.unknown() }),
    RetryPolicy: z.object({ MaximumEventAgeInSeconds: z.number(), MaximumRetryAttempts: z.number() }),
  }),
});

const NAMES = ['Draft', 'Publish', 'Observe', 'ObserveFirst', 'Watch'] as const;
/** The schedule of a name; CloudFormation's ids end with eight digits of a checksum. */
const scheduleOf = (made: Made, name: string) =>
  scheduleSchema.parse(
    made.of('AWS::Scheduler::Schedule').find(({ id }) => id.slice(0, -8) === `Rhythm${name}`)?.Properties,
  );
const prod = templateOf('prod');

describe('the schedule', () => {
  it('is a draft on the 3rd, publication on the 6th, a pull each Monday and on the 1st, and a look each day', () => {
    expect(prod.of('AWS::Scheduler::Schedule')).toHaveLength(NAMES.length);
    expect(NAMES.map((name) => scheduleOf(prod, name).ScheduleExpression)).toEqual([
      'cron(0 6 3 * ? *)',
      'cron(0 8 6 * ? *)',
      'cron(30 6 ? * MON *)',
      'cron(30 6 1 * ? *)',
      'cron(0 12 * * ? *)',
    ]);
  });

  it('is in the environment’s time zone', () => {
    for (const name of NAMES) expect(scheduleOf(prod, name).ScheduleExpressionTimezone).toBe('Etc/UTC');
    const paris = templateOf('prod', { timeZone: 'Europe/Paris', draft: { day: 2, hour: 9, minute: 5 } });
    expect(scheduleOf(paris, 'Draft')).toMatchObject({
      ScheduleExpression: 'cron(5 9 2 * ? *)',
      ScheduleExpressionTimezone: 'Europe/Paris',
    });
  });

  it('runs in production alone', () => {
    for (const name of NAMES) {
      expect(scheduleOf(prod, name).State).toBe('ENABLED');
      expect(scheduleOf(templateOf('dev'), name).State).toBe('DISABLED');
    }
  });

  it('starts runs by the starter, with the time they were planned for', () => {
    const runs = { Draft: 'draft', Publish: 'publish', Observe: 'observe', ObserveFirst: 'observe' };
    for (const [name, run] of Object.entries(runs)) {
      const { Arn, Input } = scheduleOf(prod, name).Target;
      expect(flat(Arn)).toBe(`<${prod.one('AWS::Lambda::Function', 'StartFunction').id}.Arn>`);
      expect(JSON.parse(Input)).toEqual({ run, at: '<aws.scheduler.scheduled-time>' });
    }
    expect(flat(scheduleOf(prod, 'Watch').Target.Arn)).toBe(
      `<${prod.one('AWS::Lambda::Function', 'WatchFunction').id}.Arn>`,
    );
  });

  it('spreads its calls, tries again for hours, and keeps what it could not deliver', () => {
    const queue = prod.one('AWS::SQS::Queue').id;
    for (const name of NAMES) {
      const { FlexibleTimeWindow, Target } = scheduleOf(prod, name);
      expect(FlexibleTimeWindow).toEqual({ Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 });
      expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 10 });
      expect(flat(Target.DeadLetterConfig.Arn)).toBe(`<${queue}.Arn>`);
    }
    expect(prod.one('AWS::SQS::Queue').Properties).toMatchObject({
      MessageRetentionPeriod: 14 * 24 * 3600,
      SqsManagedSseEnabled: true,
    });
  });

  it('may call its function and leave dead letters, and nothing else', () => {
    for (const name of NAMES) {
      const { Arn, RoleArn } = scheduleOf(prod, name).Target;
      const role = flat(RoleArn).replace(/^<|\.Arn>$/g, '');
      for (const { actions, resources } of rightsOf(prod, role).filter(allows)) {
        if (actions.includes('sqs:SendMessage')) continue;
        expect(actions).toEqual(['lambda:InvokeFunction']);
        for (const one of resources) expect(one.startsWith(flat(Arn))).toBe(true);
      }
    }
  });
});
