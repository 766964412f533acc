import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { keys } from '../functions/archive/keys.ts';
import { openArchive } from '../functions/archive/open-store.ts';
import { handler as check } from '../functions/check/handler.ts';
import { silent } from '../functions/cli/progress.ts';
import { handler as compute } from '../functions/compute/handler.ts';
import { SourceUnavailable } from '../functions/errors.ts';
import { onLambda } from '../functions/lambda.ts';
import { handler as print } from '../functions/print/handler.ts';
import { revisionArtefact } from '../functions/publish/editions.ts';
import { handler as publish } from '../functions/publish/handler.ts';
import { handler as pull } from '../functions/pull/handler.ts';
import { openRecording } from '../functions/pull/recording.ts';
import { handler as render } from '../functions/render/handler.ts';
import { loadTemplates } from '../functions/render/templates.ts';
import { runEdition } from '../functions/run.ts';
import { startSources } from './sources/servers.ts';

const context = { getRemainingTimeInMillis: () => 120_000 };

beforeEach(() => vi.stubEnv('ARCHIVE_URL', 'memory:lambda'));
afterEach(() => vi.unstubAllEnvs());

describe('the stages on Lambda', () => {
  it('make the same edition, byte for byte, as the laptop', async () => {
    const recording = await openRecording();
    const { edition } = recording;
    const archive = openArchive('memory:lambda');
    for (const source of recording.sources) await recording.seal(archive, source);
    await compute({ edition }, context);
    await render({ edition, locale: 'en', templates: 'release' }, context);
    await print({ edition, locale: 'en' }, context);
    expect(await check({ edition, locales: ['en'] }, context)).toEqual({
      edition,
      decision: 'publish with warnings',
      reasons: expect.stringMatching(/^[\w.-]+: .{20}/),
    });
    expect(await publish({ edition }, context)).toEqual({ edition, revision: 'r1', changed: true });

    const laptop = openArchive('memory:laptop');
    const templates = await loadTemplates(new URL('../templates/', import.meta.url));
    const bodies = { kind: 'recorded' as const, recording };
    await runEdition(
      {
        archive: laptop,
        edition,
        bodies,
        from: 'pull',
        until: 'publish',
        locales: ['en'],
        templates,
        now: () => recording.recordedAt,
        environment: {},
      },
      silent,
    );
    const key = keys.manifest(edition, 'r1');
    expect((await archive.read(revisionArtefact, key)).value).toEqual(
      (await laptop.read(revisionArtefact, key)).value,
    );
  });

  it('pull one source each', async () => {
    await using sources = await startSources({ month: '2026-10' });
    for (const [name, value] of Object.entries(sources.environment)) vi.stubEnv(name, value);
    expect(await pull({ edition: '2026-10', source: 'epoch' }, context)).toEqual({
      edition: '2026-10',
      source: 'epoch',
      status: 'pulled',
    });
  });

  it('compute refuses a month without figures before it is rendered', async () => {
    await expect(compute({ edition: '2025-03' }, context)).rejects.toMatchObject({
      name: 'EditionRefused',
      message: expect.stringContaining('Neither downloads nor usage can be printed'),
    });
  });

  it.each([
    [{}, /not a claim check.*edition/],
    ['2026-07', /not a claim check/],
    [{ edition: 'July' }, /"July" is not an edition/],
    [{ edition: '2026-07', locale: '../en' }, /not a claim check.*locale/],
    [{ edition: '2026-07', templates: 'release' }, /locale is missing from the event/],
    [{ edition: '2026-07', locale: 'en' }, /templates is missing from the event/],
  ])('refuse the event %j before anything is read', async (event, expected) => {
    await expect(render(event, context)).rejects.toThrow(expected);
  });

  it('refuse to start without an archive', async () => {
    vi.stubEnv('ARCHIVE_URL', undefined);
    const stage = onLambda(async () => undefined);
    await expect(stage({ edition: '2026-07' }, context)).rejects.toThrow(
      /ARCHIVE_URL is missing from the environment/,
    );
  });

  describe('leave in the log', () => {
    const lines = () => printed.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
    const printed: string[] = [];

    beforeEach(() => {
      printed.length = 0;
      vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
      vi.stubEnv('POWERTOOLS_METRICS_DISABLED', undefined);
      vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'render');
      vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'OpenModelBalance/test');
      // Powertools writes to a console of its own.
      const write = (text: unknown) => {
        printed.push(...String(text).trim().split('\n'));
        return true;
      };
      vi.spyOn(process.stdout, 'write').mockImplementation(write);
      vi.spyOn(process.stderr, 'write').mockImplementation(write);
    });
    afterEach(() => vi.restoreAllMocks());

    it('the edition on every line, what came of it, and how long it took as a metric', async () => {
      const stage = onLambda(async ({ edition }) => ({ edition, made: 1 }));
      await stage({ edition: '2026-07', locale: 'en' }, { ...context, awsRequestId: 'request-1' });
      const [began, done, metric] = lines();
      expect(began).toMatchObject({ message: 'began', edition: '2026-07', locale: 'en', service: 'render' });
      expect(done).toMatchObject({ message: 'done', edition: '2026-07', answer: { made: 1 } });
      expect(done).toMatchObject({ requestId: 'request-1', seconds: expect.any(Number) });
      expect(metric).toMatchObject({
        service: 'render',
        StageFailed: 0,
        StageSeconds: expect.any(Number),
        edition: '2026-07',
        _aws: { CloudWatchMetrics: [{ Namespace: 'OpenModelBalance/test', Dimensions: [['service']] }] },
      });
    });

    it('an error with its name, its evidence and its cause, and that it failed as a metric', async () => {
      const stage = onLambda(async () => {
        throw new SourceUnavailable('It is down.', { source: 'epoch' }, new Error('ECONNREFUSED'));
      });
      await expect(stage({ edition: '2026-07' }, context)).rejects.toThrow('It is down.');
      const [, failed, metric] = lines();
      expect(failed).toMatchObject({
        level: 'ERROR',
        edition: '2026-07',
        evidence: { source: 'epoch' },
        error: { name: 'SourceUnavailable', message: 'It is down.', cause: { message: 'ECONNREFUSED' } },
      });
      expect(metric).toMatchObject({ StageFailed: 1 });
    });

    it('nothing of the invocation before', async () => {
      const stage = onLambda(async ({ edition }) => ({ edition }));
      await stage({ edition: '2026-07', locale: 'fr' }, context);
      printed.length = 0;
      await stage({ edition: '2026-08' }, context);
      expect(lines()[0]).toMatchObject({ edition: '2026-08' });
      expect(lines()[0]).not.toHaveProperty('locale');
    });

    it('numbers of a function’s own under its own dimensions', async () => {
      const stage = onLambda(async ({ measure }) => {
        measure('SnapshotAgeDays', 3.5, { source: 'epoch' });
        return {};
      });
      await stage({ edition: '2026-07' }, context);
      const metric = lines().find((line) => 'SnapshotAgeDays' in line);
      expect(metric).toMatchObject({ SnapshotAgeDays: 3.5, source: 'epoch', service: 'render' });
      expect(JSON.stringify(metric?._aws)).toContain('[["service","source"]]');
    });
  });
});
