import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive, openStore } from '../../functions/archive/open-store.ts';
import { parseEdition } from '../../functions/edition.ts';
import { publishEdition } from '../../functions/publish/publish.ts';
import { describeStore } from '../archive/store-conformance.ts';
import { judgedDraft } from '../publish/draft.ts';
import { type LocalAws, startLocalAws } from './local-aws.ts';

const bucket = 'balance-archive';
let prefixes = 0;
let aws: LocalAws;

/** The URL of an archive that nothing was written to. */
function fresh(): string {
  prefixes += 1;
  return `s3://${bucket}/archive-${prefixes}/`;
}

beforeAll(async () => {
  aws = await startLocalAws();
  await new S3Client({}).send(
    new CreateBucketCommand({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
});

afterAll(() => aws[Symbol.asyncDispose]());

describeStore('in S3', async () => openStore(fresh()));

describe('a bucket', () => {
  it('lists more keys than fit one answer', async () => {
    const store = openStore(fresh());
    const keys = Array.from({ length: 1005 }, (_, index) => `many/${String(index).padStart(5, '0')}`);
    for (let from = 0; from < keys.length; from += 50)
      await Promise.all(keys.slice(from, from + 50).map((key) => store.put(key, new Uint8Array([1]))));
    const listed: string[] = [];
    for await (const key of store.list('many/')) listed.push(key);
    expect(listed).toEqual(keys);
  });

  it('that does not exist is named, with what to do', async () => {
    await expect(openStore('s3://no-such-bucket-here/').put('a', new Uint8Array())).rejects.toThrow(
      /Cannot write a in s3:\/\/no-such-bucket-here\/: there is no such bucket/,
    );
    await expect(openStore('s3://no-such-bucket-here/').get('a')).rejects.toMatchObject({
      name: 'ArchiveUnavailable',
    });
  });

  it('publishes an edition once, however many publishers there are', async () => {
    const archive = openArchive(fresh());
    const edition = parseEdition('2026-07');
    await judgedDraft(archive, edition, 'first');
    const now = new Date('2026-08-06T06:00:00Z');
    const all = await Promise.all(Array.from({ length: 4 }, () => publishEdition({ archive, edition, now })));
    expect(new Set(all.map(({ revision }) => revision))).toEqual(new Set(['r1']));
  });
});
