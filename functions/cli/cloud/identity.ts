import { LIMITS } from './limits.ts';
import { sdkFailure } from './sdk-failure.ts';

/**
 * Who is signed in, as an ARN: what is kept as the author of an approval or of templates.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerArn(): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  try {
    const { Arn } = await new STSClient({ requestHandler: LIMITS }).send(new GetCallerIdentityCommand({}));
    if (Arn) return Arn;
    throw new Error('STS names no ARN');
  } catch (error) {
    throw sdkFailure(error, 'ask AWS who is signed in');
  }
}
