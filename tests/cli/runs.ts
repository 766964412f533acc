import type { Redriver } from '../../functions/cli/redrive.ts';
import type { RunInFull, Runs, Step } from '../../functions/cli/runs.ts';

/** Executions in memory, newest first, with the steps each has made. */
export class RunsInMemory implements Runs, Redriver {
  readonly runs: RunInFull[];
  readonly steps = new Map<string, Step[]>();
  readonly redriven: string[] = [];
  /** What redriving answers. */
  mayRedrive = true;

  constructor(runs: RunInFull[] = []) {
    this.runs = runs;
  }

  async *list() {
    yield* this.runs;
  }

  async find(name: string) {
    return this.runs.find((run) => run.name === name);
  }

  async history(name: string) {
    return this.steps.get(name) ?? [];
  }

  async redrive(name: string) {
    if (this.mayRedrive) this.redriven.push(name);
    return this.mayRedrive;
  }
}

/** A run as the state machine describes it. */
export function aRun(name: string, more: Partial<RunInFull> = {}): RunInFull {
  return {
    name,
    status: 'SUCCEEDED',
    startedAt: new Date('2026-11-06T08:00:00Z'),
    endedAt: new Date('2026-11-06T08:01:30Z'),
    input: '{}',
    output: '{}',
    error: null,
    cause: null,
    notRedrivable: null,
    ...more,
  };
}

/** Steps numbered in order, each following the one before. */
export function steps(...told: Partial<Step>[]): Step[] {
  return told.map((step, index) => ({
    id: index + 1,
    previous: index,
    at: new Date(Date.parse('2026-11-06T08:00:00Z') + index * 1000),
    type: 'TaskStateEntered',
    state: null,
    error: null,
    cause: null,
    ...step,
  }));
}

/** What a function that failed leaves. */
export function cause(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage, trace: ['at handler'] });
}
