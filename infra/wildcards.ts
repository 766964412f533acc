import type { Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { IConstruct } from 'constructs';
import { z } from 'zod';
import { acknowledge } from './nag.ts';

const documentSchema = z.object({
  Statement: z.array(z.looseObject({ Resource: z.unknown().optional() })),
});

/** Every star in a right, and why it is there. What stands in no line is a finding that stops the deployment. */
const WHY: readonly { readonly resource: RegExp; readonly because: string }[] = [
  {
    resource: /\/archive\/drafts\//,
    because: 'Editions and languages come after the deployment; no key outside drafts/ is named by it.',
  },
  {
    resource: /\/archive\/snapshots\//,
    because: 'Snapshots are named after the moment they are taken; no key outside snapshots/ is named by it.',
  },
  {
    resource: /\/archive\/public\//,
    because: 'Revisions come after the deployment; publish alone may write here.',
  },
  {
    resource: /\/archive\/templates\//,
    because: 'Bundles are named after their bytes; editors alone may write here.',
  },
  {
    resource: /^<(Pull|Compute|Render|Print|Check|Publish|Start|Watch)Function\w+\.Arn>:\*$/,
    because: 'A function’s versions and aliases, which are this very function.',
  },
  {
    resource: /:states:[^:]+:[^:]+:execution:<Pipeline\w+\.Name>:\*$/,
    because: 'The executions of this one state machine, each named when it starts.',
  },
  {
    resource: /:logs:[^:]+:[^:]+:log-group:OpenModelBalance-\w+-\*$/,
    because: 'The log groups of this stack, whose names end in what CloudFormation adds.',
  },
  {
    resource: /^\*$/,
    because:
      'Step Functions delivers its log through CloudWatch Logs’ delivery actions, which know no resource; nothing else is allowed on it.',
  },
];

/** Says of every star in the stack’s rights why it is there. */
export function justifyWildcards(stack: Stack): void {
  for (const policy of stack.node.findAll().filter(isPolicy)) {
    const document = documentSchema.parse(stack.resolve(policy.policyDocument));
    for (const resource of document.Statement.flatMap(({ Resource }) => Resource)) {
      const flat = flattenCfnReference(resource);
      if (!flat.includes('*')) continue;
      const reason = WHY.find((one) => one.resource.test(flat));
      if (reason) acknowledge(policy, `AwsSolutions-IAM5[Resource::${flat}]`, reason.because);
    }
  }
}

function isPolicy(construct: IConstruct): construct is CfnPolicy {
  return construct instanceof CfnPolicy;
}
