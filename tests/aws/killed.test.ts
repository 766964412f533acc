import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STAGE_NAMES } from '../../functions/plan.ts';
import { browsersOf } from '../print/watch.ts';
import { Cloud } from './cloud.ts';
import { countWrites, type Death, killEachOnce, peace } from './disturbance.ts';
import { expectOneEdition, RECORDED, sealRecording } from './recorded.ts';
import { purge, run, succeed } from './runs.ts';

const made = { edition: RECORDED, from: 'compute', by: 'a test' };
let cloud: Cloud;
let writes: ReadonlyMap<string, number>;

beforeAll(async () => {
  cloud = await Cloud.start();
  await sealRecording(cloud);
  writes = countWrites(cloud);
  await succeed(cloud, made);
});
afterAll(() => cloud?.[Symbol.asyncDispose]());
beforeEach(async () => {
  peace(cloud);
  await purge(cloud, ['drafts/', 'public/']);
});

const lastOf = (stage: string) => writes.get(stage) ?? 1;

describe('an edition whose functions are killed', () => {
  it.each<[string, (stage: string) => Death]>([
    ['at their first write', () => ({ write: 1, arrives: false })],
    ['after half of what they write', (stage) => ({ write: Math.ceil(lastOf(stage) / 2), arrives: true })],
    ['before their last write', (stage) => ({ write: lastOf(stage), arrives: false })],
    ['when all is written, and nobody has heard of it', (stage) => ({ write: lastOf(stage), arrives: true })],
  ])('each %s, is published once, whole and unchanged', async (_when, death) => {
    const killed = killEachOnce(cloud, death);
    await succeed(cloud, made);
    expect(killed).toEqual(STAGE_NAMES.slice(1));
    await expectOneEdition(cloud);
  });

  it('is printed although the browser crashed twice', async () => {
    let crashes = 0;
    cloud.functions.deliver = async (service, _event, once) => {
      const outcome = once();
      if (service === 'print' && crashes < 2) {
        await crashBrowser();
        crashes += 1;
      }
      return outcome;
    };
    await succeed(cloud, made);
    expect(crashes).toBe(2);
    await expectOneEdition(cloud);
  });

  it('is not published where the browser always crashes, and the run says so', async () => {
    cloud.functions.deliver = async (service, _event, once) => {
      const outcome = once();
      if (service === 'print') await crashBrowser();
      return outcome;
    };
    expect(await run(cloud, made)).toMatchObject({ status: 'FAILED', error: 'PrintFailed' });
    peace(cloud);
    await succeed(cloud, { ...made, from: 'print' });
    await expectOneEdition(cloud);
  });
});

/** Waits until the print function has a browser, and kills it as a crash would. */
async function crashBrowser(): Promise<void> {
  for (;;) {
    const found = await Promise.all(cloud.functions.atWork('print').map(({ pid }) => browsersOf(pid)));
    const [browser] = found.flat();
    if (browser !== undefined) return void process.kill(browser, 'SIGKILL');
    await new Promise((done) => setTimeout(done, 10));
  }
}
