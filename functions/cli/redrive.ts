import { BadRequest } from '../errors.ts';
import { failureOf, sentence } from './run-failure.ts';
import { editionOfRun, type Run, type Runs } from './runs.ts';

/** Resumes runs. */
export interface Redriver {
  /** @returns false if the state machine says that this run cannot be resumed */
  redrive(name: string): Promise<boolean>;
}

/** What was resumed. */
export interface Redriven {
  readonly name: string;
  readonly edition: string | null;
  /** The state at which it goes on. */
  readonly state: string | null;
  readonly error: string | null;
}

const FAILED = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);
/** A redrive is possible for this long after a run ended. @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
const REDRIVABLE_MS = 14 * 86_400_000;

/**
 * Resumes a failed run at the state that failed, with what it was started with.
 *
 * @param asked the name of the run; or an edition, of which the latest run is meant; or neither: the latest that failed
 * @throws BadRequest if it cannot be resumed; the message names the command to run instead
 */
export async function redrive(options: {
  runs: Runs & Redriver;
  asked: { readonly execution?: string | undefined; readonly edition?: string | undefined };
  env: string;
  now: Date;
}): Promise<Redriven> {
  const { runs, asked, env, now } = options;
  const { name, status, endedAt } = await chosen(runs, asked, env);
  const edition = editionOfRun(name);
  const anew = `report run --env ${env} --edition ${edition ?? 'YYYY-MM'}`;
  if (!FAILED.has(status))
    throw new BadRequest(
      status === 'SUCCEEDED'
        ? `The run ${name} did not fail: there is nothing to resume. To make the edition again: ${anew}`
        : `The run ${name} is still at work. Wait for its end; see report status --env ${env}`,
      { name },
    );
  if (endedAt && now.getTime() - endedAt.getTime() > REDRIVABLE_MS)
    throw new BadRequest(
      `The run ${name} ended on ${endedAt.toISOString().slice(0, 10)}, and only for 14 days can a run be resumed. Start one anew: ${anew}`,
      { name },
    );
  const failure = failureOf(await runs.history(name));
  if (failure?.final)
    throw new BadRequest(
      `The run ${name} ended with ${failure.error}, and resumed it would end so again: ${sentence(failure.message)} Mend the cause, then start one anew: ${anew} (--from names the first stage to repeat)`,
      { name, error: failure.error },
    );
  const { notRedrivable = null } = (await runs.find(name)) ?? {};
  if (notRedrivable !== null || !(await runs.redrive(name)))
    throw new BadRequest(
      `The run ${name} cannot be resumed${notRedrivable ? ` (${notRedrivable.replace(/\.$/, '')})` : ''}. Start one anew: ${anew}`,
      { name },
    );
  return { name, edition: edition ?? null, state: failure?.state ?? null, error: failure?.error ?? null };
}

async function chosen(
  runs: Runs,
  asked: { readonly execution?: string | undefined; readonly edition?: string | undefined },
  env: string,
): Promise<Run> {
  if (asked.execution !== undefined) {
    const found = await runs.find(asked.execution);
    if (found) return found;
    throw new BadRequest(
      `There is no run ${asked.execution.slice(0, 80)} in ${env}. The latest are listed by: report status --env ${env}`,
    );
  }
  /** The latest run of each edition: an older one that failed has been overtaken by it. */
  const seen = new Set<string>();
  let overtaken: Run | undefined;
  for await (const run of runs.list()) {
    const edition = editionOfRun(run.name) ?? run.name;
    if (asked.edition !== undefined && edition !== asked.edition) continue;
    const latest = !seen.has(edition);
    seen.add(edition);
    if (latest && (asked.edition !== undefined || FAILED.has(run.status))) return run;
    if (!latest && FAILED.has(run.status)) overtaken ??= run;
  }
  const of = asked.edition === undefined ? '' : ` of ${asked.edition}`;
  const anew = `report run --env ${env} --edition ${asked.edition ?? 'YYYY-MM'}`;
  throw new BadRequest(
    overtaken
      ? `No run${of} that failed is the latest of its edition: ${overtaken.name} was followed by another. Name it with --execution to resume it all the same.`
      : `There is no run${of} in ${env} that failed. To start one: ${anew}`,
  );
}
