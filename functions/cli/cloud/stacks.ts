import type { Stacks } from '../deployment.ts';
import { LIMITS } from './limits.ts';
import { sdkErrorName, sdkFailure } from './sdk-failure.ts';

/**
 * CloudFormation behind its SDK.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
export function cloudFormation(): Stacks {
  return {
    async outputs(stack) {
      const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
      try {
        const { Stacks = [] } = await new CloudFormationClient({ requestHandler: LIMITS }).send(
          new DescribeStacksCommand({ StackName: stack }),
        );
        const [found] = Stacks;
        if (!found) return undefined;
        return Object.fromEntries(
          (found.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
        );
      } catch (error) {
        // An absent stack is a ValidationError like any other; only its text tells.
        if (sdkErrorName(error) === 'ValidationError' && /does not exist/.test(String(error)))
          return undefined;
        throw sdkFailure(error, `look for the stack ${stack}`);
      }
    },
  };
}
