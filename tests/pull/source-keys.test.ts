import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { withSourceKeys } from '../../functions/pull/source-keys.ts';

const asking = z.looseObject({ Names: z.array(z.string()) });

/** Systems Manager on this machine, as far as GetParameters goes. */
async function parameterStore(answer: (names: string[]) => { status: number; body: object }) {
  const asked: unknown[] = [];
  const server = createServer(async (request, response) => {
    const body = asking.parse(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    asked.push({ target: request.headers['x-amz-target'], ...body });
    const { status, body: told } = answer(body.Names);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(told));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const variables = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1' };
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  for (const [name, value] of Object.entries({ ...variables, ...credentials })) vi.stubEnv(name, value);
  return {
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

afterEach(() => vi.unstubAllEnvs());

describe('the sources’ keys', () => {
  it('are those of the environment on a laptop', async () => {
    const environment = { HF_TOKEN: 'of-the-laptop' };
    expect(await withSourceKeys(environment)).toBe(environment);
  });

  it('are read from the parameter store, decrypted; an absent one stays absent', async () => {
    await using store = await parameterStore(([first = '']) => ({
      status: 200,
      body: {
        Parameters: [{ Name: first, Value: 'hf_1' }],
        InvalidParameters: ['/omb/dev/OPENROUTER_API_KEY'],
      },
    }));
    const environment = await withSourceKeys({ KEYS_PATH: '/omb/dev/', EPOCH_BASE_URL: 'https://epoch.ai' });
    expect(environment).toMatchObject({ HF_TOKEN: 'hf_1', EPOCH_BASE_URL: 'https://epoch.ai' });
    expect(environment).not.toHaveProperty('OPENROUTER_API_KEY');
    expect(store.asked).toEqual([
      {
        target: 'AmazonSSM.GetParameters',
        Names: ['/omb/dev/HF_TOKEN', '/omb/dev/OPENROUTER_API_KEY'],
        WithDecryption: true,
      },
    ]);
  });

  it('that may not be read are an error, not a narrower pull', async () => {
    await using _ = await parameterStore(() => ({
      status: 400,
      body: { __type: 'AccessDeniedException', message: 'not authorized to perform: ssm:GetParameters' },
    }));
    await expect(withSourceKeys({ KEYS_PATH: '/omb/dev/' })).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringMatching(
        /under \/omb\/dev\/ cannot be read: AccessDenied.*role may call ssm:GetParameters/,
      ),
    });
  });
});
