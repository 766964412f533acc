import type { Archive } from '../archive/archive.ts';
import { listSnapshots } from '../archive/snapshots.ts';
import type { Edition } from '../edition.ts';
import { snapshotArtefact } from '../pull/snapshot.ts';
import type { Reporter, RunResult } from '../run.ts';
import type { SourceName } from '../sources/source.ts';
import { aligned, duration, wrapped } from './lines.ts';

/** What was sealed of one source, and when it was seen before. */
export interface Observed {
  readonly source: string;
  /** URL of the seal; null if the source gave nothing this time. */
  readonly seal: string | null;
  readonly retrievedAt: string | null;
  readonly bodies: number;
  readonly bytes: number;
  /** When it was seen before; null if never. */
  readonly before: string | null;
  /** How long before this time that was. */
  readonly secondsBefore: number | null;
}

export interface Observation {
  readonly archive: string;
  readonly edition: Edition;
  readonly sources: readonly Observed[];
  readonly warnings: readonly string[];
}

/**
 * Pulls every source once and says what that added to the archive.
 *
 * @param pull makes and seals the snapshots
 * @throws SourceUnavailable if no source gave anything
 */
export async function observe(options: {
  archive: Archive;
  edition: Edition;
  sources: readonly SourceName[];
  now: Date;
  pull: (reporter: Reporter) => Promise<RunResult>;
  reporter: Reporter;
}): Promise<Observation> {
  const { archive, edition, sources, now, pull, reporter } = options;
  const before = new Map(
    await Promise.all(sources.map(async (source) => [source, await listSnapshots(archive, source)] as const)),
  );
  const { warnings } = await pull(reporter);
  const observed: Observed[] = [];
  for (const source of sources) observed.push(await compare(archive, source, before.get(source) ?? [], now));
  return { archive: archive.url, edition, sources: observed, warnings };
}

async function compare(
  archive: Archive,
  source: SourceName,
  before: readonly string[],
  now: Date,
): Promise<Observed> {
  const added = (await listSnapshots(archive, source)).filter((key) => !before.includes(key)).at(-1);
  const last = before.at(-1);
  const previous = last === undefined ? undefined : (await archive.read(snapshotArtefact, last)).value;
  const sealed = added === undefined ? undefined : (await archive.read(snapshotArtefact, added)).value;
  const until = sealed ? Date.parse(sealed.retrievedAt) : now.getTime();
  return {
    source,
    seal: added === undefined ? null : `${archive.url}${added}`,
    retrievedAt: sealed?.retrievedAt ?? null,
    bodies: sealed?.bodies.length ?? 0,
    bytes: (sealed?.bodies ?? []).reduce((sum, { bytes }) => sum + bytes, 0),
    before: previous?.retrievedAt ?? null,
    secondsBefore: previous ? Math.round((until - Date.parse(previous.retrievedAt)) / 1000) : null,
  };
}

/** What was observed, as a person reads it. */
export function observationText({ archive, edition, sources, warnings }: Observation): string {
  const rows = sources.map(({ source, seal, before, secondsBefore }) => [
    source,
    seal === null ? 'nothing sealed' : seal.slice(archive.length),
    before === null || secondsBefore === null
      ? 'never seen before'
      : `seen before on ${before.slice(0, 10)}, ${age(secondsBefore)} earlier`,
  ]);
  const sealed = sources.filter(({ seal }) => seal !== null).length;
  return [
    '',
    `Observed for ${edition}: ${sealed} of ${sources.length} sources sealed in ${archive}`,
    '',
    ...aligned(rows, '  '),
    ...(warnings.length > 0
      ? ['', 'To know:', ...warnings.flatMap((warning) => wrapped(warning, '  · ', '    '))]
      : []),
  ].join('\n');
}

function age(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  return days >= 2 ? `${days} days` : duration(seconds);
}
