import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANYBODY } from './ask.ts';
import { Cloud } from './cloud.ts';
import { keepDurations } from './durations.ts';
import { administrator, Permissions } from './permissions.ts';
import { expectOneEdition, RECORDED, sealRecording } from './recorded.ts';
import { objects, succeed } from './runs.ts';
import type { Credentials } from './signature.ts';

let cloud: Cloud;
let permissions: Permissions;

beforeAll(async () => {
  let deployer: Credentials = ANYBODY;
  const ahead = Date.parse('2026-11-03T06:00:00Z') - Date.now();
  cloud = await Cloud.start({
    ahead,
    sources: { month: '2026-10' },
    sourceKeys: { OPENROUTER_API_KEY: 'synthetic-key' },
    deployer: async (gateway) => (deployer = await administrator(gateway)),
  });
  permissions = await Permissions.enforced(cloud, deployer);
  process.env.AWS_ACCESS_KEY_ID = deployer.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = deployer.secretAccessKey;
});
afterAll(() => cloud?.[Symbol.asyncDispose]());

describe('with permissions enforced', () => {
  it('the recorded edition is the laptop’s, byte for byte, though each function may only what it was granted', async () => {
    await sealRecording(cloud);
    await succeed(cloud, { edition: RECORDED, from: 'compute', by: 'a test' });
    await expectOneEdition(cloud);
    keepDurations('permissions', cloud.functions.measured);
  });

  it('a live edition is pulled with keys that only pull may read, and published', async () => {
    await succeed(cloud, { edition: '2026-10', by: 'a test' });
    const published = await objects(cloud.output('ArchiveUrl'), 'public/2026-10/');
    expect(Object.keys(published)).toContain('public/2026-10/r1/en/report.pdf');
  });

  it.each([
    ['render', 'public/2026-07/r9/en/report.pdf', 'PUT'],
    ['render', 'snapshots/epoch/2026-01-01T00-00-00Z/snapshot.json', 'PUT'],
    ['render', 'snapshots/epoch/any/snapshot.json', 'GET'],
    ['print', 'templates/current.json', 'GET'],
    ['print', 'public/editions.json', 'PUT'],
    ['pull', 'drafts/2026-07/figures.json', 'GET'],
    ['pull', 'public/editions.json', 'PUT'],
    ['compute', 'public/editions.json', 'PUT'],
    ['check', 'drafts/2026-07/approval.json', 'PUT'],
    ['publish', 'snapshots/epoch/any/snapshot.json', 'GET'],
    ['start', 'drafts/2026-07/figures.json', 'PUT'],
    ['watch', 'templates/current.json', 'GET'],
  ] as const)('%s is refused %s (%s)', async (service, key, method) => {
    expect(await tried(cloud.credentials('', service), method, key)).toBe('AccessDenied');
  });

  it('only pull reads the sources’ keys', async () => {
    const Name = `${cloud.output('KeysPath')}OPENROUTER_API_KEY`;
    const read = (service: string) =>
      new SSMClient({ credentials: cloud.credentials('', service) })
        .send(new GetParametersCommand({ Names: [Name], WithDecryption: true }))
        .then(({ Parameters = [] }) => Parameters.length, refusal);
    expect(await read('pull')).toBe(1);
    for (const service of ['compute', 'render', 'print', 'check', 'publish', 'start', 'watch'])
      expect(await read(service), service).toMatch(/AccessDenied/);
  });

  it.each(['Operator', 'Editor', 'Approver'])('the %s needs a second factor', async (person) => {
    await expect(permissions.assume(`OpenModelBalance-prod-${person}`, false)).rejects.toThrow(
      /does not trust/,
    );
  });

  it.each([
    ['Operator', 'PUT', 'drafts/2026-07/figures.json', 'done'],
    ['Operator', 'PUT', 'snapshots/epoch/mine/00001.csv', 'done'],
    ['Operator', 'PUT', 'drafts/2026-07/approval.json', 'AccessDenied'],
    ['Operator', 'PUT', 'drafts/2026-07/corrections.json', 'AccessDenied'],
    ['Operator', 'PUT', 'public/editions.json', 'AccessDenied'],
    ['Operator', 'PUT', 'templates/current.json', 'AccessDenied'],
    ['Editor', 'PUT', 'templates/fonts/mine.bin', 'done'],
    ['Editor', 'GET', 'public/editions.json', 'done'],
    ['Editor', 'PUT', 'drafts/2026-07/figures.json', 'AccessDenied'],
    ['Editor', 'PUT', 'public/editions.json', 'AccessDenied'],
    ['Approver', 'PUT', 'drafts/2026-06/approval.json', 'done'],
    ['Approver', 'PUT', 'drafts/2026-06/corrections.json', 'done'],
    ['Approver', 'GET', 'drafts/2026-07/inputs.json', 'done'],
    ['Approver', 'PUT', 'drafts/2026-07/figures.json', 'AccessDenied'],
    ['Approver', 'PUT', 'public/editions.json', 'AccessDenied'],
  ] as const)('the %s: %s %s is %s', async (person, method, key, expected) => {
    const credentials = await permissions.assume(`OpenModelBalance-prod-${person}`, true);
    expect(await tried(credentials, method, key)).toBe(expected);
  });

  it.each([
    ['Operator', 'started'],
    ['Approver', 'started'],
    ['Editor', 'AccessDenied'],
  ])('the %s asks for a run: %s', async (person, expected) => {
    const credentials = await permissions.assume(`OpenModelBalance-prod-${person}`, true);
    const command = new InvokeCommand({
      FunctionName: cloud.output('StartFunctionName'),
      // A month that is not over: asked, and refused by the starter itself.
      Payload: Buffer.from(JSON.stringify({ edition: '2027-01' })),
    });
    const asked = await new LambdaClient({ credentials }).send(command).then(() => 'started', refusal);
    expect(asked).toMatch(expected);
  });
});

/** Tries one request on the archive's bucket. @returns `done`, or the name of the refusal */
async function tried(credentials: Credentials, method: 'GET' | 'PUT', key: string): Promise<string> {
  const { host: Bucket, pathname } = new URL(cloud.output('ArchiveUrl'));
  const client = new S3Client({ credentials });
  const Key = `${pathname.slice(1)}${key}`;
  const sent: Promise<unknown> =
    method === 'GET'
      ? client.send(new GetObjectCommand({ Bucket, Key }))
      : client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  return sent.then(() => 'done', refusal);
}

function refusal(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}
