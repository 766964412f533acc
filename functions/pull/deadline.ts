import { setTimeout as pause } from 'node:timers/promises';
import { PullUnfinished } from '../errors.ts';

/** Kept back of the budget: for writing the last body, reading it, and saying that there is more. */
const RESERVE_MS = 20_000;

/** The time a pull may take. */
export interface Deadline {
  /**
   * Asks, and waits for the answer while there is time: a source may want to be left alone for minutes.
   *
   * @param bodies how many came before
   * @throws PullUnfinished if the time is over before or while it is asked
   */
  within<T>(ask: () => Promise<T>, bodies: number): Promise<T>;
}

/** @param budgetMs milliseconds from now on; without them there is no deadline */
export function openDeadline(source: string, now: () => Date, budgetMs?: number): Deadline {
  if (budgetMs === undefined) return { within: (ask) => ask() };
  const end = now().getTime() + budgetMs - RESERVE_MS;
  return {
    async within(ask, bodies) {
      const unfinished = () =>
        new PullUnfinished(
          `The pull of ${source} stopped at its time limit after ${bodies} bodies; what came is kept. Start the pull again to continue.`,
          { source, bodies },
        );
      const left = end - now().getTime();
      if (left <= 0) throw unfinished();
      const answered = new AbortController();
      const timeIsOver = pause(left, undefined, { signal: answered.signal }).then(
        () => {
          throw unfinished();
        },
        // Answered in time: nobody waits for it any more.
        () => new Promise<never>(() => {}),
      );
      try {
        return await Promise.race([ask(), timeIsOver]);
      } finally {
        answered.abort();
      }
    },
  };
}
