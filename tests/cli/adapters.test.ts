import { afterEach, describe, expect, it, vi } from 'vitest';
import { stepFunctions } from '../../functions/cli/cloud/executions.ts';
import { callerArn } from '../../functions/cli/cloud/identity.ts';
import { parameterStore } from '../../functions/cli/cloud/source-keys.ts';
import { cloudFormation } from '../../functions/cli/cloud/stacks.ts';
import { startFunction } from '../../functions/cli/cloud/start-function.ts';
import { type Answer, type Asked, json, stackOfDev, tinyAws, xml } from './tiny-aws.ts';

const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:M';

/** A server the SDK of this process goes to. */
async function aws(answer: (asked: Asked) => Answer | undefined) {
  const server = await tinyAws(answer);
  for (const [name, value] of Object.entries(server.environment)) vi.stubEnv(name, value);
  return server;
}
afterEach(() => vi.unstubAllEnvs());

describe('the stacks', () => {
  it('are read by their outputs', async () => {
    await using _ = await aws(stackOfDev);
    expect(await cloudFormation().outputs('OpenModelBalance-dev')).toMatchObject({
      ArchiveUrl: 's3://the-bucket/archive/',
      KeysPath: '/open-model-balance/dev/',
    });
  });

  it('that do not exist are told from other refusals', async () => {
    const refusal = (code: string, message: string) =>
      xml(
        `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
        400,
      );
    let answer = refusal('ValidationError', 'Stack with id OpenModelBalance-dev does not exist');
    await using _ = await aws(() => answer);
    expect(await cloudFormation().outputs('OpenModelBalance-dev')).toBeUndefined();
    answer = refusal('ExpiredToken', 'The security token included in the request is expired');
    await expect(cloudFormation().outputs('OpenModelBalance-dev')).rejects.toThrow(/have expired\. Sign in/);
  });
});

describe('the start function', () => {
  it('is asked with the event, and its answer is given back', async () => {
    await using server = await aws(() => json({ edition: '2026-10', started: true }));
    expect(await startFunction('the-starter', 'dev').ask({ edition: '2026-10', by: 'me' })).toEqual({
      edition: '2026-10',
      started: true,
    });
    expect(server.asked[0]?.path).toContain('/functions/the-starter/invocations');
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ edition: '2026-10', by: 'me' });
  });

  it('that fails is an error with its own name and message', async () => {
    const failure = {
      errorType: 'TemplateError',
      errorMessage: 'theme.json is written for api 2.',
      trace: [],
    };
    await using _ = await aws(() => json(failure, 200, { 'x-amz-function-error': 'Unhandled' }));
    await expect(
      startFunction('the-starter', 'dev').ask({ edition: '2026-10', by: 'me' }),
    ).rejects.toMatchObject({ name: 'TemplateError', message: 'theme.json is written for api 2.' });
  });

  it('whose answer is lost is not asked again: there might be two runs', async () => {
    await using server = await aws(() => undefined);
    await expect(startFunction('the-starter', 'dev').ask({ edition: '2026-10', by: 'me' })).rejects.toThrow(
      /not known whether the run began\. See report status --env dev/,
    );
    expect(server.asked).toHaveLength(1);
  });
});

describe('the state machine', () => {
  const history = [
    { id: 1, previousEventId: 0, timestamp: 1794470400, type: 'ExecutionStarted' },
    {
      id: 2,
      previousEventId: 1,
      timestamp: 1794470401,
      type: 'TaskStateEntered',
      stateEnteredEventDetails: { name: 'compute' },
    },
    {
      id: 3,
      previousEventId: 2,
      timestamp: 1794470402,
      type: 'LambdaFunctionFailed',
      lambdaFunctionFailedEventDetails: { error: 'SourceChanged', cause: '{"errorMessage":"a row"}' },
    },
  ];

  it('lists every page of its runs', async () => {
    const page = (name: string) => ({ name, executionArn: 'a', status: 'FAILED', startDate: 1794470400 });
    await using server = await aws(({ body }) =>
      json(
        body.includes('nextToken')
          ? { executions: [page('2026-09-draft')] }
          : { executions: [page('2026-10-draft')], nextToken: 'more' },
      ),
    );
    const names: string[] = [];
    for await (const { name } of stepFunctions(MACHINE).list()) names.push(name);
    expect(names).toEqual(['2026-10-draft', '2026-09-draft']);
    expect(server.asked.map(({ operation }) => operation)).toEqual(['ListExecutions', 'ListExecutions']);
  });

  it('tells of a run what it left, of its history what each step says, and of none that there is none', async () => {
    await using _ = await aws(({ operation, body }) => {
      if (body.includes('nobody')) return json({ __type: 'ExecutionDoesNotExist', message: 'no' }, 400);
      if (operation === 'GetExecutionHistory') return json({ events: history });
      return json({
        executionArn: 'a',
        status: 'FAILED',
        startDate: 1794470400,
        stopDate: 1794470460,
        input: '{}',
        error: 'SourceChanged',
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is older than 14 days',
      });
    });
    const runs = stepFunctions(MACHINE);
    expect(await runs.find('nobody')).toBeUndefined();
    expect(await runs.find('2026-10-draft')).toMatchObject({
      status: 'FAILED',
      error: 'SourceChanged',
      notRedrivable: 'Execution is older than 14 days',
    });
    expect(await runs.history('2026-10-draft')).toMatchObject([
      { type: 'ExecutionStarted', state: null },
      { state: 'compute', previous: 1 },
      { error: 'SourceChanged', cause: '{"errorMessage":"a row"}' },
    ]);
  });

  it('redrives by the ARN of the run, and says where it will not', async () => {
    let refuses = false;
    await using server = await aws(() =>
      refuses
        ? json({ __type: 'ExecutionNotRedrivable', message: 'no' }, 400)
        : json({ redriveDate: 1794470400 }),
    );
    expect(await stepFunctions(MACHINE).redrive('2026-10-draft')).toBe(true);
    expect(JSON.parse(server.asked[0]?.body ?? '')).toMatchObject({
      executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:M:2026-10-draft',
    });
    refuses = true;
    expect(await stepFunctions(MACHINE).redrive('2026-10-draft')).toBe(false);
  });
});

describe('who is signed in', () => {
  it('is an ARN', async () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/OpenModelBalance-dev-Approver/me';
    await using _ = await aws(() =>
      xml(
        `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      ),
    );
    expect(await callerArn()).toBe(arn);
  });
});

