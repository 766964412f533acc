import { setTimeout as wait } from 'node:timers/promises';
import { duration, wrapped } from './lines.ts';
import type { Runs } from './runs.ts';
import { say } from './say.ts';
import { type Watched, type Watcher, watchRun } from './watch-run.ts';

/** In milliseconds: a stage takes from seconds to minutes, and looking is limited to some twenty times a second. */
const LOOK_EVERY = 3_000;

/** Watches a run at a terminal: a line per state as it passes; nothing where JSON was asked for. */
export function follow(options: {
  runs: Runs;
  name: string;
  env: string;
  json: boolean | undefined;
}): Promise<Watched> {
  return watchRun({
    ...options,
    watcher: options.json ? { entered() {}, failed() {} } : lines,
    pause: () => wait(LOOK_EVERY),
  });
}

const lines: Watcher = {
  entered: (state, seconds) => say(`${duration(seconds).padStart(11)}  ${state}`),
  failed: (state, error, message) =>
    say(wrapped(`! ${state}: ${error}: ${message}`, ' '.repeat(13), ' '.repeat(15)).join('\n')),
};

/** How it ended, as a person reads it. */
export function watchedText({ name, outcome, revision, decision, seconds }: Watched): string {
  const what = {
    published: `published as ${revision}`,
    unchanged: `the same bytes as ${revision}: nothing new to publish`,
    'draft ready': `the draft is ready (verdict: ${decision})`,
  }[outcome as string];
  return `${name}: ${what ?? outcome}, after ${duration(seconds)}.`;
}
