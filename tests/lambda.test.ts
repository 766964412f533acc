import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keys } from '../functions/archive/keys.ts';
import { openArchive } from '../functions/archive/open-store.ts';
import { handler as check } from '../functions/check/handler.ts';
import { silent } from '../functions/cli/progress.ts';
import { handler as compute } from '../functions/compute/handler.ts';
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
    await render({ edition, locale: 'en' }, context);
    await print({ edition, locale: 'en' }, context);
    expect(await check({ edition, locales: ['en'] }, context)).toEqual({
      edition,
      decision: 'publish with warnings',
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
    });
  });

  it.each([
    [{}, /not a claim check.*edition/],
    ['2026-07', /not a claim check/],
    [{ edition: 'July' }, /"July" is not an edition/],
    [{ edition: '2026-07', locale: '../en' }, /not a claim check.*locale/],
    [{ edition: '2026-07' }, /locale is missing from the event/],
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
});
