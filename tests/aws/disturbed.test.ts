import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STAGE_NAMES } from '../../functions/plan.ts';
import { Cloud } from './cloud.ts';
import { illS3, killEachOnce, peace } from './disturbance.ts';
import { continuedOnLaptop, ended, objects, purge, start, succeed } from './runs.ts';

const edition = '2026-10';
let cloud: Cloud;

beforeAll(async () => {
  const ahead = Date.parse('2026-11-03T06:00:00Z') - Date.now();
  const sourceKeys = { OPENROUTER_API_KEY: 'synthetic-key' };
  cloud = await Cloud.start({ sources: { month: edition }, sourceKeys, ahead });
});
afterAll(() => cloud?.[Symbol.asyncDispose]());
beforeEach(async () => {
  peace(cloud);
  await purge(cloud, ['snapshots/', 'drafts/', 'public/']);
});

/** One revision is public, whole, and a laptop makes the same bytes of the same snapshots. */
async function expectOneCorrectEdition(): Promise<void> {
  peace(cloud);
  const published = await objects(cloud.output('ArchiveUrl'), `public/${edition}/`);
  expect(Object.keys(published)).toContain(`public/${edition}/r1/en/report.pdf`);
  expect(published).toEqual(await continuedOnLaptop(cloud, edition));
}

describe('a live edition, disturbed', () => {
  it('is correct though every stage, from the pull of each source on, was killed once', async () => {
    const killed = killEachOnce(cloud, () => ({ write: 3, arrives: true }));
    await succeed(cloud, { edition, by: 'a test' });
    expect(killed[0]).toBe('pull');
    await expectOneCorrectEdition();
  });

  it('is correct though every stage was delivered twice, one after the other', async () => {
    const delivered: string[] = [];
    cloud.functions.deliver = async (service, _event, once) => {
      if (!STAGE_NAMES.some((name) => name === service)) return once();
      const first = await once();
      delivered.push(service);
      return first.kind === 'answered' ? once() : first;
    };
    await succeed(cloud, { edition, by: 'a test' });
    expect(new Set(delivered)).toEqual(new Set(STAGE_NAMES));
    await expectOneCorrectEdition();
  });

  it('is correct though every stage was delivered twice at once', async () => {
    const refusals: string[] = [];
    cloud.functions.deliver = async (service, _event, once) => {
      if (!STAGE_NAMES.some((name) => name === service)) return once();
      const both = await Promise.all([once(), once()]);
      for (const one of both)
        if (one.kind === 'failed') refusals.push(`${service}: ${one.failure.errorType}`);
      return both.find(({ kind }) => kind === 'answered') ?? both[0];
    };
    await succeed(cloud, { edition, by: 'a test' });
    for (const refusal of refusals) expect(refusal).toMatch(/: (IncompleteEdition|ArchiveConflict)$/);
    await expectOneCorrectEdition();
  });

  it.each<[string, Parameters<typeof illS3>[1]]>([
    [
      'answers every fifth request 503',
      (_seen, nth) => (nth % 5 === 0 ? { status: 503, code: 'SlowDown' } : 'pass'),
    ],
    [
      'refuses the first conditional write of each function with 412',
      (() => {
        const refused = new Set<string>();
        return ({ conditional, caller = '' }) => {
          if (!conditional || refused.has(caller)) return 'pass';
          refused.add(caller);
          return { status: 412, code: 'PreconditionFailed' };
        };
      })(),
    ],
    ['loses every seventh answer', (_seen, nth) => (nth % 7 === 0 ? 'lose the answer' : 'pass')],
    [
      'takes half a second for every fourth answer',
      (_seen, nth) => (nth % 4 === 0 ? { lateByMs: 500 } : 'pass'),
    ],
  ])('is correct though S3 %s', async (_how, fault) => {
    const befallen = illS3(cloud, fault);
    await succeed(cloud, { edition, by: 'a test' });
    expect(befallen()).toBeGreaterThan(0);
    await expectOneCorrectEdition();
  });

  it('fails clearly, and leaves nothing half, while S3 answers nothing but 503', async () => {
    illS3(cloud, ({ method }) => (method === 'PUT' ? { status: 503, code: 'SlowDown' } : 'pass'));
    const started = await start(cloud, { edition, by: 'a test' });
    if (!started.started) throw new Error(started.because);
    const how = await ended(started.execution);
    expect(how).toMatchObject({ status: 'FAILED', error: 'ArchiveUnavailable' });
    expect(how.cause).toMatch(/S3 asks for fewer requests/);
    peace(cloud);
    expect(await objects(cloud.output('ArchiveUrl'), '')).toEqual({});
  });

  it('is published once though two runs make it at the same time', async () => {
    const first = await start(cloud, { edition, by: 'one person' });
    await new Promise((done) => setTimeout(done, 1100));
    const second = await start(cloud, { edition, by: 'another' });
    if (!first.started || !second.started) throw new Error('Both should have been started.');
    const both = await Promise.all([ended(first.execution), ended(second.execution)]);
    for (const { status, error } of both)
      if (status !== 'SUCCEEDED') expect(error).toMatch(/^(IncompleteEdition|ArchiveConflict)$/);
    expect(both.some(({ status }) => status === 'SUCCEEDED')).toBe(true);
    const published = await objects(cloud.output('ArchiveUrl'), 'public/');
    expect(new Set(Object.keys(published).map((key) => key.split('/')[2]))).toEqual(
      new Set([undefined, 'r1']),
    );
    expect(Object.keys(published)).toContain(`public/${edition}/r1/en/report.pdf`);
  });
});
