import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { folder } from '../program/report.ts';
import { Functions } from './functions.ts';
import { LambdaRuntime, type RuntimeOptions } from './runtime.ts';
import type { Outcome } from './runtime-api.ts';

/** Does what its event says, and tells what it sees. */
const HANDLER = `
import { setTimeout as wait } from 'node:timers/promises';
class SourceUnavailable extends Error { name = 'SourceUnavailable'; }
export const handler = async ({ what }, context) => {
  if (what === 'throw') throw new SourceUnavailable('nothing answers');
  if (what === 'exit') process.exit(3);
  if (what === 'wait') await wait(30_000);
  for (const held = []; what === 'eat'; await wait(20)) held.push(Buffer.alloc(20_000_000, 1));
  if (what === 'pause') await wait(300);
  return { pid: process.pid, now: Date.now(), left: context.getRemainingTimeInMillis(), environment: process.env };
};`;

let place: Awaited<ReturnType<typeof folder>>;
beforeAll(async () => {
  place = await folder();
  await mkdir(join(place.path, 'functions/toy'), { recursive: true });
  await writeFile(join(place.path, 'functions/toy/handler.mjs'), HANDLER);
});
afterAll(() => place?.[Symbol.asyncDispose]());

function toy(more: Partial<RuntimeOptions> = {}): RuntimeOptions {
  return {
    name: 'toy',
    folder: fileURLToPath(place.url),
    handler: 'functions/toy/handler.handler',
    timeoutSeconds: 2,
    memoryMb: 256,
    environment: { FROM_THE_TEMPLATE: 'yes' },
    ...more,
  };
}

/** What a fresh function answers to one event. */
async function asked(what: string, more?: Partial<RuntimeOptions>): Promise<Outcome & { alive: boolean }> {
  await using runtime = await LambdaRuntime.start(toy(more));
  const { outcome } = await runtime.invoke(Buffer.from(JSON.stringify({ what })));
  return { ...outcome, alive: runtime.alive };
}

const toldSchema = z.object({
  pid: z.int(),
  now: z.number(),
  left: z.number(),
  environment: z.record(z.string(), z.string()),
});

function answerOf(outcome: Outcome): z.infer<typeof toldSchema> {
  if (outcome.kind === 'failed') throw new Error(outcome.failure.errorMessage);
  return toldSchema.parse(JSON.parse(outcome.body.toString()));
}

describe('the local Lambda', () => {
  it('gives a function the variables of the template, Lambda’s own, and nothing of this machine’s', async () => {
    const { environment } = answerOf(await asked('tell'));
    const { FROM_THE_TEMPLATE, LAMBDA_TASK_ROOT, TMPDIR, ...rest } = environment;
    expect(FROM_THE_TEMPLATE).toBe('yes');
    expect(`${LAMBDA_TASK_ROOT}/`.replace(/\/+$/, '/')).toBe(fileURLToPath(place.url));
    expect(TMPDIR).toMatch(/balance-lambda-/);
    const known = /^(AWS_(LAMBDA_|EXECUTION_ENV)|LAMBDA_|_HANDLER|_X_AMZN_TRACE_ID|LANG|PATH|TZ)/;
    expect(Object.keys(rest).filter((name) => !known.test(name))).toEqual([]);
  });

  it.each([
    ['throw', 'SourceUnavailable', true],
    ['exit', 'Runtime.ExitError', false],
    ['wait', 'Sandbox.Timedout', false],
    ['eat', 'Runtime.ExitError', false],
  ])('names a function’s end (%s) as AWS does: %s', async (what, errorType, alive) => {
    expect(await asked(what)).toMatchObject({ kind: 'failed', failure: { errorType }, alive });
  });

  it('says that a function cannot be loaded', async () => {
    await expect(asked('tell', { handler: 'functions/none/handler.handler' })).rejects.toMatchObject({
      failure: { errorType: 'Runtime.ImportModuleError' },
    });
  });

  it('runs a function by the clock it is given, with its whole time left', async () => {
    const ahead = 40 * 86_400_000;
    const { now, left } = answerOf(await asked('tell', { ahead }));
    expect(Math.abs(now - Date.now() - ahead)).toBeLessThan(5_000);
    expect(left).toBeGreaterThan(1_500);
  });

  it('runs events at the same time in processes of their own, and later ones where those are idle', async () => {
    await using functions = new Functions(async () => ({ ...toy(), service: 'toy', role: '' }));
    const pause = () => functions.invoke('toy', Buffer.from('{"what":"pause"}'));
    const first = (await Promise.all([pause(), pause()])).map((one) => answerOf(one).pid);
    const later = (await Promise.all([pause(), pause()])).map((one) => answerOf(one).pid);
    expect(new Set(first).size).toBe(2);
    expect(later.sort()).toEqual(first.sort());
    functions.concurrent = 1;
    const [, away] = await Promise.all([pause(), pause()]);
    expect(away).toMatchObject({ kind: 'failed', failure: { errorType: 'Lambda.TooManyRequestsException' } });
  });
});
