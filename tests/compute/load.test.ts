import { describe, expect, it } from 'vitest';
import { Archive } from '../../functions/archive/archive.ts';
import { bytesArtefact } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openStore } from '../../functions/archive/open-store.ts';
import { type Figures, figuresArtefact } from '../../functions/compute/figures.ts';
import { loadEvidence } from '../../functions/compute/load.ts';
import { daysOf, monthWindow, parseEdition } from '../../functions/edition.ts';
import { editionsArtefact, revisionArtefact } from '../../functions/publish/editions.ts';
import { seal } from '../../functions/pull/seal.ts';
import { emptyFigures } from '../publish/draft.ts';
import { smallRegistry } from './evidence.ts';

const july = parseEdition('2026-07');
const registry = smallRegistry();
const open = () => new Archive(openStore('memory:'));
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Seals one look at the Hub: downloads by model. */
async function look(archive: Archive, at: string, models: Record<string, number>): Promise<string> {
  const body = Object.entries(models).map(([id, downloads]) => ({ id, downloads }));
  const { key } = await seal(archive, {
    source: 'huggingface',
    retrievedAt: at,
    sealedAt: at,
    window: monthWindow(july),
    bodies: [
      {
        part: 'namespace',
        url: 'https://huggingface.co/api/models?author=Dragon',
        headers: { 'content-type': 'application/json' },
        retrievedAt: at,
        body: bytes(body),
        transcribed: null,
      },
    ],
  });
  return key;
}

/** Seals a look at usage: tokens of one model on every day of a window. */
async function served(
  archive: Archive,
  at: string,
  from: string,
  to: string,
  tokens: number,
): Promise<string> {
  const data = daysOf({ from, to }).map((date) => ({
    date,
    model_permaslug: 'dragon/fire',
    total_tokens: String(tokens),
  }));
  const meta = { as_of: at, version: 'v1', start_date: from, end_date: to };
  const { key } = await seal(archive, {
    source: 'openrouter-usage',
    retrievedAt: at,
    sealedAt: at,
    window: { from, to },
    bodies: [
      {
        part: 'keyed',
        url: `https://openrouter.ai/api/v1/datasets/rankings-daily?start_date=${from}&end_date=${to}&period=day`,
        headers: { 'content-type': 'application/json' },
        retrievedAt: at,
        body: bytes({ data, meta }),
        transcribed: null,
      },
    ],
  });
  return key;
}

async function usageOf(archive: Archive) {
  const { evidence, inputs } = await loadEvidence(archive, july, registry);
  if (!evidence.usage.present) throw new Error(evidence.usage.reason);
  const days = new Map(evidence.usage.observations.map(({ day, tokens }) => [day, tokens]));
  return { days, inputs, observations: evidence.usage.observations, origins: evidence.usage.origins };
}

describe('a month of usage', () => {
  it('is stitched from several snapshots; a day that was revised is taken from the newest', async () => {
    const archive = open();
    const old = await served(archive, '2026-07-20T02:00:00.000Z', '2026-06-20', '2026-07-19', 1);
    const newer = await served(archive, '2026-08-10T02:00:00.000Z', '2026-07-11', '2026-08-09', 2);
    const { days, inputs, origins, observations } = await usageOf(archive);
    expect([days.get('2026-07-10'), days.get('2026-07-11'), days.get('2026-07-31')]).toEqual([1n, 2n, 2n]);
    expect(new Set(observations.map(({ day }) => day)).size).toBe(observations.length);
    expect(origins.map(({ snapshot }) => snapshot)).toEqual([newer, old]);
    expect(inputs.snapshots.map((one) => one.seal)).toEqual([newer, old]);
  });

  it('needs no older snapshot than it takes', async () => {
    const archive = open();
    await served(archive, '2026-08-01T02:00:00.000Z', '2026-06-01', '2026-07-31', 1);
    const newest = await served(archive, '2026-08-03T02:00:00.000Z', '2026-06-01', '2026-07-31', 2);
    const { inputs } = await usageOf(archive);
    expect(inputs.snapshots.map((one) => one.seal)).toEqual([newest]);
  });

  it.each([
    ['2026-02', 28],
    ['2026-06', 30],
    ['2026-07', 31],
  ])('of %s has its %i days, and the one that is missing is named', async (month, length) => {
    const archive = open();
    const edition = parseEdition(month);
    const { from, to } = monthWindow(edition);
    expect(daysOf({ from, to })).toHaveLength(length);
    await served(archive, `${month}-20T02:00:00.000Z`, from, `${month}-13`, 1);
    await served(archive, `${month}-27T02:00:00.000Z`, `${month}-15`, to, 1);
    const { computeEdition } = await import('../../functions/compute/compute.ts');
    const figures = await computeEdition({ archive, edition, registry });
    expect(figures.figures['usage.tokens.total']).toMatchObject({
      status: 'partial',
      value: String(length - 1),
      reason: `No figures for ${month}-14.`,
    });
  });
});

