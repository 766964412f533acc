import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { snapshotArtefact } from '../../functions/pull/snapshot.ts';
import { Cloud, runFolder } from './cloud.ts';
import { Notices } from './notices.ts';
import { continuedOnLaptop, ended, objects } from './runs.ts';
import { fire, type Schedule, schedules } from './schedule.ts';

const edition = '2026-12';
const due = '2027-01-06T08:00:00Z';
const started = z.object({ edition: z.string(), started: z.boolean(), execution: z.string().optional() });
let cloud: Cloud;
let notices: Notices;

beforeAll(async () => {
  cloud = await Cloud.start({
    sources: { month: edition },
    sourceKeys: { OPENROUTER_API_KEY: 'synthetic-key' },
  });
  notices = await Notices.of(cloud);
});
afterAll(() => cloud?.[Symbol.asyncDispose]());

function planned(run: string): Schedule {
  const schedule = schedules(runFolder()).get(run);
  if (!schedule) throw new Error(`There is no schedule for ${run} in the template.`);
  return schedule;
}

/** What came of an event: which edition it was about, the run it started or found at work, and how that ended. */
interface Fired {
  readonly edition: string;
  readonly execution?: string;
  readonly status: string;
}

/** Fires a schedule, and waits for the end of the run it started, if it started one. */
async function fired(run: string, at: string): Promise<Fired> {
  const { edition, execution } = started.parse(await fire(cloud, planned(run), at));
  if (execution === undefined) return { edition, status: 'not started' };
  return { edition, execution, status: (await ended(execution)).status };
}

describe('the schedule', () => {
  it('has a draft, a publication, a weekly pull and a daily look, and is on', () => {
    const all = schedules(runFolder());
    expect([...all.keys()].sort()).toEqual(['draft', 'observe', 'publish', 'watch']);
    for (const [name, { enabled }] of all) expect(enabled, name).toBe(true);
  });

  it('on 1 January pulls for the December that is over, and makes no edition of it', async () => {
    await cloud.setClock('2027-01-01T06:30:00Z');
    expect(await fired('observe', '2027-01-01T06:30:00Z')).toMatchObject({
      edition: '2026-12',
      status: 'SUCCEEDED',
    });
    const url = cloud.output('ArchiveUrl');
    expect(await objects(url, 'drafts/')).toEqual({});
    const seals = Object.keys(await objects(url, 'snapshots/')).filter((key) =>
      key.endsWith('/snapshot.json'),
    );
    expect(seals).toHaveLength(4);
    for (const seal of seals) {
      const { window } = (await openArchive(url).read(snapshotArtefact, seal)).value;
      expect(window, seal).toEqual({ from: '2026-11-01', to: '2026-12-31' });
    }
  });

  it('on 1 January makes the draft of December, once though it fires three times', async () => {
    const at = '2027-01-01T06:00:00Z';
    // The same name and input while it runs: Step Functions answers with the run that is at work.
    const both = await Promise.all([fired('draft', at), fired('draft', at)]);
    expect(new Set(both.flatMap(({ execution }) => execution ?? [])).size).toBe(1);
    expect(both[0]).toMatchObject({ edition, status: 'SUCCEEDED' });
    expect(await fired('draft', at)).toEqual({ edition, status: 'not started' });
    expect(cloud.functions.measured.filter(({ service }) => service === 'compute')).toHaveLength(1);
    const url = cloud.output('ArchiveUrl');
    expect(Object.keys(await objects(url, 'drafts/'))).toContain(`drafts/${edition}/verdict.json`);
    expect(await objects(url, 'public/')).toEqual({});
    const told = await notices.received();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/draft of 2026-12 is ready/);
  });

  it('is watched: an edition that is due and absent is told of', async () => {
    await cloud.setClock('2027-01-07T12:00:00Z');
    const looked = await fire(cloud, planned('watch'), '2027-01-07T12:00:00Z');
    expect(looked).toMatchObject({ due: edition, absent: true });
    const log = cloud.functions.log.map(({ text }) => text).join('');
    expect(log).toMatch(/"EditionAbsent":1/);
  });

  it('that comes three days late publishes the edition of the month it was planned for', async () => {
    await cloud.setClock('2027-01-09T20:00:00Z');
    expect(await fired('publish', due)).toMatchObject({ edition, status: 'SUCCEEDED' });
    const published = await objects(cloud.output('ArchiveUrl'), `public/${edition}/`);
    expect(Object.keys(published)).toContain(`public/${edition}/r1/en/report.pdf`);
    expect(published).toEqual(await continuedOnLaptop(cloud, edition));
    expect(await fire(cloud, planned('watch'), '2027-01-10T12:00:00Z')).toMatchObject({
      due: edition,
      absent: false,
    });
  });

  it('that comes again, and again a month late, leaves what is public alone', async () => {
    const url = cloud.output('ArchiveUrl');
    const before = await objects(url, 'public/');
    expect(await fired('publish', due)).toEqual({ edition, status: 'not started' });
    await cloud.setClock('2027-02-10T08:00:00Z');
    expect(await fired('publish', due)).toEqual({ edition, status: 'not started' });
    expect(await fired('draft', '2027-01-03T06:00:00Z')).toEqual({ edition, status: 'not started' });
    expect(await objects(url, 'public/')).toEqual(before);
    expect(Object.keys(before)).toContain(keys.editions);
  });
});
