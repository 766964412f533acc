import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../functions/archive/open-store.ts';
import { ANYBODY } from './ask.ts';
import { Cloud } from './cloud.ts';
import { keepDurations } from './durations.ts';
import { administrator, Permissions } from './permissions.ts';
import { expectOneEdition, RECORDED, sealRecording } from './recorded.ts';
import { objects, run, succeed } from './runs.ts';
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
});
