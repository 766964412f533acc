import { z } from 'zod';
import type { RunInput, Runs } from './start.ts';

const alreadyExists = z.object({ name: z.literal('ExecutionAlreadyExists') });

/**
 * The state machine behind the AWS SDK. A name is taken for ninety days, which makes it the guard against double starts.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function stateMachine(stateMachineArn: string): Runs {
  return {
    async start(name: string, input: RunInput) {
      const { SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
      try {
        const { executionArn = '' } = await new SFNClient({}).send(
          new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
        );
        return { execution: executionArn, already: false };
      } catch (error) {
        if (!alreadyExists.safeParse(error).success) throw error;
        return {
          execution: `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`,
          already: true,
        };
      }
    },
  };
}
