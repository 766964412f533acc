import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { approve } from '../../functions/check/approval.ts';
import { parseEdition } from '../../functions/edition.ts';
import { editionsArtefact } from '../../functions/publish/editions.ts';
import { Cloud } from './cloud.ts';
import { keepDurations } from './durations.ts';
import { Notices } from './notices.ts';
import { expectOneEdition, RECORDED, sealRecording, sealWildRecording } from './recorded.ts';
import { ended, objects, purge, run, start, succeed } from './runs.ts';

let cloud: Cloud;
let notices: Notices;

beforeAll(async () => {
  cloud = await Cloud.start();
  notices = await Notices.of(cloud);
});
afterAll(() => cloud?.[Symbol.asyncDispose]());
beforeEach(() => purge(cloud, ['snapshots/', 'drafts/', 'public/']));

describe('the deployed program', () => {
  it('makes the recorded edition, byte for byte, as a laptop does', async () => {
    await sealRecording(cloud);
    await succeed(cloud, { edition: RECORDED, from: 'compute', by: 'a test' });
    await expectOneEdition(cloud);
    keepDurations('recorded', cloud.functions.measured);
    const { value } = await openArchive(cloud.output('ArchiveUrl')).read(editionsArtefact, keys.editions);
    expect(value.editions).toMatchObject([{ edition: RECORDED, revision: 'r1' }]);
    expect((await notices.received()).join('\n')).toMatch(RECORDED);
    expect(await objects(cloud.output('ArchiveUrl'), keys.draft(parseEdition(RECORDED)))).not.toEqual({});
  });

  it('ends a run at an edition that is held, tells people how to let it go, and publishes it once they have', async () => {
    await sealWildRecording(cloud);
    await notices.received();
    await succeed(cloud, { edition: RECORDED, from: 'compute', by: 'a test' });
    expect(await objects(cloud.output('ArchiveUrl'), 'public/')).toEqual({});
    const told = (await notices.received()).join('\n');
    expect(told).toMatch(/archive fetch --env prod --edition 2026-07/);
    expect(told).toMatch(/approve --env prod --edition 2026-07 --because/);

    await succeed(cloud, { edition: RECORDED, from: 'publish', by: 'a test' });
    expect((await notices.received()).join('\n')).toMatch(/Nobody has approved exactly these bytes/);
    expect(await objects(cloud.output('ArchiveUrl'), 'public/')).toEqual({});

    await approve({
      archive: openArchive(cloud.output('ArchiveUrl')),
      edition: parseEdition(RECORDED),
      because: 'The counter was looked at.',
      by: 'a test',
      now: new Date(),
    });
    await succeed(cloud, { edition: RECORDED, from: 'publish', by: 'a test' });
    expect(Object.keys(await objects(cloud.output('ArchiveUrl'), 'public/'))).toContain(
      'public/2026-07/r1/en/report.pdf',
    );
    expect((await notices.received()).join('\n')).toMatch(RECORDED);
  });

  it('fails clearly and publishes nothing where there are no figures', async () => {
    const failed = await run(cloud, { edition: '2025-03', from: 'compute', by: 'a test' });
    expect(failed).toMatchObject({ status: 'FAILED', error: 'EditionRefused' });
    expect(failed.cause).toMatch(/2025-03/);
    expect(await objects(cloud.output('ArchiveUrl'), 'public/')).toEqual({});
  });

  it('goes on, in a new run, from the stage at which one failed', async () => {
    await sealRecording(cloud);
    cloud.functions.deliver = async (service, _event, once) =>
      service === 'print'
        ? { kind: 'failed', failure: { errorType: 'PrintFailed', errorMessage: 'As the test asks.' } }
        : once();
    const failed = await start(cloud, { edition: RECORDED, from: 'compute', by: 'a test' });
    if (!failed.started) throw new Error(failed.because);
    expect(await ended(failed.execution)).toMatchObject({ status: 'FAILED', error: 'PrintFailed' });
    expect(await objects(cloud.output('ArchiveUrl'), 'public/')).toEqual({});

    cloud.functions.deliver = (_service, _event, once) => once();
    const delivered = cloud.functions.measured.length;
    await succeed(cloud, { edition: RECORDED, from: 'print', by: 'a test' });
    const again = cloud.functions.measured.slice(delivered).map(({ service }) => service);
    expect([...new Set(again)]).toEqual(['start', 'print', 'check', 'publish']);
    expect(again.filter((service) => service === 'print')).toHaveLength(4);
    await expectOneEdition(cloud);
  });
});
