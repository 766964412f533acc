import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cloud } from './cloud.ts';
import { ended, objects, purge, type Started } from './runs.ts';

const scheduleSchema = z.looseObject({
  ScheduleExpression: z.string(),
  State: z.string(),
  Target: z.looseObject({
    Arn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
    Input: z.string(),
  }),
});

let cloud: Cloud;
beforeAll(async () => {
  const ahead = Date.parse('2027-01-03T06:00:00Z') - Date.now();
  const sourceKeys = { OPENROUTER_API_KEY: 'synthetic-key' };
  cloud = await Cloud.start({ sources: { month: '2026-12' }, sourceKeys, ahead });
});
afterAll(() => cloud?.[Symbol.asyncDispose]());

/**
 * Fires a schedule of the deployed template, as EventBridge Scheduler would: its target with its input, in which the
 * planned time stands for its placeholder. moto knows schedules, but never fires one.
 */
async function fire(which: RegExp, planned: string): Promise<unknown> {
  const [, resource] =
    [...cloud.assembly.resources('AWS::Scheduler::Schedule')].find(([id]) => which.test(id)) ?? [];
  const { State, Target } = scheduleSchema.parse(resource?.Properties);
  expect(State).toBe('ENABLED');
  const answer = await new LambdaClient({ maxAttempts: 1 }).send(
    new InvokeCommand({
      FunctionName: cloud.physical.get(Target.Arn['Fn::GetAtt'][0]) ?? '',
      Payload: Buffer.from(Target.Input.replaceAll('<aws.scheduler.scheduled-time>', planned)),
    }),
  );
  const text = Buffer.from(answer.Payload ?? []).toString();
  expect(answer.FunctionError, text).toBeUndefined();
  return JSON.parse(text);
}

const startedSchema = z.union([
  z.object({ edition: z.string(), started: z.literal(true), execution: z.string(), name: z.string() }),
  z.object({ edition: z.string(), started: z.literal(false), because: z.string() }),
]);
async function start(which: RegExp, planned: string): Promise<Started> {
  return startedSchema.parse(await fire(which, planned));
}

async function succeeded(started: Started): Promise<void> {
  if (!started.started) throw new Error(started.because);
  expect(await ended(started.execution)).toMatchObject({ status: 'SUCCEEDED' });
}

describe('the schedule', () => {
  it('pulls every week, and makes nothing of it', async () => {
    await succeeded(await start(/Observe/, '2026-12-28T06:30:00Z'));
    const all = Object.keys(await objects(cloud.output('ArchiveUrl'), ''));
    expect(all.filter((key) => key.endsWith('/snapshot.json'))).toHaveLength(4);
    expect(all.filter((key) => !key.startsWith('snapshots/'))).toEqual([]);
    await purge(cloud, ['snapshots/']);
  });

  it('makes one draft of December in January, though it fires twice and the second time late', async () => {
    const [first, second] = [
      await start(/Draft/, '2027-01-03T06:00:00Z'),
      await start(/Draft/, '2027-01-03T06:00:00Z'),
    ];
    expect(first).toMatchObject({
      started: true,
      edition: '2026-12',
      name: '2026-12-draft-20270103T060000Z',
    });
    await succeeded(first);
    const late = await start(/Draft/, '2027-01-03T06:00:00Z');
    // While it runs, the same name and input are the same execution; afterwards the name is taken.
    if (second.started) expect(second).toEqual(first);
    expect(late).toMatchObject({ started: false, because: expect.stringContaining('started before') });
    expect(await objects(cloud.output('ArchiveUrl'), 'public/')).toEqual({});
  });

  it('publishes that draft once, though it fires twice, on 1 January’s month and not a month later', async () => {
    const [first, second] = [
      await start(/Publish/, '2027-01-06T08:00:00Z'),
      await start(/Publish/, '2027-01-06T08:00:00Z'),
    ];
    expect(first).toMatchObject({ started: true, edition: '2026-12' });
    await succeeded(first);
    if (second.started) expect(second).toEqual(first);
    const published = Object.keys(await objects(cloud.output('ArchiveUrl'), 'public/'));
    expect(new Set(published.map((key) => key.split('/').slice(1, 3).join('/')))).toEqual(
      new Set(['editions.json', '2026-12/r1']),
    );
    expect(await start(/Publish/, '2027-01-06T09:00:00Z')).toMatchObject({
      started: false,
      because: expect.stringContaining('2026-12 is public already'),
    });
  });

  it('looks every day whether the edition that is due is there', async () => {
    expect(await fire(/Watch/, '2027-01-03T12:00:00Z')).toMatchObject({
      due: '2026-11',
      absent: true,
      sources: expect.arrayContaining([{ source: 'epoch', ageDays: expect.any(Number) }]),
    });
    const metrics = cloud.functions.log
      .filter(({ service }) => service === 'watch')
      .map(({ text }) => text)
      .join('');
    expect(metrics).toMatch(/"EditionAbsent":1/);
    expect(metrics).toMatch(/"SnapshotAgeDays":0/);
  });

  it('on 1 January is about December', async () => {
    expect(await start(/Draft/, '2027-01-01T00:00:00Z')).toMatchObject({
      started: false,
      edition: '2026-12',
    });
  });
});
