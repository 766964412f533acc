import { z } from 'zod';
import { BadRequest, CloudUnavailable } from '../errors.ts';

/** What a person asks the starter for; it decides the rest, and how the run is called. */
export interface RunWanted {
  readonly edition: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly locales?: readonly string[] | undefined;
  readonly by: string;
}

/** The function that starts runs. */
export interface Starter {
  /** @returns what it answers @throws its own error, under its own name */
  ask(event: RunWanted): Promise<unknown>;
}

/** A run that was started. */
export interface StartedRun {
  readonly edition: string;
  readonly name: string;
  readonly execution: string;
}

const answerSchema = z.union([
  z.object({ edition: z.string(), started: z.literal(true), name: z.string(), execution: z.string() }),
  z.object({ edition: z.string(), started: z.literal(false), because: z.string() }),
]);

/**
 * Asks for a run.
 *
 * @throws BadRequest if the starter does not start it
 * @throws CloudUnavailable if it answers something else; the starter's own error otherwise
 */
export async function startRun(starter: Starter, wanted: RunWanted): Promise<StartedRun> {
  const { data, error } = answerSchema.safeParse(await starter.ask(wanted));
  if (error)
    throw new CloudUnavailable(
      'The start function answers something else than this release expects. Deploy this release, or use the one that is deployed.',
      {},
      error,
    );
  if (!data.started) throw new BadRequest(`No run of ${data.edition} was started: ${data.because}`);
  return { edition: data.edition, name: data.name, execution: data.execution };
}
