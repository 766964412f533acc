import type { Archive } from '../archive/archive.ts';
import { listSnapshots, type ReadSnapshot, readSnapshot } from '../archive/snapshots.ts';
import { type Edition, monthBefore, monthWindow } from '../edition.ts';
import { snapshotArtefact } from '../pull/snapshot.ts';
import { sourceNamed } from '../sources/index.ts';
import type { Observation } from '../sources/observation.ts';
import { SOURCE_NAMES, type SourceName } from '../sources/source.ts';
import type { Provenance } from './check.ts';
import { type Candidate, chooseSnapshots } from './choose.ts';
import type { Evidence, Taken } from './evidence.ts';
import type { Figures } from './figures.ts';
import type { Inputs } from './inputs.ts';
import type { Registry } from './registry.ts';

/** What one source's chosen snapshot gave. */
interface Loaded {
  readonly read: ReadSnapshot;
  readonly taken: Extract<Taken<Observation>, { present: true }>;
}

/**
 * Loads everything an edition is computed from, and writes down by checksum what that was.
 *
 * @throws ArchiveCorrupt if a snapshot's bytes are not what was sealed
 * @throws SourceChanged if a sealed body cannot be read
 */
export async function loadEvidence(
  archive: Archive,
  edition: Edition,
  registry: Registry,
): Promise<{ evidence: Evidence; provenance: Provenance; inputs: Inputs }> {
  const sealed = await candidates(archive);
  const choices = chooseSnapshots(sealed, edition);
  const loaded: Loaded[] = [];
  const absent: { source: SourceName; reason: string }[] = [];
  for (const source of SOURCE_NAMES) {
    const choice = choices[source];
    if ('key' in choice) loaded.push(await load(archive, choice.key));
    else absent.push({ source, reason: choice.reason });
  }
  const earlier = chooseSnapshots(sealed, monthBefore(edition)).huggingface;
  const before = 'key' in earlier ? await load(archive, earlier.key) : undefined;
  const sources = loaded.map(({ read, taken }) => describe(read, taken));
  return {
    evidence: {
      edition,
      month: monthWindow(edition),
      registry,
      repositories: only('repository', 'huggingface', loaded, absent),
      repositoriesBefore: only('repository', 'huggingface', before ? [before] : [], absent),
      usage: only('usage', 'openrouter-usage', loaded, absent),
      offers: only('offer', 'openrouter-models', loaded, absent),
      capability: only('capability', 'epoch', loaded, absent),
    },
    provenance: { sources, absent, kind: kindOf(sources) },
    inputs: {
      schemaVersion: 1,
      edition,
      snapshots: (before ? [...loaded, before] : loaded).map(({ read }) => ({
        source: read.snapshot.source,
        seal: read.key,
        sha256: read.sha256,
      })),
      registries: Object.entries(registry.files).map(([name, sha256]) => ({ name, sha256 })),
      earlier: [],
    },
  };
}

async function candidates(archive: Archive): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const source of SOURCE_NAMES) {
    for (const key of await listSnapshots(archive, source)) {
      const { retrievedAt, window } = (await archive.read(snapshotArtefact, key)).value;
      found.push({ key, source, retrievedAt, window });
    }
  }
  return found;
}

async function load(archive: Archive, key: string): Promise<Loaded> {
  const read = await readSnapshot(archive, key);
  const { snapshot, sha256, bodies } = read;
  const { source, retrievedAt } = snapshot;
  const { observations, asOf, universe } = sourceNamed(source).parse(bodies, snapshot.window);
  const transcribed = snapshot.bodies.some((body) => body.transcribed !== null);
  const origin = { source, snapshot: key, sha256, asOf, retrievedAt, transcribed };
  return { read, taken: { present: true, observations, origin, asOf, retrievedAt, universe } };
}

/** The observations of one kind, or why there are none. */
function only<K extends Observation['kind']>(
  kind: K,
  source: SourceName,
  loaded: readonly Loaded[],
  absent: readonly { source: SourceName; reason: string }[],
): Taken<Extract<Observation, { kind: K }>> {
  const found = loaded.find(({ read }) => read.snapshot.source === source);
  if (!found)
    return {
      present: false,
      reason: absent.find((one) => one.source === source)?.reason ?? 'There is no snapshot of it.',
    };
  const ofKind = (one: Observation): one is Extract<Observation, { kind: K }> => one.kind === kind;
  return { ...found.taken, observations: found.taken.observations.filter(ofKind) };
}

function describe(
  { key, sha256, snapshot }: ReadSnapshot,
  taken: Loaded['taken'],
): Figures['sources'][number] {
  const { source, origin, window, remarks, bodies } = snapshot;
  return {
    source,
    serves: 'edition',
    ...origin,
    asOf: taken.asOf,
    retrievedAt: taken.retrievedAt,
    window,
    universe: taken.universe,
    remarks,
    snapshot: key,
    sha256,
    bodies: bodies.map((body) => ({
      sha256: body.sha256,
      bytes: body.bytes,
      url: body.url,
      transcribed: body.transcribed,
    })),
  };
}

/** Generated figures say so in their origin; one transcribed body makes an edition a recorded one. */
function kindOf(sources: Figures['sources']): Figures['kind'] {
  if (sources.some(({ producer, title }) => /\bsynthetic\b/i.test(`${producer} ${title}`)))
    return 'synthetic';
  return sources.some(({ bodies }) => bodies.some(({ transcribed }) => transcribed !== null))
    ? 'recorded'
    : 'live';
}
