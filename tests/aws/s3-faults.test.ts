import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../functions/archive/open-store.ts';
import type { Store } from '../../functions/archive/store.ts';
import type { Fault } from './forward.ts';
import { Gateway } from './gateway.ts';
import { type LocalAws, startLocalAws } from './local-aws.ts';

let aws: LocalAws;
const bucket = 'balance-faults';
const text = (of: string) => new TextEncoder().encode(of);
const read = async (store: Store, key: string) => new TextDecoder().decode((await store.get(key))?.body);
const crossed: Fault = { status: 409, code: 'ConditionalRequestConflict' };

/**
 * A store whose requests of one method meet faults, in their order, a store without any, and what was seen between.
 */
async function behind(method: string, faults: readonly Fault[]) {
  const url = `s3://${bucket}/${crypto.randomUUID()}/`;
  const between = await Gateway.start();
  between.moto = aws.moto.endpoint;
  const left = [...faults];
  const seen: string[] = [];
  between.meet = (request) => {
    const fault = request.method === method ? (left.shift() ?? 'pass') : 'pass';
    seen.push(
      `${request.method} ${typeof fault === 'string' ? fault : 'status' in fault ? fault.status : 'late'}`,
    );
    return fault;
  };
  const direct = openStore(url);
  await direct.list('')[Symbol.asyncIterator]().next();
  process.env.AWS_ENDPOINT_URL = between.endpoint;
  const store = openStore(url);
  return { store, direct, seen, [Symbol.asyncDispose]: () => between[Symbol.asyncDispose]() };
}

beforeAll(async () => {
  aws = await startLocalAws();
  const where = { LocationConstraint: 'eu-west-1' } as const;
  await new S3Client({}).send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: where }));
});
afterEach(() => {
  process.env.AWS_ENDPOINT_URL = aws.gateway.endpoint;
});
afterAll(() => aws[Symbol.asyncDispose]());

describe('a write to S3', () => {
  it('that crosses another one is sent again', async () => {
    await using between = await behind('PUT', [crossed, crossed]);
    await between.store.put('a', text('one'), { ifNoneMatch: '*' });
    expect(between.seen).toEqual(['PUT 409', 'PUT 409', 'PUT pass']);
    expect(await read(between.direct, 'a')).toBe('one');
  });

  it('that keeps crossing others is a conflict', async () => {
    await using between = await behind(
      'PUT',
      Array.from({ length: 20 }, () => crossed),
    );
    await expect(between.store.put('a', text('one'), { ifNoneMatch: '*' })).rejects.toMatchObject({
      name: 'ArchiveConflict',
    });
    expect(between.seen).toHaveLength(4);
    expect(await between.direct.get('a')).toBeUndefined();
  });

  it('is not taken for somebody else’s when only its answer was lost', async () => {
    await using between = await behind('PUT', ['lose the answer']);
    const etag = await between.store.put('a', text('one'), { ifNoneMatch: '*' });
    expect(between.seen).toEqual(['PUT lose the answer', 'PUT pass', 'GET pass']);
    expect((await between.direct.get('a'))?.etag).toBe(etag);
  });

  it('is refused when somebody else’s was there although its answer was lost', async () => {
    await using between = await behind('PUT', ['lose the answer']);
    await between.direct.put('a', text('theirs'));
    await expect(between.store.put('a', text('ours'), { ifNoneMatch: '*' })).rejects.toMatchObject({
      name: 'ArchiveConflict',
    });
    expect(await read(between.direct, 'a')).toBe('theirs');
  });

  it('outlasts an S3 that is out of order for a moment', async () => {
    await using between = await behind('PUT', [{ status: 503, code: 'SlowDown' }]);
    await between.store.put('a', text('one'));
    expect(await read(between.direct, 'a')).toBe('one');
  });

  it.each([
    [403, 'AccessDenied', /access denied\. Use credentials that may do this/],
    [400, 'ExpiredToken', /have expired\. Sign in again/],
    [301, 'PermanentRedirect', /another region\. Set AWS_REGION/],
    [404, 'NoSuchBucket', /no such bucket/],
    [501, 'NotImplemented', /out of order for now\. Run again later/],
  ])('that S3 refuses with %d %s says what to do', async (status, code, message) => {
    await using between = await behind(
      'PUT',
      Array.from({ length: 5 }, () => ({ status, code })),
    );
    const put = between.store.put('a', text('one'), { ifMatch: '"x"' });
    await expect(put).rejects.toMatchObject({ name: 'ArchiveUnavailable' });
    await expect(put).rejects.toThrow(message);
  });

  it('to where nothing answers says so', async () => {
    const between = await behind('PUT', []);
    await between[Symbol.asyncDispose]();
    await expect(between.store.put('a', text('one'))).rejects.toMatchObject({
      name: 'ArchiveUnavailable',
      message: expect.stringContaining('nothing answers there'),
    });
  });
});

describe('reading from S3', () => {
  it('refuses bytes that changed on the way', async () => {
    await using between = await behind('GET', ['change a byte']);
    await between.direct.put('a', text('one'));
    await expect(between.store.get('a')).rejects.toMatchObject({ name: 'ArchiveCorrupt' });
    expect(await read(between.store, 'a')).toBe('one');
  });

  it('does not take a refusal for an object that is not there', async () => {
    await using between = await behind('GET', [{ status: 403, code: 'AccessDenied' }]);
    await expect(between.store.get('a')).rejects.toMatchObject({ name: 'ArchiveUnavailable' });
    expect(await between.store.get('a')).toBeUndefined();
  });

  it('lists no folder of the console’s making', async () => {
    const prefix = crypto.randomUUID();
    const client = new S3Client({});
    for (const Key of [`${prefix}/`, `${prefix}/drafts/`, `${prefix}/drafts/a`])
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: new Uint8Array() }));
    const keys: string[] = [];
    for await (const key of openStore(`s3://${bucket}/${prefix}`).list('')) keys.push(key);
    expect(keys).toEqual(['drafts/a']);
  });
});
