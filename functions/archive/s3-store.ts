import { setTimeout as wait } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { ArchiveConflict } from '../errors.ts';
import { sha256 } from './artefact.ts';
import { assertKey, assertPrefix, isKey } from './key.ts';
import { s3Answer, s3Failure } from './s3-failure.ts';
import { inBucket } from './s3-url.ts';
import type { PutCondition, Store, StoredObject } from './store.ts';

/**
 * S3 answers 409 where two conditional writes cross, and asks to send again: waits in milliseconds, long enough for
 * the other write to end.
 */
const WAITS_AT_409 = [50, 200, 1000];

/** In milliseconds: until the connection stands, and until an answer comes; 8 MB pass a slow line in this time. */
const LIMITS = { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true };

/**
 * A bucket of objects, under a prefix. Bytes are checked by SHA-256 on the way in and on the way out; a condition
 * is S3's own conditional write.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3Store implements Store {
  readonly url: string;
  readonly #bucket: string;
  readonly #prefix: string;
  #opened: Promise<S3Client> | undefined;

  /** @param url `s3://bucket/prefix/`, ending in `/`; region, credentials and endpoint as every AWS SDK finds them */
  constructor(url: string) {
    const { bucket, prefix } = inBucket(url);
    this.url = url;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    assertKey(key);
    const { GetObjectCommand } = await sdk();
    const client = await this.#client();
    try {
      const answer = await client.send(
        new GetObjectCommand({ Bucket: this.#bucket, Key: this.#prefix + key, ChecksumMode: 'ENABLED' }),
      );
      const body = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      const stated = answer.Metadata?.sha256;
      if (stated !== undefined && stated !== sha256(body))
        throw new Error('Checksum mismatch: the body does not have the SHA-256 it was written with');
      return { body, etag: answer.ETag ?? '' };
    } catch (error) {
      const { name, status } = s3Answer(error);
      if (status === 404 && name !== 'NoSuchBucket') return undefined;
      throw s3Failure(error, 'read', key, this.url);
    }
  }

  async put(key: string, body: Uint8Array, condition?: PutCondition): Promise<string> {
    assertKey(key);
    const { PutObjectCommand } = await sdk();
    const client = await this.#client();
    const conditions = !condition
      ? {}
      : 'ifNoneMatch' in condition
        ? { IfNoneMatch: '*' }
        : { IfMatch: condition.ifMatch };
    const request = {
      Bucket: this.#bucket,
      Key: this.#prefix + key,
      Body: body,
      ChecksumAlgorithm: 'SHA256' as const,
      Metadata: { sha256: sha256(body) },
    };
    for (let tried = 0; ; tried++) {
      try {
        return (await client.send(new PutObjectCommand({ ...request, ...conditions }))).ETag ?? '';
      } catch (error) {
        const { name, status, attempts } = s3Answer(error);
        const crossed = name === 'ConditionalRequestConflict';
        const pause = WAITS_AT_409[tried];
        if (crossed && pause !== undefined) {
          await wait(pause);
          continue;
        }
        const gone = condition !== undefined && 'ifMatch' in condition && name === 'NoSuchKey';
        if (!crossed && !gone && status !== 412) throw s3Failure(error, 'write', key, this.url);
        const own = attempts > 1 ? await this.#ownFirstTry(key, body) : undefined;
        if (own !== undefined) return own;
        throw new ArchiveConflict(
          `${this.url}${key} was written by somebody else meanwhile. Read it again and decide anew.`,
          { key },
          error,
        );
      }
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    assertPrefix(prefix);
    const { paginateListObjectsV2 } = await sdk();
    const client = await this.#client();
    try {
      for await (const page of paginateListObjectsV2(
        { client },
        { Bucket: this.#bucket, Prefix: this.#prefix + prefix },
      )) {
        for (const { Key = '' } of page.Contents ?? []) {
          const key = Key.slice(this.#prefix.length);
          // The console makes objects that end in a slash, and calls them folders.
          if (isKey(key)) yield key;
        }
      }
    } catch (error) {
      throw s3Failure(error, 'list', prefix, this.url);
    }
  }

  /** The SDK sends again when an answer is lost; what then refuses the write may be its own first try. */
  async #ownFirstTry(key: string, body: Uint8Array): Promise<string | undefined> {
    const there = await this.get(key);
    return there && sha256(there.body) === sha256(body) ? there.etag : undefined;
  }

  /** The SDK is loaded when a bucket is first used: a laptop's folder never needs it. */
  #client(): Promise<S3Client> {
    this.#opened ??= sdk().then(({ S3Client }) => new S3Client({ requestHandler: LIMITS }));
    return this.#opened;
  }
}

function sdk() {
  return import('@aws-sdk/client-s3');
}
