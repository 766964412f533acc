import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { z } from 'zod';

/** What holds something that a deployment could not give back, or whose name people and programs know. */
const STATEFUL: ReadonlySet<string> = new Set([
  'AWS::S3::Bucket',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::StepFunctions::StateMachine',
  'AWS::CloudFront::Distribution',
  'AWS::DynamoDB::Table',
  'AWS::SES::EmailIdentity',
  'AWS::SES::ContactList',
]);

export const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** As much of a CloudFormation template as is looked at. */
export type CloudTemplate = z.infer<typeof templateSchema>;

/** One thing that would be gone after a deployment. */
export interface Loss {
  readonly id: string;
  readonly type: string;
  readonly how: 'removed' | 'replaced' | 'perhaps replaced';
  /** The properties that ask for it. */
  readonly because: readonly string[];
}

/** What of a template holds something, alone. */
export function statefulOf(template: CloudTemplate): CloudTemplate {
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => STATEFUL.has(Type));
  return { Resources: Object.fromEntries(kept) };
}

/** What holds something and would be replaced or removed, were the one template deployed over the other. */
export function losses(deployed: CloudTemplate, wanted: CloudTemplate): Loss[] {
  const found: Loss[] = [];
  fullDiff(deployed, wanted).resources.forEachDifference((id, change) => {
    const type = change.oldResourceType;
    if (change.isAddition || type === undefined || !STATEFUL.has(type)) return;
    const how = HOW[change.changeImpact];
    if (how === undefined) return;
    const because = Object.entries(change.propertyUpdates)
      .filter(([, { changeImpact }]) => changeImpact !== undefined && HOW[changeImpact] !== undefined)
      .map(([property]) => property);
    found.push({ id, type, how, because });
  });
  return found;
}

const HOW: Partial<Record<ResourceImpact, Loss['how']>> = {
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.MAY_REPLACE]: 'perhaps replaced',
  [ResourceImpact.WILL_DESTROY]: 'removed',
  [ResourceImpact.WILL_ORPHAN]: 'removed',
};
