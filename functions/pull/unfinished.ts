import { z } from 'zod';
import type { Archive } from '../archive/archive.ts';
import { jsonArtefact, sha256 } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import { rawArtefact } from '../archive/snapshots.ts';
import type { Window } from '../edition.ts';
import { ArchiveConflict, ArchiveCorrupt, IncompleteEdition } from '../errors.ts';
import type { HttpBody, RawBody, SourceName } from '../sources/source.ts';
import { bodyRecord } from './seal.ts';
import { type BodyRecord, bodyRecordSchema, snapshotFolder } from './snapshot.ts';

const windowSchema = z.strictObject({ from: z.iso.date(), to: z.iso.date() });
/** Written first: that a pull began, and for which days. */
const beginArtefact = jsonArtefact(
  'beginning of a pull',
  z.strictObject({ source: z.string(), beganAt: z.iso.datetime(), window: windowSchema }),
);
/** Written after each body: what it answers, and its checksum. */
const recordArtefact = jsonArtefact<BodyRecord>('body record', bodyRecordSchema);
/** Written where the bodies could not be read: a pull that must not be continued. */
const refusalArtefact = jsonArtefact(
  'refusal of a pull',
  z.strictObject({ refusedAt: z.iso.datetime(), because: z.string() }),
);

/** An interrupted pull is continued for a day: after that its bodies would be of another day than the rest. */
const CONTINUED_FOR_MS = 24 * 3_600_000;

/** The unsealed folder of a pull: bodies as they came, each with a record, so that an interruption loses none. */
export class Unfinished {
  /** When the first body was asked for. */
  readonly beganAt: string;
  readonly #archive: Archive;
  readonly #folder: string;
  /** Of what was stored, by URL; the bodies themselves stay in the archive. */
  readonly #kept: Map<string, BodyRecord>;
  #last: number;

  private constructor(
    archive: Archive,
    folder: string,
    beganAt: string,
    kept: Map<string, BodyRecord>,
    last: number,
  ) {
    this.#archive = archive;
    this.#folder = folder;
    this.beganAt = beganAt;
    this.#kept = kept;
    this.#last = last;
  }

  /** Continues the latest pull of the same days that was interrupted in the last 24 hours, or begins one. */
  static async open(archive: Archive, source: SourceName, window: Window, now: Date): Promise<Unfinished> {
    const folders = new Map<string, string[]>();
    for await (const key of archive.list(keys.snapshots(source))) {
      const folder = key.slice(0, key.lastIndexOf('/') + 1);
      folders.set(folder, [...(folders.get(folder) ?? []), key.slice(folder.length)]);
    }
    for (const [folder, files] of [...folders].reverse()) {
      if (files.includes('snapshot.json') || files.includes('refused.json')) continue;
      const begin = (await archive.find(beginArtefact, `${folder}pull.json`))?.value;
      if (!begin || begin.window.from !== window.from || begin.window.to !== window.to) continue;
      const age = now.getTime() - Date.parse(begin.beganAt);
      if (age < 0 || age > CONTINUED_FOR_MS) continue;
      return Unfinished.#continue(archive, folder, begin.beganAt, files);
    }
    // To the second, as the folder is named: two runs that begin together share it.
    let began = Math.floor(now.getTime() / 1000) * 1000;
    const folderOf = () => keys.snapshot(source, snapshotFolder(new Date(began).toISOString()));
    while (folders.has(folderOf())) began += 1000;
    const [beganAt, folder] = [new Date(began).toISOString(), folderOf()];
    await archive.writeOnce(beginArtefact, `${folder}pull.json`, { source, beganAt, window });
    return new Unfinished(archive, folder, beganAt, new Map(), 0);
  }

  /** Reads the records that are there whole; a body without one is asked for again. */
  static async #continue(
    archive: Archive,
    folder: string,
    beganAt: string,
    files: readonly string[],
  ): Promise<Unfinished> {
    const kept = new Map<string, BodyRecord>();
    for (const file of files.filter((name) => /^\d{5}\.record\.json$/.test(name))) {
      try {
        const { value: record } = await archive.read(recordArtefact, `${folder}${file}`);
        kept.set(record.url, record);
      } catch (error) {
        if (!isDamage(error)) throw error;
      }
    }
    const last = Math.max(0, ...files.map((file) => Number(/^\d{5}(?=\.)/.exec(file)?.[0] ?? 0)));
    return new Unfinished(archive, folder, beganAt, kept, last);
  }

  /** The answer that was stored for a URL; one whose bytes are not those of its record is to be asked for again. */
  async stored(url: string): Promise<HttpBody | undefined> {
    const record = this.#kept.get(url);
    if (!record) return undefined;
    const { file, headers, retrievedAt, sha256 } = record;
    try {
      const { value: body } = await this.#archive.read(rawArtefact, `${this.#folder}${file}`, sha256);
      return { url, body, headers, retrievedAt };
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#kept.delete(url);
      return undefined;
    }
  }

  /** Writes a body and then its record, under the next free number; a stored one stays as it is. */
  async keep(body: RawBody): Promise<BodyRecord> {
    const stored = this.#kept.get(body.url);
    if (stored && stored.part === body.part && stored.sha256 === sha256(body.body)) return stored;
    for (;;) {
      this.#last += 1;
      const record = bodyRecord({ ...body, transcribed: null }, this.#last);
      try {
        // Only where there is none: another run may be at work in the same folder.
        await this.#archive.store.put(`${this.#folder}${record.file}`, body.body, { ifNoneMatch: '*' });
      } catch (error) {
        if (error instanceof ArchiveConflict) continue;
        throw error;
      }
      await this.#archive.write(
        recordArtefact,
        `${this.#folder}${record.file.slice(0, 5)}.record.json`,
        record,
      );
      this.#kept.set(body.url, record);
      return record;
    }
  }

  /** Says that these bodies cannot be read, so that the next pull begins anew. */
  async refuse(at: Date, because: string): Promise<void> {
    await this.#archive.writeOnce(refusalArtefact, `${this.#folder}refused.json`, {
      refusedAt: at.toISOString(),
      because,
    });
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof ArchiveCorrupt || error instanceof IncompleteEdition;
}
