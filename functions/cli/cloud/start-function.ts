import { z } from 'zod';
import { CloudUnavailable } from '../../errors.ts';
import type { Starter } from '../start-run.ts';
import { CloudError } from './cloud-error.ts';
import { LIMITS } from './limits.ts';
import { sdkErrorName, sdkFailure } from './sdk-failure.ts';

const failureSchema = z.object({ errorType: z.string().optional(), errorMessage: z.string() });

/**
 * The start function behind Lambda's SDK. It is asked once: were the answer lost and the SDK to ask again, there might
 * be two runs.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function startFunction(name: string, env: string): Starter {
  return {
    async ask(event) {
      const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
      const client = new LambdaClient({ requestHandler: LIMITS, maxAttempts: 1 });
      const command = new InvokeCommand({
        FunctionName: name,
        InvocationType: 'RequestResponse',
        Payload: new TextEncoder().encode(JSON.stringify(event)),
      });
      const { FunctionError, Payload } = await client.send(command).catch((error: unknown) => {
        if (['TimeoutError', 'ECONNRESET'].includes(sdkErrorName(error)))
          throw new CloudUnavailable(
            `The start function ${name} did not answer in time, so it is not known whether the run began. See report status --env ${env} before you ask again.`,
            {},
            error,
          );
        throw sdkFailure(error, `ask the start function ${name} for a run`);
      });
      const answer = parsed(new TextDecoder().decode(Payload ?? new Uint8Array()));
      if (FunctionError === undefined) return answer;
      const { data } = failureSchema.safeParse(answer);
      throw new CloudError(
        data?.errorType ?? 'CloudUnavailable',
        data?.errorMessage ??
          `The start function ${name} failed (${FunctionError}) without a reason. Its log says more.`,
        { function: name },
      );
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
