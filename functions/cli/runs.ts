import { z } from 'zod';

/** How far a run has come, in the words of Step Functions. */
export const runStatus = z.enum([
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  'PENDING_REDRIVE',
]);
export type RunStatus = z.infer<typeof runStatus>;

/** A run of the state machine; its name begins with the edition it is about. */
export interface Run {
  readonly name: string;
  readonly status: RunStatus;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** A run with what it was given and what became of it. */
export interface RunInFull extends Run {
  /** JSON texts, as the state machine keeps them. */
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** Why it cannot be resumed; null if it can, or nothing is said of it. */
  readonly notRedrivable: string | null;
}

/** One event of a run's history. */
export interface Step {
  readonly id: number;
  readonly previous: number;
  readonly at: Date;
  /** Such as `TaskStateEntered`, `LambdaFunctionFailed`, `ExecutionFailed`. */
  readonly type: string;
  /** The state that is entered or left. */
  readonly state: string | null;
  readonly error: string | null;
  readonly cause: string | null;
}

/** The runs of a deployment, as far as one looks at them. */
export interface Runs {
  /** Newest first. */
  list(): AsyncIterable<Run>;
  /** @returns undefined if there is none of this name */
  find(name: string): Promise<RunInFull | undefined>;
  /** Every event so far, in order. */
  history(name: string): Promise<readonly Step[]>;
}

/** The edition a run is about, or undefined for a run that somebody started under a name of his own. */
export function editionOfRun(name: string): string | undefined {
  return /^(\d{4}-\d{2})-/.exec(name)?.[1];
}
