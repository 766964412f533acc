import { EditionHeld } from '../errors.ts';
import { CloudError } from './cloud/cloud-error.ts';
import { failureOf, messageOf, sentence } from './run-failure.ts';
import { type Ending, endingOf } from './run-outcome.ts';
import { editionOfRun, type RunInFull, type Runs, type Step } from './runs.ts';

/** What a run that is watched shows. */
export interface Watcher {
  /** It has come to a state. */
  entered(state: string, secondsSinceStart: number): void;
  /** Something failed; it may be tried again. */
  failed(state: string, error: string, message: string): void;
}

/** How a run that was watched ended well. */
export interface Watched extends Ending {
  readonly name: string;
  readonly seconds: number;
}

/** Decisions of the machine between two stages; nobody waits for them. */
const UNSHOWN = /^ChoiceStateEntered$/;
const FAILURE = /^(LambdaFunction|Task|Activity)\w*(Failed|TimedOut)$/;

/**
 * Waits until a run has ended, telling of each state once.
 *
 * @param pause waits between two looks
 * @throws EditionHeld if a person has to decide
 * @throws CloudError with the error of the run if it failed, was stopped or ran out of time
 */
export async function watchRun(options: {
  runs: Runs;
  name: string;
  env: string;
  watcher: Watcher;
  pause: () => Promise<void>;
}): Promise<Watched> {
  const { runs, name, env, watcher, pause } = options;
  let told = 0;
  const shown = new Set<string>();
  for (;;) {
    const run = await runs.find(name);
    const steps = run ? await runs.history(name) : [];
    for (const step of steps.filter(({ id }) => id > told)) tell(step, steps, watcher, shown);
    told = steps.at(-1)?.id ?? told;
    if (run && !['RUNNING', 'PENDING_REDRIVE'].includes(run.status)) return ended(run, steps, env);
    await pause();
  }
}

function tell(step: Step, steps: readonly Step[], watcher: Watcher, shown: Set<string>): void {
  if (step.type === 'ExecutionRedriven') shown.clear();
  if (FAILURE.test(step.type) && step.error !== null) {
    const state = failureOf([...steps.filter(({ id }) => id <= step.id), endedBy(step)])?.state;
    watcher.failed(state ?? '', step.error, messageOf(step.cause));
  }
  if (!step.type.endsWith('StateEntered') || UNSHOWN.test(step.type) || step.state === null) return;
  if (shown.has(step.state)) return;
  shown.add(step.state);
  const began = steps[0]?.at ?? step.at;
  watcher.entered(step.state, (step.at.getTime() - began.getTime()) / 1000);
}

/** The run as it would stand had it ended by this failure. */
function endedBy({ id, error, cause, at }: Step): Step {
  return { id: id + 1, previous: id, at, type: 'ExecutionFailed', state: null, error, cause };
}

function ended(run: RunInFull, steps: readonly Step[], env: string): Watched {
  const { name } = run;
  const edition = editionOfRun(name) ?? '';
  const ending = endingOf(run);
  if (ending.outcome === 'held')
    throw new EditionHeld(
      `The edition ${edition} is held for a person: ${ending.reasons ?? 'nobody has approved exactly these bytes'}. Look at the draft: report archive fetch --env ${env} --edition ${edition}; then: report approve --env ${env} --edition ${edition} --because "…"`,
      { edition, run: name },
    );
  const failure = failureOf(steps);
  if (['failed', 'timed out', 'stopped'].includes(ending.outcome)) {
    const { state, error, message } = failure ?? {
      state: null,
      error: run.error ?? (ending.outcome === 'stopped' ? 'Aborted' : 'States.Timeout'),
      message: messageOf(run.cause),
    };
    throw new CloudError(
      error,
      `The run ${name} ${ending.outcome}${state ? ` at "${state}"` : ''}: ${sentence(message)} See report status --env ${env} --edition ${edition}`,
      { run: name, state, edition },
    );
  }
  const seconds = ((run.endedAt ?? run.startedAt).getTime() - run.startedAt.getTime()) / 1000;
  return { ...ending, name, seconds };
}
