import { z } from 'zod';
import type { Step } from './runs.ts';

/** Why a run failed: in which state, by what, in whose words. */
export interface RunFailure {
  readonly state: string | null;
  readonly error: string;
  readonly message: string;
  /** True where the machine itself ends so (a refused edition, no source at all): to resume there changes nothing. */
  readonly final: boolean;
}

/** What a function says when it fails; Step Functions keeps it as a text. */
const causeSchema = z.object({ errorMessage: z.string() });

/** Why a function or a state failed, as a sentence, of the text Step Functions keeps. */
export function messageOf(cause: string | null): string {
  if (cause === null || cause === '') return 'Nothing more is said of it.';
  try {
    return causeSchema.safeParse(JSON.parse(cause)).data?.errorMessage ?? cause;
  } catch {
    return cause;
  }
}

/** A message that another sentence can follow. */
export function sentence(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}

/**
 * Finds where and why a run failed for good, in its history. Failures that were tried again or settled are passed over:
 * what counts is the one the run ended with.
 *
 * @returns undefined if it did not fail
 */
export function failureOf(steps: readonly Step[]): RunFailure | undefined {
  const end = steps.findLast(({ type }) => /^Execution(Failed|TimedOut|Aborted)$/.test(type));
  if (!end) return undefined;
  const before = steps.filter(({ id }) => id < end.id);
  const failed =
    before.findLast(({ error, cause }) => error !== null && error === end.error && cause === end.cause) ??
    before.findLast(({ type }) => type === 'FailStateEntered') ??
    before.at(-1);
  const entered = failed && enteredBefore(failed, steps);
  return {
    state: entered?.state ?? null,
    error: end.error ?? { ExecutionTimedOut: 'States.Timeout' }[end.type] ?? 'Aborted',
    message: messageOf(end.cause),
    final: entered?.type === 'FailStateEntered',
  };
}

/** The state an event belongs to: along the chain of events, not by time, since several items may be at work at once. */
function enteredBefore(step: Step, steps: readonly Step[]): Step | undefined {
  const byId = new Map(steps.map((one) => [one.id, one]));
  for (let at: Step | undefined = step; at; at = at.previous < at.id ? byId.get(at.previous) : undefined)
    if (at.type.endsWith('StateEntered')) return at;
  return steps.findLast(({ id, type }) => id <= step.id && type.endsWith('StateEntered'));
}
