/**
 * A place of objects under keys: a folder, a bucket, a map. What is put is whole or not there at all, at
 * whatever moment the process dies.
 */
export interface Store {
  /** The URL it was opened with, for messages. */
  readonly url: string;
  /** The object's bytes and its entity tag, or undefined where there is none. */
  get(key: string): Promise<StoredObject | undefined>;
  /**
   * Writes an object whole.
   *
   * @param condition `{ ifNoneMatch: '*' }` only where there is none; `{ ifMatch }` only over that version
   * @returns the new entity tag
   * @throws ArchiveConflict where the condition does not hold
   * @throws ArchiveUnavailable where the place cannot be written
   */
  put(key: string, body: Uint8Array, condition?: PutCondition): Promise<string>;
  /** Every key that begins with the prefix, in code unit order. */
  list(prefix: string): AsyncIterable<string>;
}

export interface StoredObject {
  readonly body: Uint8Array;
  readonly etag: string;
}

export type PutCondition = { readonly ifNoneMatch: '*' } | { readonly ifMatch: string };
