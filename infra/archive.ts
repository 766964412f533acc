import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Environment } from './environments.ts';
import { acknowledge } from './nag.ts';
import { ARCHIVE_PREFIX } from './permissions.ts';

/**
 * The bucket of the archive: versioned, encrypted, closed to the public, reached by TLS alone. Snapshots and what is
 * published are never removed; drafts are, after a time.
 */
export class ArchiveBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { production, retainPublishedDays, keepDraftsDays } = environment;
    const whenRemoved = production
      ? { removalPolicy: RemovalPolicy.RETAIN }
      : { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true };
    const closed = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      ...whenRemoved,
    };
    const logs = new Bucket(this, 'AccessLogs', {
      ...closed,
      lifecycleRules: [
        { expiration: Duration.days(365), abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    acknowledge(logs, 'AwsSolutions-S1', 'A bucket of access logs that logged itself would never end.');

    this.bucket = new Bucket(this, 'Bucket', {
      ...closed,
      versioned: true,
      objectLockEnabled: retainPublishedDays > 0,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'archive/',
      lifecycleRules: [
        {
          id: 'unfinished-uploads',
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
        {
          id: 'drafts',
          prefix: `${ARCHIVE_PREFIX}drafts/`,
          expiration: Duration.days(keepDraftsDays),
          noncurrentVersionExpiration: Duration.days(30),
        },
        {
          // Read for the editions of two months, then only to recompute an old one.
          id: 'snapshots',
          prefix: `${ARCHIVE_PREFIX}snapshots/`,
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(90) },
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(365) },
          ],
          noncurrentVersionExpiration: Duration.days(90),
        },
      ],
    });
  }

  /** As `openArchive` reads it. */
  get url(): string {
    return `s3://${this.bucket.bucketName}/${ARCHIVE_PREFIX}`;
  }
}
