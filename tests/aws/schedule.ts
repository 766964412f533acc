import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { Assembly } from './assembly.ts';
import type { Cloud } from './cloud.ts';

const scheduleSchema = z.looseObject({
  ScheduleExpression: z.string(),
  State: z.string(),
  Target: z.looseObject({
    Arn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
    Input: z.string(),
  }),
});

/** A schedule of the template. */
export interface Schedule {
  readonly expression: string;
  readonly enabled: boolean;
  /** The logical id of the function it invokes. */
  readonly target: string;
  /** The event, with a place for the time it was planned for. */
  readonly input: string;
}

/**
 * The schedules of the synthesised template; nothing fires them here but the tests.
 *
 * @returns by what they start: `draft`, `publish`, `observe`; the daily look, which says nothing, as `watch`
 */
export function schedules(home: string): ReadonlyMap<string, Schedule> {
  const all = [...Assembly.at(home).resources('AWS::Scheduler::Schedule').values()].map(({ Properties }) => {
    const { ScheduleExpression: expression, State, Target } = scheduleSchema.parse(Properties);
    const input = Target.Input;
    const { run = 'watch' } = z.looseObject({ run: z.string().optional() }).parse(JSON.parse(input));
    return [
      run,
      { expression, enabled: State === 'ENABLED', target: Target.Arn['Fn::GetAtt'][0], input },
    ] as const;
  });
  return new Map(all);
}

/**
 * What EventBridge Scheduler does when a schedule's time has come: it invokes the target with the input, the planned time
 * in its place.
 *
 * @param planned as Scheduler writes it: `2026-11-03T06:00:00Z`
 * @returns what the function answered
 */
export async function fire(cloud: Cloud, { target, input }: Schedule, planned: string): Promise<unknown> {
  const answer = await new LambdaClient({ maxAttempts: 1 }).send(
    new InvokeCommand({
      FunctionName: cloud.physical.get(target) ?? target,
      Payload: input.replaceAll('<aws.scheduler.scheduled-time>', planned),
    }),
  );
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError) throw new Error(text.slice(0, 1000));
  return JSON.parse(text);
}
