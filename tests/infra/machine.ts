import { z } from 'zod';
import { flat, type Made } from './template.ts';

const errors = z.array(z.string());
const stateSchema = z.looseObject({
  Type: z.enum(['Choice', 'Task', 'Map', 'Pass', 'Succeed', 'Fail', 'Wait', 'Parallel']),
  Next: z.string().optional(),
  End: z.boolean().optional(),
  Default: z.string().optional(),
  Choices: z
    .array(
      z.looseObject({
        Next: z.string(),
        Variable: z.string().optional(),
        StringEquals: z.string().optional(),
      }),
    )
    .default([]),
  Retry: z
    .array(z.looseObject({ ErrorEquals: errors, MaxAttempts: z.number(), JitterStrategy: z.string() }))
    .default([]),
  Catch: z.array(z.looseObject({ ErrorEquals: errors, Next: z.string() })).default([]),
  ResultPath: z.string().nullable().optional(),
  Parameters: z.record(z.string(), z.unknown()).optional(),
  ItemSelector: z.record(z.string(), z.unknown()).optional(),
  Error: z.string().optional(),
  get ItemProcessor() {
    return machineSchema.optional();
  },
});
const machineSchema = z.looseObject({
  StartAt: z.string(),
  get States() {
    return z.record(z.string(), stateSchema);
  },
});

export type State = z.infer<typeof stateSchema>;
export type Machine = z.infer<typeof machineSchema>;

/** The state machine as text, with `<LogicalId.Attribute>` for what CloudFormation fills in. */
export function definitionOf(made: Made): string {
  return flat(made.one('AWS::StepFunctions::StateMachine').Properties.DefinitionString);
}

export function machineOf(made: Made): Machine {
  return machineSchema.parse(JSON.parse(definitionOf(made)));
}

/** Every state, those inside maps too, by name. */
export function statesOf(machine: Machine): [string, State][] {
  return Object.entries(machine.States).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...(state.ItemProcessor ? statesOf(state.ItemProcessor) : []),
  ]);
}

/** What a run is started with, and what its judge says. */
export interface Told {
  readonly from: string;
  readonly until: string;
  readonly decision?: string;
  /** A task that fails, and with which error, after all retries. */
  readonly failing?: { readonly at: string; readonly error: string };
}

/** The states a run goes through, by name, in order. */
export function walk(machine: Machine, told: Told): string[] {
  const known: Record<string, string | undefined> = {
    '$.from': told.from,
    '$.until': told.until,
    '$.check.decision': told.decision ?? 'publish',
  };
  const path: string[] = [];
  let at: string | undefined = machine.StartAt;
  while (at !== undefined) {
    if (path.length > 50) throw new Error(`It goes round: ${path.join(' → ')}`);
    path.push(at);
    const state: State | undefined = machine.States[at];
    if (!state) throw new Error(`There is no state ${at}`);
    at = after(at, state, known, told);
  }
  return path;
}

function after(
  name: string,
  state: State,
  known: Record<string, string | undefined>,
  { failing }: Told,
): string | undefined {
  if (state.Type === 'Choice')
    return (
      state.Choices.find(
        ({ Variable = '', StringEquals }) => StringEquals && known[Variable] === StringEquals,
      )?.Next ?? state.Default
    );
  if (failing?.at === name) return state.Catch.find((one) => one.ErrorEquals.includes(failing.error))?.Next;
  return state.Next;
}