describe('the Hub at the month’s end', () => {
  const steady = { 'Dragon/a': 5_000_000, 'Dragon/b': 5_000_000 };
  const stalled = { 'Dragon/a': 3_400_000, 'Dragon/b': 3_500_000 };

  it('is not the look at which every counter read too low, if there is another', async () => {
    const archive = open();
    await look(archive, '2026-07-20T00:00:00.000Z', steady);
    await look(archive, '2026-08-01T00:00:00.000Z', stalled);
    const later = await look(archive, '2026-08-04T00:00:00.000Z', steady);
    const { evidence, provenance } = await loadEvidence(archive, july, registry);
    expect(provenance.sources.find(({ serves }) => serves === 'edition')?.snapshot).toBe(later);
    expect(evidence.hub.stalled).toEqual(['2026-08-01T00:00:00.000Z']);
  });

  it('has its wild counter set aside by what was seen before and after, and that is named', async () => {
    const archive = open();
    await look(archive, '2026-07-20T00:00:00.000Z', steady);
    await look(archive, '2026-08-01T00:00:00.000Z', { ...steady, 'Dragon/b': 187_000_000 });
    await look(archive, '2026-08-09T00:00:00.000Z', steady);
    const { evidence } = await loadEvidence(archive, july, registry);
    expect(
      evidence.repositories.present &&
        evidence.repositories.observations.map(({ downloads30d }) => downloads30d),
    ).toEqual([5_000_000n, 0n]);
    expect(evidence.hub.repairs).toMatchObject([
      { model: 'Dragon/b', counted: 187_000_000n, cause: 'spike' },
    ]);
  });

  it('knows which moment was the end of the month before, and pins every look it used', async () => {
    const archive = open();
    const june = await look(archive, '2026-07-02T00:00:00.000Z', steady);
    const own = await look(archive, '2026-08-01T00:00:00.000Z', steady);
    await look(archive, '2026-09-01T00:00:00.000Z', steady);
    const { evidence, inputs, provenance } = await loadEvidence(archive, july, registry);
    expect(evidence.hub.before).toBe('2026-07-02T00:00:00.000Z');
    expect(inputs.snapshots.map((one) => one.seal)).toEqual([own, june]);
    expect(provenance.sources.map(({ serves }) => serves)).toEqual(['edition', 'comparison']);
  });
});

/** Publishes figures as a revision, as the publisher leaves them behind. */
async function published(archive: Archive, edition: string, body: Uint8Array): Promise<void> {
  const month = parseEdition(edition);
  const key = `${keys.revision(month, 'r1')}figures.json`;
  const { sha256 } = await archive.writeOnce(bytesArtefact(), key, body);
  const { sha256: manifest } = await archive.writeOnce(revisionArtefact, keys.manifest(month, 'r1'), {
    schemaVersion: 1,
    edition,
    revision: 'r1',
    kind: 'live',
    decision: 'publish',
    warnings: [],
    approvedBecause: null,
    locales: ['en'],
    files: [{ path: 'figures.json', sha256, bytes: body.length }],
  });
  const there = await archive.find(editionsArtefact, keys.editions);
  await archive.write(editionsArtefact, keys.editions, {
    schemaVersion: 1,
    editions: [
      ...(there?.value.editions ?? []),
      {
        edition,
        revision: 'r1',
        kind: 'live',
        locales: ['en'],
        revisions: [{ revision: 'r1', publishedAt: '2026-07-06T00:00:00.000Z', manifest }],
      },
    ],
  });
}

