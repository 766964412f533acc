import type { S3Client } from '@aws-sdk/client-s3';
import type { Retention } from './open-retention.ts';
import { s3Failure } from './s3-failure.ts';
import { inBucket } from './s3-url.ts';

/**
 * S3 Object Lock in governance mode: nobody without the right to bypass it can shorten it, and no role of ours has that
 * right. The bucket must have been made with Object Lock.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export class S3Retention implements Retention {
  readonly days: number;
  readonly #url: string;
  #client: S3Client | undefined;

  constructor(url: string, days: number) {
    this.#url = url;
    this.days = days;
  }

  async retain(key: string, until: Date): Promise<void> {
    const { PutObjectRetentionCommand, S3Client } = await import('@aws-sdk/client-s3');
    this.#client ??= new S3Client({});
    const { bucket, prefix } = inBucket(this.#url);
    try {
      await this.#client.send(
        new PutObjectRetentionCommand({
          Bucket: bucket,
          Key: prefix + key,
          Retention: { Mode: 'GOVERNANCE', RetainUntilDate: until },
          ChecksumAlgorithm: 'SHA256',
        }),
      );
    } catch (error) {
      throw s3Failure(error, 'retain', key, this.#url);
    }
  }
}
