import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { ArchiveConflict, SourceChanged } from '../errors.ts';
import type { Environment, Http, Source, Wish } from '../sources/source.ts';
import { type Sealed, type SealedBody, snapshotOf, writeSeal } from './seal.ts';
import { type BodyRecord, type Snapshot, snapshotArtefact, snapshotFolder } from './snapshot.ts';
import { Unfinished } from './unfinished.ts';

/** What a pull asks, where it writes, and with which clock. */
export interface PullOptions {
  readonly archive: Archive;
  readonly source: Source;
  readonly http: Http;
  readonly wish: Wish;
  readonly now: () => Date;
  readonly environment: Environment;
  /** Told after each body. */
  readonly onProgress?: (progress: {
    readonly bodies: number;
    readonly part: string;
    readonly url: string;
  }) => void;
}

/**
 * Makes a sealed snapshot of a source: bodies are written as they come, read, and sealed last. An interrupted
 * pull of the same days is continued: what it stored answers its URLs again without the network.
 *
 * @throws SourceUnavailable if the source does not answer; what came stays, and the next pull continues
 * @throws SourceChanged if a body cannot be read; nothing is sealed, and the next pull begins anew
 */
export async function pull(options: PullOptions): Promise<Sealed> {
  const { archive, source, http, wish, now, environment, onProgress } = options;
  const { window } = wish;
  const unfinished = await Unfinished.open(archive, source.name, window, now());
  const unanswered = new Set<unknown>();
  const resuming: Http = {
    async get(request) {
      try {
        return unfinished.stored(request.url) ?? (await http.get(request));
      } catch (error) {
        unanswered.add(error);
        throw error;
      }
    },
  };
  const records: BodyRecord[] = [];
  const bodies: SealedBody[] = [];
  let snapshot: Snapshot;
  try {
    for await (const body of source.retrieve(resuming, wish, environment)) {
      records.push(await unfinished.keep(body));
      bodies.push({ ...body, transcribed: null });
      onProgress?.({ bodies: bodies.length, part: body.part, url: body.url });
    }
    const at = { source: source.name, retrievedAt: unfinished.beganAt, sealedAt: now().toISOString() };
    snapshot = snapshotOf(source, { ...at, window, bodies }, records);
  } catch (error) {
    // A stored body that cannot be read would fail every pull that continues this one.
    if (error instanceof SourceChanged && !unanswered.has(error))
      await unfinished.refuse(now(), error.message);
    throw error;
  }
  return sealOrJoin(archive, snapshot);
}

/** Seals; where another run of the same days sealed this folder first, its snapshot is as good. */
async function sealOrJoin(archive: Archive, snapshot: Snapshot): Promise<Sealed> {
  try {
    return await writeSeal(archive, snapshot);
  } catch (error) {
    if (!(error instanceof ArchiveConflict)) throw error;
    const key = keys.seal(snapshot.source, snapshotFolder(snapshot.retrievedAt));
    const there = await archive.read(snapshotArtefact, key);
    const { from, to } = there.value.window;
    if (from !== snapshot.window.from || to !== snapshot.window.to) throw error;
    return { key, sha256: there.sha256, snapshot: there.value };
  }
}