describe('the sources’ keys', () => {
  it('are listed by whether and since when they are set, without a value', async () => {
    await using server = await aws(() =>
      json({
        Parameters: [
          { Name: '/open-model-balance/dev/HF_TOKEN', Value: 'cipher-text', LastModifiedDate: 1794470400 },
        ],
      }),
    );
    const states = await parameterStore('/open-model-balance/dev/').list(['HF_TOKEN', 'OPENROUTER_API_KEY']);
    expect(states).toEqual([
      { name: 'HF_TOKEN', set: true, since: new Date(1794470400_000).toISOString() },
      { name: 'OPENROUTER_API_KEY', set: false, since: null },
    ]);
    expect(JSON.parse(server.asked[0]?.body ?? '')).toMatchObject({ WithDecryption: false });
  });

  it('are set encrypted, and removed though they were not set', async () => {
    await using server = await aws(({ operation }) =>
      operation === 'PutParameter'
        ? json({ Version: 1 })
        : json({ __type: 'ParameterNotFound', message: 'no' }, 400),
    );
    const keys = parameterStore('/open-model-balance/dev/');
    await keys.set('HF_TOKEN', 'hf_secret');
    expect(JSON.parse(server.asked[0]?.body ?? '')).toMatchObject({
      Name: '/open-model-balance/dev/HF_TOKEN',
      Type: 'SecureString',
      Overwrite: true,
    });
    await keys.remove('HF_TOKEN');
  });
});
