import type { S3Client } from '@aws-sdk/client-s3';
import { ArchiveConflict, ArchiveUnavailable } from '../errors.ts';
import { sha256 } from './artefact.ts';
import { assertKey } from './key.ts';
import type { PutCondition, Store, StoredObject } from './store.ts';

/** S3 answers 409 where two conditional writes cross; its documentation asks to try again. */
const TRIES_AT_409 = 5;

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
    const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
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
        throw new Error('the body does not have the SHA-256 it was written with');
      return { body, etag: answer.ETag ?? '' };
    } catch (error) {
      if (named(error) === 'NoSuchKey' || (status(error) === 404 && named(error) !== 'NoSuchBucket'))
        return undefined;
      throw this.#unavailable('read', key, error);
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
    for (let tried = 1; ; tried++) {
      try {
        return (await client.send(new PutObjectCommand({ ...request, ...conditions }))).ETag ?? '';
      } catch (error) {
        if (status(error) === 409 && tried < TRIES_AT_409) continue;
        const lost =
          status(error) === 412 ||
          status(error) === 409 ||
          (condition && 'ifMatch' in condition && named(error) === 'NoSuchKey');
        if (lost)
          throw new ArchiveConflict(
            `${this.url}${key} was written by somebody else meanwhile. Read it again and decide anew.`,
            { key },
          );
        throw this.#unavailable('write', key, error);
      }
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    const { paginateListObjectsV2 } = await sdk();
    const client = await this.#client();
    try {
      for await (const page of paginateListObjectsV2(
        { client },
        { Bucket: this.#bucket, Prefix: this.#prefix + prefix },
      )) {
        for (const { Key } of page.Contents ?? []) if (Key) yield Key.slice(this.#prefix.length);
      }
    } catch (error) {
      throw this.#unavailable('list', prefix, error);
    }
  }

  /** The SDK is loaded when a bucket is first used: a laptop's folder never needs it. */
  #client(): Promise<S3Client> {
    this.#opened ??= sdk().then(({ S3Client }) => new S3Client({}));
    return this.#opened;
  }

  #unavailable(doing: string, key: string, cause: unknown): ArchiveUnavailable {
    const name = named(cause);
    const why =
      REASONS[name] ??
      `${name}: ${cause instanceof Error ? cause.message : String(cause)}. Try again; if it stays, look at the bucket, the region and the credentials.`;
    return new ArchiveUnavailable(
      `Cannot ${doing} ${key} in ${this.url}: ${why}`,
      { key, code: name },
      cause,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket. Correct the URL, or create the bucket first.',
  AccessDenied: 'access denied. Use credentials that may do this under this prefix.',
  CredentialsProviderError: 'no AWS credentials were found. Sign in, or set AWS_PROFILE.',
  ExpiredToken: 'the AWS credentials have expired. Sign in again.',
};

function sdk() {
  return import('@aws-sdk/client-s3');
}

function named(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function status(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  return metadata !== null &&
    typeof metadata === 'object' &&
    'httpStatusCode' in metadata &&
    typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : undefined;
}
