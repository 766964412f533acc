import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allows, statementsOf } from './policies.ts';
import { templateOf } from './template.ts';

const ruleSchema = z.looseObject({
  Prefix: z.string().optional(),
  ExpirationInDays: z.number().optional(),
  NoncurrentVersionExpiration: z.unknown().optional(),
  AbortIncompleteMultipartUpload: z.unknown().optional(),
});
const lifecycleSchema = z.object({ Rules: z.array(ruleSchema) });

const prod = templateOf('prod');
const dev = templateOf('dev');
const bucket = prod.one('AWS::S3::Bucket', 'ArchiveBucket');

describe('the archive’s bucket', () => {
  it.each([
    ['dev', dev],
    ['prod', prod],
  ])('is versioned, encrypted and closed to the public in %s', (_, made) => {
    for (const { id } of made.of('AWS::S3::Bucket'))
      expect(made.one('AWS::S3::Bucket', id).Properties, id).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
    expect(made.one('AWS::S3::Bucket', 'ArchiveBucket').Properties.VersioningConfiguration).toEqual({
      Status: 'Enabled',
    });
  });

  it('answers over TLS alone, to whoever asks', () => {
    for (const made of [dev, prod])
      for (const { id } of made.of('AWS::S3::Bucket'))
        made.template.hasResourceProperties('AWS::S3::BucketPolicy', {
          Bucket: { Ref: id },
          PolicyDocument: {
            Statement: Match.arrayWith([
              Match.objectLike({
                Effect: 'Deny',
                Action: 's3:*',
                Principal: { AWS: '*' },
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
                Resource: [
                  { 'Fn::GetAtt': [id, 'Arn'] },
                  { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/*']] },
                ],
              }),
            ]),
          },
        });
  });

  it('has Object Lock where published revisions are retained, and outlives its stack there', () => {
    expect(bucket.Properties.ObjectLockEnabled).toBe(true);
    expect(bucket.DeletionPolicy).toBe('Retain');
    const inDev = dev.one('AWS::S3::Bucket', 'ArchiveBucket');
    expect(inDev.Properties.ObjectLockEnabled).toBe(false);
    expect(inDev.DeletionPolicy).toBe('Delete');
  });

  it('removes no snapshot and nothing public, drafts after a time, and what an upload left', () => {
    for (const made of [dev, prod]) {
      const { LifecycleConfiguration } = made.one('AWS::S3::Bucket', 'ArchiveBucket').Properties;
      const { Rules } = lifecycleSchema.parse(LifecycleConfiguration);
      const expiring = Rules.filter((rule) => rule.ExpirationInDays !== undefined);
      expect(expiring.map(({ Prefix }) => Prefix)).toEqual(['archive/drafts/']);
      // A rule that names no prefix is for every object.
      const old = Rules.filter((rule) => rule.NoncurrentVersionExpiration !== undefined);
      expect(old.map(({ Prefix }) => Prefix).sort()).toEqual(['archive/drafts/', 'archive/snapshots/']);
      expect(Rules.some((rule) => rule.Prefix === undefined && rule.AbortIncompleteMultipartUpload)).toBe(
        true,
      );
    }
  });

  it('is read by the web in archive/public/ alone, and by this site’s distribution alone', () => {
    for (const made of [dev, prod]) {
      const allowed = statementsOf(made.one('AWS::S3::BucketPolicy', 'ArchiveBucketPolicy')).filter(allows);
      const id = made.one('AWS::S3::Bucket', 'ArchiveBucket').id;
      const distribution = made.one('AWS::CloudFront::Distribution').id;
      const [web, ...others] = allowed.sort((one) => (one.principal?.includes('cloudfront') ? -1 : 1));
      expect(web).toMatchObject({
        actions: ['s3:GetObject'],
        resources: [`<${id}.Arn>/archive/public/*`],
        principal: '{"Service":"cloudfront.amazonaws.com"}',
      });
      expect(JSON.stringify(web?.condition)).toContain(`"Ref":"${distribution}"`);
      // In dev, what empties the bucket when the stack goes.
      for (const other of others) {
        expect(made).toBe(dev);
        expect(other.principal).toMatch(/CustomS3AutoDeleteObjects/);
      }
    }
  });

  it('is the origin of the site at archive/public, signed, over HTTPS', () => {
    prod.template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [
          Match.objectLike({ OriginPath: '/archive/public', OriginAccessControlId: Match.anyValue() }),
        ],
        DefaultCacheBehavior: Match.objectLike({
          ViewerProtocolPolicy: 'redirect-to-https',
          AllowedMethods: ['GET', 'HEAD'],
        }),
        CacheBehaviors: [
          Match.objectLike({ PathPattern: 'editions.json' }),
          Match.objectLike({ PathPattern: 'feed.*.xml' }),
        ],
      },
    });
    prod.template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: Match.objectLike({ SigningBehavior: 'always', SigningProtocol: 'sigv4' }),
    });
  });
});
