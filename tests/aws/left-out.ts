import {
  GetBucketVersioningCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { Assembly } from './assembly.ts';

/**
 * Types of resources that moto's CloudFormation does not make, and why that does no harm here. They are taken out of the
 * template before it is deployed. Any other type that moto passes over is an error: something of the program would be
 * missing unnoticed.
 */
const NOT_MADE: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'counts constructs for AWS; nothing of the program',
  'AWS::CloudFront::CachePolicy': 'belongs to the distribution',
  'AWS::CloudFront::Distribution': 'nothing is served here; asserted on the template',
  'AWS::CloudFront::OriginAccessControl': 'belongs to the distribution',
  'AWS::CloudFront::ResponseHeadersPolicy': 'belongs to the distribution',
  'AWS::CloudWatch::Alarm': 'no metrics arise here; asserted on the template',
  'AWS::CloudWatch::CompositeAlarm': 'no metrics arise here; asserted on the template',
  'AWS::CloudWatch::Dashboard': 'shows alarms and metrics; asserted on the template',
  'AWS::S3::BucketPolicy': 'moto judges no bucket policies; asserted on the template',
  'AWS::SES::ConfigurationSet': 'no mail is sent here; asserted on the template',
  'AWS::SES::EmailIdentity': 'no mail is sent here; asserted on the template',
  'AWS::SNS::Subscription': 'the tests subscribe a queue of their own',
  'AWS::SNS::TopicPolicy': 'moto judges no topic policies; asserted on the template',
  'AWS::SQS::QueuePolicy': 'moto judges no queue policies; asserted on the template',
  'AWS::Scheduler::Schedule':
    'nothing fires here; the tests invoke the targets with the inputs of the template',
  'AWS::Scheduler::ScheduleGroup': 'belongs to the schedules',
};

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), DependsOn: z.unknown().optional() })),
});
const reference = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
]);

/** A template without what is not made here; where something refers to that, it finds a name that is nobody's. */
export function without(template: string): string {
  const whole = templateSchema.parse(JSON.parse(template));
  const out = new Set(
    Object.entries(whole.Resources).flatMap(([id, { Type }]) => (Type in NOT_MADE ? [id] : [])),
  );
  whole.Resources = Object.fromEntries(
    Object.entries(whole.Resources)
      .filter(([id]) => !out.has(id))
      .map(([id, { DependsOn, ...resource }]) => {
        const left = [DependsOn ?? []].flat().filter((one) => typeof one === 'string' && !out.has(one));
        return [id, left.length > 0 ? { ...resource, DependsOn: left } : resource];
      }),
  );
  return JSON.stringify(whole, (_key, value: unknown) => {
    const { data } = reference.safeParse(value);
    const id = data && ('Ref' in data ? data.Ref : data['Fn::GetAtt'][0]);
    return id !== undefined && out.has(id) ? `not-made-here-${id}` : value;
  });
}

/** Types that moto's CloudFormation passed over all the same. */
export function passedOver(complaints: readonly string[]): string[] {
  return [
    ...new Set(
      complaints.flatMap((line) => /No Moto CloudFormation support for (\S+)/.exec(line)?.[1] ?? []),
    ),
  ];
}

const bucketProperties = z.looseObject({
  VersioningConfiguration: z.object({ Status: z.string() }).optional(),
  ObjectLockEnabled: z.boolean().optional(),
});

/**
 * Applies from the template what moto's CloudFormation makes a bucket without: versions, and the lock that retention
 * needs.
 *
 * @param physical the names the stack's resources got, by logical id
 */
export async function applyLeftOut(
  assembly: Assembly,
  physical: (logicalId: string) => string,
  client: S3Client,
): Promise<void> {
  for (const [logicalId, { Properties }] of assembly.resources('AWS::S3::Bucket')) {
    const { VersioningConfiguration, ObjectLockEnabled } = bucketProperties.parse(Properties);
    const Bucket = physical(logicalId);
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
    if (VersioningConfiguration?.Status === 'Enabled' && Status !== 'Enabled')
      await client.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
      );
    if (ObjectLockEnabled)
      await client.send(
        new PutObjectLockConfigurationCommand({
          Bucket,
          ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
        }),
      );
  }
}
