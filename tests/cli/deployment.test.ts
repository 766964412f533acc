import { describe, expect, it } from 'vitest';
import { sdkFailure } from '../../functions/cli/cloud/sdk-failure.ts';
import { deploymentOf } from '../../functions/cli/deployment.ts';
import { openPlace } from '../../functions/cli/place.ts';

const outputs = {
  ArchiveUrl: 's3://the-bucket/archive/',
  StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:Machine',
  StartFunctionName: 'the-starter',
  NoticesTopicArn: 'arn:aws:sns:eu-west-1:123456789012:topic',
  KeysPath: '/open-model-balance/prod/',
};
const stackWith = (told: Record<string, string> | undefined) => ({ outputs: async () => told });

describe('a deployment', () => {
  it('is found by the outputs of its stack', async () => {
    expect(await deploymentOf('prod', stackWith(outputs))).toEqual({
      env: 'prod',
      archiveUrl: outputs.ArchiveUrl,
      stateMachineArn: outputs.StateMachineArn,
      startFunction: outputs.StartFunctionName,
      noticesTopic: outputs.NoticesTopicArn,
      keysPath: outputs.KeysPath,
    });
  });

  it('that is not there is refused with the command that deploys it', async () => {
    await expect(deploymentOf('dev', stackWith(undefined))).rejects.toMatchObject({
      name: 'BadRequest',
      message: expect.stringMatching(/no stack OpenModelBalance-dev.*npm run deploy -- --env dev/),
    });
  });

  it('of another release is refused with what it lacks', async () => {
    const { KeysPath: _, ...older } = outputs;
    await expect(deploymentOf('prod', stackWith(older))).rejects.toThrow(/no usable output KeysPath/);
  });

  it('is not named beside an archive', async () => {
    await expect(openPlace({ env: 'prod', archive: 'memory:' })).rejects.toThrow(/Leave one of them out/);
  });
});

describe('what AWS answers', () => {
  const error = (name: string, message: string, status?: number) =>
    Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

  it.each([
    [error('CredentialsProviderError', 'no'), 'BadRequest', /no AWS credentials were found\. Sign in/],
    [error('ExpiredTokenException', 'no', 403), 'BadRequest', /have expired\. Sign in again/],
    [new Error('Region is missing'), 'BadRequest', /no region is set\. Set AWS_REGION/],
    [
      error('AccessDeniedException', 'User is not authorized', 400),
      'CloudUnavailable',
      /may not do it.*Use a role/,
    ],
    [error('ThrottlingException', 'Rate exceeded', 400), 'CloudUnavailable', /fewer requests/],
    [error('InternalFailure', 'oops', 500), 'CloudUnavailable', /out of order for now/],
    [
      Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
      'CloudUnavailable',
      /nothing answers there/,
    ],
  ])('as %s is told as %s', (cause, name, message) => {
    const told = sdkFailure(cause, 'look for the stack');
    expect(told.name).toBe(name);
    expect(told.message).toMatch(/^Cannot look for the stack: /);
    expect(told.message).toMatch(message);
    expect(told.cause).toBe(cause);
  });
});
