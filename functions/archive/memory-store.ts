import { ArchiveConflict } from '../errors.ts';
import { sha256 } from './artefact.ts';
import { assertKey, assertPrefix } from './key.ts';
import type { PutCondition, Store, StoredObject } from './store.ts';

/** A map of objects: for tests, and for looking at an edition without leaving a trace. */
export class MemoryStore implements Store {
  readonly url: string;
  readonly #objects = new Map<string, StoredObject>();

  constructor(url = 'memory:') {
    this.url = url;
  }

  async get(key: string): Promise<StoredObject | undefined> {
    assertKey(key);
    const stored = this.#objects.get(key);
    return stored && { body: stored.body.slice(), etag: stored.etag };
  }

  async put(key: string, body: Uint8Array, condition?: PutCondition): Promise<string> {
    assertKey(key);
    const there = this.#objects.get(key)?.etag;
    if (condition && ('ifNoneMatch' in condition ? there !== undefined : there !== condition.ifMatch)) {
      throw new ArchiveConflict(
        `${this.url}${key} was written by somebody else meanwhile. Read it again and decide anew.`,
        { key },
      );
    }
    const etag = sha256(body);
    this.#objects.set(key, { body: body.slice(), etag });
    return etag;
  }

  async *list(prefix: string): AsyncIterable<string> {
    assertPrefix(prefix);
    for (const key of [...this.#objects.keys()].filter((one) => one.startsWith(prefix)).sort()) yield key;
  }
}
