import type { Archive } from '../archive/archive.ts';
import { listSnapshots } from '../archive/snapshots.ts';
import { type Edition, monthWindow } from '../edition.ts';
import { snapshotArtefact } from '../pull/snapshot.ts';
import { say } from '../sentences.ts';
import { SOURCE_NAMES } from '../sources/index.ts';
import type { Observation } from '../sources/observation.ts';
import type { AnyObservation, SourceName } from '../sources/source.ts';
import type { Provenance } from './check.ts';
import { type Candidate, chooseOf } from './choose.ts';
import type { Evidence, Taken } from './evidence.ts';
import type { Figures } from './figures.ts';
import type { Inputs } from './inputs.ts';
import { loadHub } from './load-hub.ts';
import { loadPublished } from './load-published.ts';
import { loadUsage } from './load-usage.ts';
import { describeSource, originOf, type ReadSource, readSource } from './read-source.ts';
import type { Registry } from './registry.ts';

/** Sources with a loader of their own; every other one is served by a single snapshot. */
const OWN_LOADER: ReadonlySet<SourceName> = new Set(['huggingface', 'openrouter-usage']);

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
  const month = monthWindow(edition);
  const taken = new Map<SourceName, Taken<AnyObservation>>();
  const read: { read: ReadSource; serves: Figures['sources'][number]['serves'] }[] = [];

  const { repositories, hub, own, others } = await loadHub(archive, edition, month, registry, sealed);
  taken.set('huggingface', repositories);
  const { usage, used } = await loadUsage(archive, edition, sealed);
  taken.set('openrouter-usage', usage);
  for (const source of SOURCE_NAMES) {
    if (source === 'huggingface' && own) read.push({ read: own, serves: 'edition' });
    if (source === 'openrouter-usage') for (const one of used) read.push({ read: one, serves: 'edition' });
    if (OWN_LOADER.has(source)) continue;
    const single = await loadSingle(archive, source, sealed, edition);
    taken.set(source, single.taken);
    if (single.read) read.push({ read: single.read, serves: 'edition' });
  }
  for (const one of others) read.push({ read: one, serves: 'comparison' });
  const { published, pinned } = await loadPublished(archive, edition);
  const sources = read.map((one) => describeSource(one.read, one.serves));
  const absent = [...taken].flatMap(([source, one]) => (one.present ? [] : [{ source, reason: one.reason }]));
  return {
    evidence: {
      edition,
      month,
      registry,
      repositories,
      hub,
      usage,
      offers: ofKind('offer', taken.get('openrouter-models')),
      capability: ofKind('capability', taken.get('epoch')),
      published,
      taken: (source) => taken.get(source) ?? NOTHING,
    },
    provenance: { sources, absent, kind: kindOf(sources) },
    inputs: {
      schemaVersion: 1,
      edition,
      snapshots: read.map(({ read: { snapshot, key, sha256 } }) => ({
        source: snapshot.source,
        seal: key,
        sha256,
      })),
      registries: Object.entries(registry.files).map(([name, sha256]) => ({ name, sha256 })),
      earlier: pinned,
    },
  };
}

const NOTHING = { present: false, reason: say('snapshot.none') } as const;

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

/** The one snapshot of a source that serves the edition. */
async function loadSingle(
  archive: Archive,
  source: SourceName,
  sealed: readonly Candidate[],
  edition: Edition,
): Promise<{ taken: Taken<AnyObservation>; read?: ReadSource }> {
  const choice = chooseOf(source, sealed, edition);
  if ('reason' in choice) return { taken: { present: false, reason: choice.reason } };
  const observations: AnyObservation[] = [];
  const read = await readSource(archive, choice.keys[0] ?? '', (one) => observations.push(one));
  const { asOf, universe, snapshot } = read;
  return {
    taken: {
      present: true,
      observations,
      origins: [originOf(read)],
      asOf,
      retrievedAt: snapshot.retrievedAt,
      universe,
    },
    read,
  };
}

/** The observations of one kind. */
function ofKind<K extends Observation['kind']>(
  kind: K,
  taken: Taken<AnyObservation> = NOTHING,
): Taken<Extract<Observation, { kind: K }>> {
  if (!taken.present) return taken;
  const isOf = (one: AnyObservation): one is Extract<Observation, { kind: K }> => one.kind === kind;
  return { ...taken, observations: taken.observations.filter(isOf) };
}

/** Generated figures say so in their origin; one transcribed body makes an edition a recorded one. */
function kindOf(sources: Figures['sources']): Figures['kind'] {
  if (sources.some(({ producer, title }) => /\bsynthetic\b/i.test(`${producer} ${title}`)))
    return 'synthetic';
  return sources.some(({ bodies }) => bodies.some(({ transcribed }) => transcribed !== null))
    ? 'recorded'
    : 'live';
}