describe('what earlier editions published', () => {
  const figures = (edition: string): Figures => emptyFigures(edition);

  it('is loaded oldest first, never of a later month or its own, and pinned', async () => {
    const archive = open();
    for (const edition of ['2026-08', '2026-06', '2026-05', '2026-07'])
      await published(archive, edition, figuresArtefact.serialise(figures(edition), edition));
    const { evidence, inputs } = await loadEvidence(archive, july, registry);
    expect(evidence.published.map(({ edition, revision }) => `${edition} ${revision}`)).toEqual([
      '2026-05 r1',
      '2026-06 r1',
    ]);
    expect(inputs.earlier.map(({ edition, revision }) => `${edition} ${revision}`)).toEqual([
      '2026-05 r1',
      '2026-06 r1',
    ]);
  });

  it('is nothing for a first edition', async () => {
    const { evidence, inputs } = await loadEvidence(open(), july, registry);
    expect([evidence.published, inputs.earlier]).toEqual([[], []]);
  });

  it('stops the edition if it is not what its revision lists', async () => {
    const archive = open();
    await published(archive, '2026-06', figuresArtefact.serialise(figures('2026-06'), 'x'));
    const key = `${keys.revision(parseEdition('2026-06'), 'r1')}figures.json`;
    await archive.store.put(key, figuresArtefact.serialise({ ...figures('2026-06'), kind: 'live' }, 'x'));
    await expect(loadEvidence(archive, july, registry)).rejects.toMatchObject({ name: 'ArchiveCorrupt' });
  });
});

describe('an edition that is computed again', () => {
  const steady = { 'Dragon/a': 5_000_000, 'Eagle/b': 5_000_000 };
  const moved = smallRegistry([], {
    makers: [
      {
        id: 'phoenix',
        name: 'phoenix',
        countries: [
          { country: 'US', from: null, to: '2026-07-31' },
          { country: 'CN', from: '2026-08-01', to: null },
        ],
        names: { huggingface: ['Phoenix'], openrouter: [], epoch: [] },
        source: 'invented for tests',
      },
    ],
  });

  it('with a newer registry pins that one, and with the old one gives the old bytes', async () => {
    const { computeEdition } = await import('../../functions/compute/compute.ts');
    const archive = open();
    await look(archive, '2026-08-01T00:00:00.000Z', { ...steady, 'Phoenix/c': 5_000_000 });
    const first = await computeEdition({ archive, edition: july, registry });
    const again = await computeEdition({ archive, edition: july, registry: moved });
    expect(again.registry.organisations).not.toBe(first.registry.organisations);
    const american = (figures: typeof first) =>
      figures.figures['downloads.all.publisher.united-states']?.value;
    expect([american(first), american(again)]).toEqual(['5000000', '10000000']);
    expect(await computeEdition({ archive, edition: july, registry })).toEqual(first);
  });

  it('applies a maker’s move from its date on, never backwards', async () => {
    const { computeEdition } = await import('../../functions/compute/compute.ts');
    const archive = open();
    await look(archive, '2026-08-01T00:00:00.000Z', { 'Phoenix/c': 7 });
    await look(archive, '2026-09-01T00:00:00.000Z', { 'Phoenix/c': 7 });
    const countries = async (month: string) => {
      const { figures } = await computeEdition({ archive, edition: parseEdition(month), registry: moved });
      return ['china', 'united-states'].map(
        (country) => figures[`downloads.all.publisher.${country}`]?.value,
      );
    };
    expect(await countries('2026-07')).toEqual(['0', '7']);
    expect(await countries('2026-08')).toEqual(['7', '0']);
  });
});
