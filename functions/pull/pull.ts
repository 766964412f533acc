import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { ArchiveConflict, SourceChanged } from '../errors.ts';
import { openReader } from '../sources/reader.ts';
import type { Environment, Http, Source, Wish } from '../sources/source.ts';
import { openDeadline } from './deadline.ts';
import { type Sealed, snapshotFrom, writeSeal } from './seal.ts';
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
  /** Milliseconds it may take from now on; as long as it needs where it is not given. */
  readonly budgetMs?: number;
  /** Told after each body. */
  readonly onProgress?: (progress: {
    readonly bodies: number;
    readonly part: string;
    readonly url: string;
  }) => void;
}

/**
 * Makes a sealed snapshot of a source: each body is written as it comes, read, and let go; the seal is written last. An
 * interrupted pull of the same days is continued: what it stored answers its URLs again without the network.
 *
 * @throws PullUnfinished if its time is over; what came stays, and the next pull continues
 * @throws SourceUnavailable if the source does not answer; what came stays, and the next pull continues
 * @throws SourceChanged if a body cannot be read; nothing is sealed, and the next pull begins anew
 */
export async function pull(options: PullOptions): Promise<Sealed> {
  const { archive, source, http, wish, now, environment, onProgress } = options;
  const { window } = wish;
  const deadline = openDeadline(source.name, now, options.budgetMs);
  const unfinished = await Unfinished.open(archive, source.name, window, now());
  const records: BodyRecord[] = [];
  const unanswered = new Set<unknown>();
  const resuming: Http = {
    async get(request) {
      try {
        return (
          (await unfinished.stored(request.url)) ??
          (await deadline.within(() => http.get(request), records.length))
        );
      } catch (error) {
        unanswered.add(error);
        throw error;
      }
    },
  };
  let snapshot: Snapshot;
  try {
    const reader = openReader(source, window);
    for await (const body of source.retrieve(resuming, wish, environment)) {
      records.push(await unfinished.keep(body));
      // A reader counts what it gives: it is read to its end, though nothing of it is kept here.
      for (const one of reader.take(body)) void one;
      onProgress?.({ bodies: records.length, part: body.part, url: body.url });
    }
    const at = { retrievedAt: unfinished.beganAt, sealedAt: now().toISOString(), window };
    snapshot = snapshotFrom(source, at, reader.end(), records);
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
