import { describe, expect, it } from 'vitest';
import { redrive } from '../../functions/cli/redrive.ts';
import { aRun, cause, RunsInMemory, steps } from './runs.ts';

const now = new Date('2026-11-08T00:00:00Z');
const failedRun = '2026-10-publish-20261106T080000Z';
const failed = {
  status: 'FAILED' as const,
  error: 'PrintFailed',
  cause: cause('PrintFailed', 'It died.'),
  output: null,
};

function withFailure(...more: ReturnType<typeof aRun>[]) {
  const runs = new RunsInMemory([...more, aRun(failedRun, failed)]);
  runs.steps.set(
    failedRun,
    steps(
      { state: 'print one language' },
      { type: 'ExecutionFailed', error: 'PrintFailed', cause: failed.cause },
    ),
  );
  return runs;
}
const ask = (runs: RunsInMemory, asked: { execution?: string; edition?: string } = {}) =>
  redrive({ runs, asked, env: 'prod', now });

describe('redrive', () => {
  it('resumes the latest run that failed, at the state that failed', async () => {
    const runs = withFailure();
    expect(await ask(runs)).toEqual({
      name: failedRun,
      edition: '2026-10',
      state: 'print one language',
      error: 'PrintFailed',
    });
    expect(runs.redriven).toEqual([failedRun]);
  });

  it('passes over the runs of other months', async () => {
    const runs = withFailure(aRun('2026-11-observe-20261107T063000Z'));
    await ask(runs, { edition: '2026-10' });
    expect(runs.redriven).toEqual([failedRun]);
  });

  it.each([
    [
      'a run that did not fail',
      withFailure(aRun('2026-09-publish-20261006T080000Z')),
      { edition: '2026-09' },
      /did not fail.*report run --env prod --edition 2026-09/,
    ],
    [
      'a run at work',
      withFailure(aRun('2026-09-publish-20261006T080000Z', { status: 'RUNNING', endedAt: null })),
      { edition: '2026-09' },
      /still at work/,
    ],
    ['a run that is not there', withFailure(), { execution: 'none' }, /no run none in prod/],
    [
      'a failed run that another one followed',
      withFailure(aRun('2026-10-pull-publish-20261107T080000Z')),
      {},
      /followed by another/,
    ],
    ['nothing', new RunsInMemory(), {}, /no run in prod that failed/],
  ] as const)('refuses %s, and says what to do instead', async (_what, runs, asked, expected) => {
    await expect(ask(runs, asked)).rejects.toThrow(expected);
    expect(runs.redriven).toEqual([]);
  });

  it('refuses a run of more than fourteen days ago', async () => {
    const runs = new RunsInMemory([
      aRun(failedRun, { ...failed, endedAt: new Date('2026-10-20T00:00:00Z') }),
    ]);
    await expect(ask(runs)).rejects.toThrow(/only for 14 days.*report run --env prod --edition 2026-10/);
  });

  it('refuses a run that ended as the machine ends refused editions: resumed it would end so again', async () => {
    const runs = new RunsInMemory([
      aRun(failedRun, { ...failed, error: 'EditionRefused', cause: 'No figures.' }),
    ]);
    runs.steps.set(
      failedRun,
      steps(
        { type: 'FailStateEntered', state: 'Refused' },
        { type: 'ExecutionFailed', error: 'EditionRefused', cause: 'No figures.' },
      ),
    );
    await expect(ask(runs)).rejects.toThrow(/would end so again: No figures\./);
  });

  it('says so where the state machine will not resume it', async () => {
    const runs = withFailure();
    runs.mayRedrive = false;
    await expect(ask(runs)).rejects.toThrow(/cannot be resumed.*report run/);
  });
});
