import { beforeEach, describe, expect, it } from 'vitest';
import type { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { Work } from '../../functions/archive/work.ts';
import { parseEdition } from '../../functions/edition.ts';
import { editionsArtefact } from '../../functions/publish/editions.ts';
import { publishTemplates } from '../../functions/render/publish-templates.ts';
import { loadTemplateFiles } from '../../functions/render/templates.ts';
import { readAsked, type StartEvent, startSchema } from '../../functions/start/asked.ts';
import { type RunInput, type Runs, startRun } from '../../functions/start/start.ts';

const own = () => loadTemplateFiles(new URL('../../templates/', import.meta.url));

/** Executions by name, as Step Functions keeps them. */
class NamedRuns implements Runs {
  readonly started = new Map<string, RunInput>();

  async start(name: string, input: RunInput) {
    const already = this.started.has(name);
    if (!already) this.started.set(name, input);
    return { execution: `arn:execution:${name}`, already };
  }
}

let archive: Archive;
let runs: NamedRuns;
beforeEach(() => {
  archive = openArchive('memory:');
  runs = new NamedRuns();
});

async function start(event: unknown, now = '2026-11-24T10:11:12Z') {
  const asked = readAsked(startSchema.parse(event), new Date(now));
  const started = await startRun({ archive, asked, runs, own });
  return { started, input: [...runs.started.values()].at(-1) };
}

async function publish(edition: string) {
  const published = { revision: 'r1', publishedAt: '2026-11-06T06:00:00.000Z', manifest: 'a'.repeat(64) };
  const entry = { edition, revision: 'r1', kind: 'live' as const, locales: ['en'], revisions: [published] };
  await archive.write(editionsArtefact, keys.editions, { schemaVersion: 1, editions: [entry] });
}

describe('a scheduled run', () => {
  it('makes the draft of the month before its planned time', async () => {
    const { started, input } = await start({ run: 'draft', at: '2026-11-03T06:00:00Z' });
    expect(started).toMatchObject({
      started: true,
      edition: '2026-10',
      name: '2026-10-draft-20261103T060000Z',
    });
    expect(input).toEqual({
      edition: '2026-10',
      from: 'pull',
      until: 'check',
      locales: ['en', 'fr', 'ar', 'zh'],
      sources: ['huggingface', 'openrouter-usage', 'openrouter-models', 'epoch'],
      templates: 'release',
    });
  });

  it.each([
    ['late, in the month after', '2026-11-03T06:00:00Z', '2026-12-24T00:00:00Z', '2026-10'],
    ['in January', '2027-01-03T06:00:00Z', '2027-01-03T06:00:01Z', '2026-12'],
    ['on 1 January', '2027-01-01T00:00:00Z', '2027-01-01T00:00:09Z', '2026-12'],
    [
      'by a clock east of UTC, still in the old year',
      '2027-01-01T00:30:00+01:00',
      '2027-01-01T00:00:00Z',
      '2026-11',
    ],
  ])('%s is about the month before its planned time', async (_when, at, now, edition) => {
    expect((await start({ run: 'draft', at }, now)).started).toMatchObject({ edition });
  });

  it('that comes twice is one execution', async () => {
    const event = { run: 'draft', at: '2026-11-03T06:00:00Z' };
    expect((await start(event)).started).toMatchObject({ started: true });
    expect((await start(event, '2026-11-03T07:00:00Z')).started).toMatchObject({
      started: false,
      because: 'It was started before, as arn:execution:2026-10-draft-20261103T060000Z.',
    });
    expect(runs.started.size).toBe(1);
  });

  it('publishes the draft from the words current then, with the figures the editors saw', async () => {
    const work = await Work.open(archive, { stage: 'compute', edition: parseEdition('2026-10') });
    await work.finish();
    expect((await start({ run: 'publish', at: '2026-11-06T06:00:00Z' })).input).toMatchObject({
      from: 'render',
      until: 'publish',
    });
  });

  it('publishes from the sources where there is no draft', async () => {
    expect((await start({ run: 'publish', at: '2026-11-06T06:00:00Z' })).input).toMatchObject({
      from: 'pull',
      until: 'publish',
    });
  });

  it('leaves an edition alone that is public already', async () => {
    await publish('2026-10');
    expect((await start({ run: 'publish', at: '2026-11-06T06:00:00Z' })).started).toMatchObject({
      started: false,
      because: expect.stringContaining('2026-10 is public already'),
    });
    expect(runs.started.size).toBe(0);
  });

  it('observes the sources in the month that it is, and makes nothing', async () => {
    await publish('2026-11');
    const { input } = await start({ run: 'observe', at: '2026-11-16T06:00:00Z' });
    expect(input).toMatchObject({ edition: '2026-11', from: 'pull', until: 'pull' });
  });

  it.each([
    ['on the first of a month', '2026-11-01T06:30:00Z', '2026-10'],
    ['on 1 January', '2027-01-01T06:30:00Z', '2026-12'],
    ['on the second', '2026-11-02T06:30:00Z', '2026-11'],
    ['on the last day', '2026-11-30T06:30:00Z', '2026-11'],
  ])('observes the month of the latest day that is over: %s', async (_when, at, edition) => {
    const { started, input } = await start({ run: 'observe', at }, '2027-01-05T00:00:00Z');
    expect(started).toMatchObject({ started: true, edition });
    expect(input).toMatchObject({ edition, from: 'pull', until: 'pull' });
  });

  it('observes on the first and drafts on the third, which are two runs about one month', async () => {
    const observed = await start({ run: 'observe', at: '2026-11-01T06:30:00Z' });
    const drafted = await start({ run: 'draft', at: '2026-11-03T06:00:00Z' });
    expect([observed.started, drafted.started]).toMatchObject([
      { started: true, edition: '2026-10' },
      { started: true, edition: '2026-10' },
    ]);
    expect([...runs.started.keys()]).toEqual([
      '2026-10-observe-20261101T063000Z',
      '2026-10-draft-20261103T060000Z',
    ]);
  });

  it('observes once where the first of a month is also the day of the weekly pull', async () => {
    const event = { run: 'observe', at: '2027-02-01T06:30:00Z' };
    expect((await start(event, event.at)).started).toMatchObject({ started: true });
    expect((await start(event, event.at)).started).toMatchObject({ started: false });
  });
});

describe('a run that a person asks for', () => {
  it('goes through all stages unless told otherwise, even of a public edition', async () => {
    await publish('2026-10');
    const { started, input } = await start({ edition: '2026-10' });
    expect(started).toMatchObject({ started: true, name: '2026-10-pull-publish-20261124T101112Z' });
    expect(input).toMatchObject({ from: 'pull', until: 'publish' });
  });

  it('takes the languages and stages it names', async () => {
    const event = { edition: '2026-10', from: 'render', until: 'check', locales: ['en', 'en'] };
    expect((await start(event)).input).toMatchObject({ from: 'render', until: 'check', locales: ['en'] });
  });

  it('uses the templates an editor has published, for the whole run', async () => {
    const templates = { files: await own(), fonts: new Map<string, string>() };
    const now = new Date('2026-11-05T00:00:00Z');
    const { templates: ref } = await publishTemplates({
      archive,
      templates,
      commit: 'abcdef0',
      by: 'editor',
      now,
    });
    expect((await start({ edition: '2026-10' })).input).toMatchObject({
      templates: ref,
      locales: ['en', 'fr', 'ar', 'zh'],
    });
  });

  it.each([
    [{ edition: 'October' }, /"October" is not an edition/],
    [{ edition: '2026-11' }, /2026-11 is not over/],
    [{ edition: '2027-03', until: 'pull' }, /2027-03 has not begun/],
    [{ edition: '2026-10', from: 'publish', until: 'render' }, /publish comes after render/],
    [{ edition: '2026-10', locales: ['pt'] }, /no complete language "pt".*Complete: en/],
  ] as const)('is refused as %j, and nothing is started', async (event, expected) => {
    await expect(start(event)).rejects.toThrow(expected);
    expect(runs.started.size).toBe(0);
  });
});

describe('what starts a run', () => {
  it.each([
    {},
    { run: 'draft' },
    { run: 'draft', at: '<aws.scheduler.scheduled-time>' },
    { run: 'all', at: '2026-11-03T06:00:00Z' },
    { edition: '2026-10', from: 'shop' },
  ])('is not %j', (event) => {
    expect(startSchema.safeParse(event).success).toBe(false);
  });

  it('may be a month that has begun, if it is only observed', () => {
    const event: StartEvent = { edition: '2026-11', from: 'pull', until: 'pull' };
    expect(readAsked(event, new Date('2026-11-02T00:00:00Z'))).toMatchObject({ edition: '2026-11' });
  });
});
