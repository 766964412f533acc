import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as answer from '../sources/faults.ts';
import { Cloud } from './cloud.ts';
import { keepDurations } from './durations.ts';
import { continuedOnLaptop, objects, purge, run, start, succeed } from './runs.ts';

const edition = '2026-10';
/** What the sources answer: changed by the tests while they run. */
const faults: answer.Fault[] = [];
let cloud: Cloud;

beforeAll(async () => {
  // The third of the month after, when the Hub's counters are of the month: as the schedule has it.
  const ahead = Date.parse('2026-11-03T06:00:00Z') - Date.now();
  const sourceKeys = { OPENROUTER_API_KEY: 'synthetic-key' };
  cloud = await Cloud.start({ sources: { month: edition, faults }, sourceKeys, ahead });
});
afterAll(() => cloud?.[Symbol.asyncDispose]());
beforeEach(async () => {
  faults.length = 0;
  // The Hub that stands in counts calls, as the real one does, and would ask for two minutes of patience.
  cloud.sources.requests.length = 0;
  await purge(cloud, ['snapshots/', 'drafts/', 'public/']);
});

describe('a live edition in the cloud', () => {
  it('is pulled over HTTP and published, and a laptop makes the same bytes of what was pulled', async () => {
    await succeed(cloud, { edition, by: 'a test' });
    keepDurations('live', cloud.functions.measured);
    const url = cloud.output('ArchiveUrl');
    const published = await objects(url, `public/${edition}/`);
    expect(Object.keys(published)).toContain(`public/${edition}/r1/en/report.pdf`);
    expect(published).toEqual(await continuedOnLaptop(cloud, edition));
    const seals = Object.keys(await objects(url, 'snapshots/')).filter((key) =>
      key.endsWith('/snapshot.json'),
    );
    expect(seals.map((key) => key.split('/')[1])).toEqual([
      'epoch',
      'huggingface',
      'openrouter-models',
      'openrouter-usage',
    ]);
  });

  it('is made in an account that runs two functions at once', async () => {
    cloud.functions.concurrent = 2;
    await succeed(cloud, { edition, by: 'a test' }).finally(() => {
      cloud.functions.concurrent = 10;
    });
    expect(cloud.functions.turnedAway).toBeGreaterThan(0);
    const published = await objects(cloud.output('ArchiveUrl'), `public/${edition}/`);
    expect(published).toEqual(await continuedOnLaptop(cloud, edition));
  });

  it('is published without a source that is down for the whole run', async () => {
    // It asks for no pause, so that the test need not wait for one.
    faults.push({ match: /eci_scores/, answer: answer.status(503, { 'retry-after': '0' }) });
    await succeed(cloud, { edition, by: 'a test' });
    const published = await objects(cloud.output('ArchiveUrl'), `public/${edition}/`);
    expect(Object.keys(published)).toContain(`public/${edition}/r1/en/report.pdf`);
    expect(published).toEqual(await continuedOnLaptop(cloud, edition));
  });

  it('is not made while every source is down, and made once they are back', async () => {
    faults.push({ match: /./, answer: answer.status(503, { 'retry-after': '0' }) });
    const failed = await run(cloud, { edition, by: 'a test' });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'SourceUnavailable' });
    const url = cloud.output('ArchiveUrl');
    expect(await objects(url, 'public/')).toEqual({});
    expect(await objects(url, 'drafts/')).toEqual({});
    expect(
      Object.keys(await objects(url, 'snapshots/')).filter((key) => key.endsWith('snapshot.json')),
    ).toEqual([]);

    faults.length = 0;
    await succeed(cloud, { edition, by: 'a test' });
    expect(await objects(url, `public/${edition}/`)).toEqual(await continuedOnLaptop(cloud, edition));
  });

  it('cannot be asked for before its month is over', async () => {
    await expect(start(cloud, { edition: '2026-11', by: 'a test' })).rejects.toThrow(/BadRequest.*2026-11/);
    await expect(start(cloud, { edition: 'November', by: 'a test' })).rejects.toThrow(/BadRequest/);
  });
});
