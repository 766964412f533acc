import { describe, expect, it } from 'vitest';
import { endingOf } from '../../functions/cli/run-outcome.ts';
import { watchRun } from '../../functions/cli/watch-run.ts';
import { aRun, cause, RunsInMemory, steps } from './runs.ts';

const name = '2026-10-pull-publish-20261106T080000Z';

/** Watches a run that has one more step at each look. */
async function watched(runs: RunsInMemory) {
  const all = runs.steps.get(name) ?? [];
  const end = runs.runs[0];
  const seen: string[] = [];
  let looks = 0;
  const growing: RunsInMemory = Object.assign(Object.create(runs), {
    find: async () => (looks < all.length && end ? { ...end, status: 'RUNNING', endedAt: null } : end),
    history: async () => all.slice(0, ++looks),
  });
  const result = await watchRun({
    runs: growing,
    name,
    env: 'prod',
    watcher: {
      entered: (state) => seen.push(state),
      failed: (state, error) => seen.push(`! ${state}: ${error}`),
    },
    pause: async () => undefined,
  });
  return { result, seen };
}

const published = {
  output: JSON.stringify({
    check: { decision: 'publish', reasons: '' },
    published: { revision: 'r1', changed: true },
  }),
};

describe('watching a run', () => {
  it('tells each state once as it passes, leaves out decisions, and how it ended', async () => {
    const runs = new RunsInMemory([aRun(name, published)]);
    runs.steps.set(
      name,
      steps(
        { type: 'ExecutionStarted' },
        { type: 'ChoiceStateEntered', state: 'Where to begin' },
        { type: 'MapStateEntered', state: 'pull' },
        { state: 'pull one source' },
        { state: 'pull one source' },
        { state: 'compute' },
        { type: 'ExecutionSucceeded' },
      ),
    );
    const { result, seen } = await watched(runs);
    expect(seen).toEqual(['pull', 'pull one source', 'compute']);
    expect(result).toMatchObject({ outcome: 'published', revision: 'r1', seconds: 90 });
  });

  it('ends in a hold with its reasons and the commands to go on', async () => {
    const output = JSON.stringify({ check: { decision: 'hold', reasons: 'A counter jumped.' } });
    const runs = new RunsInMemory([aRun(name, { output })]);
    await expect(watched(runs)).rejects.toMatchObject({
      name: 'EditionHeld',
      message: expect.stringMatching(
        /held.*A counter jumped\..*archive fetch --env prod --edition 2026-10.*approve --env prod/,
      ),
    });
  });

  it('ends in a failure with the error’s own name, where it was and what it says', async () => {
    const why = cause('PrintFailed', 'The browser died. Run again.');
    const runs = new RunsInMemory([
      aRun(name, { status: 'FAILED', error: 'PrintFailed', cause: why, output: null }),
    ]);
    runs.steps.set(
      name,
      steps(
        { type: 'ExecutionStarted' },
        { state: 'print one language' },
        { type: 'LambdaFunctionFailed', error: 'PrintFailed', cause: why },
        { type: 'ExecutionFailed', error: 'PrintFailed', cause: why },
      ),
    );
    await expect(watched(runs)).rejects.toMatchObject({
      name: 'PrintFailed',
      message: expect.stringMatching(
        /failed at "print one language": The browser died\. Run again\..*report status/,
      ),
    });
  });
});

describe('what became of a run', () => {
  it.each([
    ['RUNNING', null, 'running'],
    ['SUCCEEDED', { published: { revision: 'r2', changed: false } }, 'unchanged'],
    ['SUCCEEDED', { check: { decision: 'publish', reasons: '' } }, 'draft ready'],
    ['SUCCEEDED', {}, 'done'],
    ['SUCCEEDED', { failure: { Error: 'EditionHeld' } }, 'held'],
    ['FAILED', null, 'failed'],
    ['TIMED_OUT', null, 'timed out'],
    ['ABORTED', null, 'stopped'],
  ] as const)('%s with %j is: %s', (status, output, outcome) => {
    expect(endingOf({ status, output: output && JSON.stringify(output) })).toMatchObject({ outcome });
  });

  it('is told though what it left cannot be read', () => {
    expect(endingOf({ status: 'SUCCEEDED', output: '{half' })).toMatchObject({ outcome: 'done' });
  });
});
