import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STAGE_NAMES } from '../../functions/plan.ts';
import { Cloud } from './cloud.ts';
import { illS3, killEachOnce, peace } from './disturbance.ts';
import { continuedOnLaptop, ended, objects, purge, run, start, succeed } from './runs.ts';

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
  // The Hub that stands in counts calls, as the real one does, and would ask for two minutes of patience.
  cloud.sources.requests.length = 0;
  await purge(cloud, ['drafts/', 'public/']);
});

/** One revision is public, whole, and its bytes are those that a laptop makes of the same snapshots. */
async function expectOneCorrectEdition(laptop?: Record<string, string>): Promise<void> {
  peace(cloud);
  const published = await objects(cloud.output('ArchiveUrl'), `public/${edition}/`);
  expect(Object.keys(published)).toContain(`public/${edition}/r1/en/report.pdf`);
  expect(published).toEqual(laptop ?? (await continuedOnLaptop(cloud, edition)));
}

describe('a live edition, disturbed from the pull on', () => {
  const live = { edition, by: 'a test' };
  beforeEach(() => purge(cloud, ['snapshots/']));

  it('is correct though every stage was killed once, the pulls of all sources among them', async () => {
    const killed = killEachOnce(cloud, () => ({ write: 2, arrives: true }));
    await succeed(cloud, live);
    expect(killed).toEqual(STAGE_NAMES);
    await expectOneCorrectEdition();
  });

  it('is correct though every stage was delivered twice, one after the other', async () => {
    const delivered = new Set<string>();
    cloud.functions.deliver = async (service, _event, once) => {
      if (!STAGE_NAMES.some((name) => name === service)) return once();
      const first = await once();
      delivered.add(service);
      return first.kind === 'answered' ? once() : first;
    };
    await succeed(cloud, live);
    expect(delivered).toEqual(new Set(STAGE_NAMES));
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
    await succeed(cloud, live);
    for (const refusal of refusals) expect(refusal).toMatch(/: (IncompleteEdition|ArchiveConflict)$/);
    await expectOneCorrectEdition();
  });

  it('is correct though S3 answers 503 now and then', async () => {
    const befallen = illS3(cloud, (_seen, nth) =>
      nth % 15 === 2 ? { status: 503, code: 'SlowDown' } : 'pass',
    );
    await succeed(cloud, live);
    expect(befallen()).toBeGreaterThan(STAGE_NAMES.length);
    await expectOneCorrectEdition();
  });

  it('fails clearly, and leaves nothing half, while S3 answers every write with 503', async () => {
    illS3(cloud, ({ method }) => (method === 'PUT' ? { status: 503, code: 'SlowDown' } : 'pass'));
    const failed = await run(cloud, live);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'ArchiveUnavailable' });
    expect(failed.cause).toMatch(/S3 asks for fewer requests/);
    expect(await objects(cloud.output('ArchiveUrl'), '')).toEqual({});
  });
});

describe('a live edition, disturbed after the pull', () => {
  const pulled = { edition, from: 'compute', by: 'a test' };
  let laptop: Record<string, string>;
  beforeAll(async () => {
    peace(cloud);
    cloud.sources.requests.length = 0;
    await succeed(cloud, { edition, until: 'pull', by: 'a test' });
    laptop = await continuedOnLaptop(cloud, edition);
  });

  it.each<[string, Parameters<typeof illS3>[1]]>([
    [
      'answers 412 to the first conditional write, since another of its kind wrote the same before',
      (() => {
        const crossed = new Set<string>();
        return ({ conditional, caller = '' }) => {
          if (!conditional || crossed.has(caller)) return 'pass';
          crossed.add(caller);
          return { done: true, answered: { status: 412, code: 'PreconditionFailed' } };
        };
      })(),
    ],
    ['loses an answer now and then', (_seen, nth) => (nth % 15 === 2 ? 'lose the answer' : 'pass')],
    ['is slow now and then', (_seen, nth) => (nth % 60 === 2 ? { lateByMs: 3000 } : 'pass')],
  ])('is correct though S3 %s', async (_how, fault) => {
    const befallen = illS3(cloud, fault);
    await succeed(cloud, pulled);
    expect(befallen()).toBeGreaterThan(0);
    await expectOneCorrectEdition(laptop);
  });

  it('is published once though two runs make it at the same time', async () => {
    const first = await start(cloud, pulled);
    // Runs are named to the second: in the same one, the second would not be started at all.
    await new Promise((done) => setTimeout(done, 1100));
    const second = await start(cloud, pulled);
    if (!first.started || !second.started) throw new Error('Both should have been started.');
    const both = await Promise.all([ended(first.execution), ended(second.execution)]);
    for (const { status, error } of both)
      if (status !== 'SUCCEEDED') expect(error).toMatch(/^(IncompleteEdition|ArchiveConflict)$/);
    expect(both.map(({ status }) => status)).toContain('SUCCEEDED');
    await expectOneCorrectEdition(laptop);
    const revisions = Object.keys(await objects(cloud.output('ArchiveUrl'), 'public/'));
    expect(revisions.filter((key) => key.endsWith('revision.json'))).toEqual([
      `public/${edition}/r1/revision.json`,
    ]);
  });
});
