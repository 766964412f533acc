import { ArchiveConflict, ArchiveCorrupt, IncompleteEdition } from '../errors.ts';
import { type Artefact, sha256 } from './artefact.ts';
import type { PutCondition, Store } from './store.ts';

/** What is known of an object that was written or read: where it is and what its bytes were. */
export interface Written {
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** An object read back, with the version a conditional write needs. */
export interface Loaded<T> extends Written {
  readonly value: T;
  readonly etag: string;
}

/** A store whose objects are validated on the way in and on the way out. */
export class Archive {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  get url(): string {
    return this.store.url;
  }

  /** Reads an object, or undefined where there is none. @throws ArchiveCorrupt if it is not of its kind */
  async find<T>(artefact: Artefact<T>, key: string): Promise<Loaded<T> | undefined> {
    const stored = await this.store.get(key);
    if (!stored) return undefined;
    return {
      key,
      value: artefact.parse(stored.body, `${this.url}${key}`),
      etag: stored.etag,
      sha256: sha256(stored.body),
      bytes: stored.body.length,
    };
  }

  /**
   * Reads an object that must be there.
   *
   * @param expected its SHA-256 where somebody wrote it down
   * @throws IncompleteEdition if it is missing
   * @throws ArchiveCorrupt if its bytes are others, or not of its kind
   */
  async read<T>(artefact: Artefact<T>, key: string, expected?: string): Promise<Loaded<T>> {
    const found = await this.find(artefact, key);
    if (!found) {
      throw new IncompleteEdition(
        `The ${artefact.name} is missing: there is no ${key} in ${this.url}. Run the stage that makes it.`,
        { key },
      );
    }
    if (expected !== undefined && found.sha256 !== expected) {
      throw new ArchiveCorrupt(
        `The ${artefact.name} at ${this.url}${key} has other bytes than were written down for it. Make it again.`,
        { key, expected, found: found.sha256 },
      );
    }
    return found;
  }

  /** Writes an object whole. @throws ArchiveConflict where the condition does not hold */
  async write<T>(artefact: Artefact<T>, key: string, value: T, condition?: PutCondition): Promise<Written> {
    const body = artefact.serialise(value, key);
    await this.store.put(key, body, condition);
    return { key, sha256: sha256(body), bytes: body.length };
  }

  /**
   * Writes an object that may never change afterwards; writing the same bytes again is no change.
   *
   * @throws ArchiveConflict if other bytes are there already
   */
  async writeOnce<T>(artefact: Artefact<T>, key: string, value: T): Promise<Written> {
    const body = artefact.serialise(value, key);
    const written = { key, sha256: sha256(body), bytes: body.length };
    try {
      await this.store.put(key, body, { ifNoneMatch: '*' });
    } catch (error) {
      if (!(error instanceof ArchiveConflict)) throw error;
      const there = await this.store.get(key);
      if (!there || sha256(there.body) !== written.sha256) throw error;
    }
    return written;
  }

  /** Every key under a prefix, in order. */
  list(prefix: string): AsyncIterable<string> {
    return this.store.list(prefix);
  }
}
