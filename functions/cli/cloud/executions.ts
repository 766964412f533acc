import { z } from 'zod';
import type { Redriver } from '../redrive.ts';
import { type Run, type Runs, runStatus, type Step } from '../runs.ts';
import { LIMITS } from './limits.ts';
import { sdkErrorName, sdkFailure } from './sdk-failure.ts';

/** What the details of an event say, whatever its type. */
const details = z.object({
  name: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});

/**
 * The executions of a state machine behind its SDK.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
export function stepFunctions(stateMachineArn: string): Runs & Redriver {
  const arnOf = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const open = async () => {
    const sdk = await import('@aws-sdk/client-sfn');
    return { sdk, client: new sdk.SFNClient({ requestHandler: LIMITS }) };
  };
  let opened: ReturnType<typeof open> | undefined;
  const sfn = () => {
    opened ??= open();
    return opened;
  };
  return {
    async *list() {
      const { sdk, client } = await sfn();
      try {
        for await (const page of sdk.paginateListExecutions({ client, pageSize: 100 }, { stateMachineArn }))
          for (const { name = '', status, startDate, stopDate } of page.executions ?? [])
            yield run(name, status, startDate, stopDate);
      } catch (error) {
        throw sdkFailure(error, 'list the runs');
      }
    },
    async find(name) {
      const { sdk, client } = await sfn();
      try {
        const found = await client.send(new sdk.DescribeExecutionCommand({ executionArn: arnOf(name) }));
        return {
          ...run(name, found.status, found.startDate, found.stopDate),
          input: found.input ?? '{}',
          output: found.output ?? null,
          error: found.error ?? null,
          cause: found.cause ?? null,
          notRedrivable:
            found.redriveStatus === 'NOT_REDRIVABLE' ? (found.redriveStatusReason ?? 'no reason') : null,
        };
      } catch (error) {
        if (sdkErrorName(error) === 'ExecutionDoesNotExist') return undefined;
        throw sdkFailure(error, `look at the run ${name}`);
      }
    },
    async history(name) {
      const { sdk, client } = await sfn();
      const steps: Step[] = [];
      try {
        for await (const page of sdk.paginateGetExecutionHistory(
          { client, pageSize: 1000 },
          { executionArn: arnOf(name), includeExecutionData: true },
        ))
          for (const event of page.events ?? []) steps.push(step(event));
      } catch (error) {
        throw sdkFailure(error, `read the history of the run ${name}`);
      }
      return steps;
    },
    async redrive(name) {
      const { sdk, client } = await sfn();
      try {
        await client.send(new sdk.RedriveExecutionCommand({ executionArn: arnOf(name) }));
        return true;
      } catch (error) {
        if (sdkErrorName(error) === 'ExecutionNotRedrivable') return false;
        throw sdkFailure(error, `redrive the run ${name}`);
      }
    },
  };
}

function run(name: string, status: unknown, startDate?: Date, stopDate?: Date): Run {
  return {
    name,
    status: runStatus.parse(status),
    startedAt: startDate ?? new Date(0),
    endedAt: stopDate ?? null,
  };
}

/** An event keeps what it tells in a field named after its kind: whichever is there. */
function step(event: {
  id?: number | undefined;
  previousEventId?: number | undefined;
  timestamp?: Date | undefined;
  type?: string | undefined;
}): Step {
  const [, told] = Object.entries(event).find(([key, value]) => key.endsWith('EventDetails') && value) ?? [];
  const { name, error, cause } = details.safeParse(told).data ?? {};
  return {
    id: event.id ?? 0,
    previous: event.previousEventId ?? 0,
    at: event.timestamp ?? new Date(0),
    type: event.type ?? '',
    state: name ?? null,
    error: error ?? null,
    cause: cause ?? null,
  };
}
