import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArchiveConflict, ArchiveUnavailable, isReportError } from '../errors.ts';
import { sha256 } from './artefact.ts';
import { underLock } from './file-lock.ts';
import { assertKey, assertPrefix, isKey } from './key.ts';
import type { PutCondition, Store, StoredObject } from './store.ts';

/** Temporary files this old belong to nobody who is still alive. */
const ABANDONED_MS = 24 * 3_600_000;

/**
 * A folder of objects. An object is written beside the archive, flushed, and then moved to its place in one step:
 * whenever the process dies, the object is there whole or not at all.
 */
export class FileStore implements Store {
  readonly url: string;
  readonly #root: string;
  #ready: Promise<void> | undefined;

  /** @param url an absolute `file:` URL that ends in `/` */
  constructor(url: string) {
    this.url = url;
    this.#root = fileURLToPath(url);
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const path = this.#path(key);
    try {
      const body = await readFile(path);
      return { body: new Uint8Array(body.buffer, body.byteOffset, body.length), etag: sha256(body) };
    } catch (error) {
      if (await this.#saysAbsent(error)) return undefined;
      throw this.#unavailable('read', key, error);
    }
  }

  async put(key: string, body: Uint8Array, condition?: PutCondition): Promise<string> {
    const path = this.#path(key);
    const temporary = join(this.#root, '.tmp', `${process.pid}-${randomBytes(8).toString('hex')}`);
    try {
      this.#ready ??= prepare(join(this.#root, '.tmp'));
      await this.#ready;
      await makeFolder(dirname(path));
      try {
        await writeFlushed(temporary, body);
        this.#place(temporary, path, condition);
      } finally {
        await rm(temporary, { force: true });
      }
      await flushFolder(dirname(path));
      return sha256(body);
    } catch (error) {
      if (isReportError(error)) throw error;
      if (condition && hasCode(error, 'EEXIST')) throw this.#conflict(path);
      throw this.#unavailable('write', key, error);
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    assertPrefix(prefix);
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    let entries: Awaited<ReturnType<typeof entriesBelow>>;
    try {
      entries = await entriesBelow(join(this.#root, folder));
    } catch (error) {
      if (await this.#saysAbsent(error)) return;
      throw this.#unavailable('list', prefix, error);
    }
    yield* entries
      .map((path) => `${folder}${path}`)
      .filter((key) => key.startsWith(prefix) && isKey(key))
      .sort();
  }

  /**
   * Moves a whole file to its place. Whoever replaces something does it while nobody else does: comparing and
   * moving are two steps, and another writer's move between them would be lost.
   */
  #place(temporary: string, path: string, condition: PutCondition | undefined): void {
    if (condition && 'ifNoneMatch' in condition) {
      linkSync(temporary, path);
      return;
    }
    underLock(join(this.#root, '.lock'), () => {
      if (condition && !(existsSync(path) && sha256(readFileSync(path)) === condition.ifMatch))
        throw this.#conflict(path);
      renameSync(temporary, path);
    });
  }

  /** Whether an error only says that there is no such object, in an archive that is a folder or not there yet. */
  async #saysAbsent(error: unknown): Promise<boolean> {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'EISDIR')) return true;
    if (!hasCode(error, 'ENOTDIR')) return false;
    return stat(this.#root).then(
      (root) => root.isDirectory(),
      () => false,
    );
  }

  #path(key: string): string {
    assertKey(key);
    return join(this.#root, key);
  }

  #conflict(path: string): ArchiveConflict {
    return new ArchiveConflict(
      `${path} was written by somebody else meanwhile. Read it again and decide anew.`,
      { path },
    );
  }

  #unavailable(doing: string, key: string, cause: unknown): ArchiveUnavailable {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    return new ArchiveUnavailable(
      `Cannot ${doing} ${key} in the archive ${this.#root}: ${REASONS[code] ?? `${code}. Look at the folder.`}`,
      { key, code },
      cause,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Make room and run again; nothing half-written was left.',
  EDQUOT: 'the disk quota is used up. Make room and run again; nothing half-written was left.',
  EFBIG:
    'the file would be larger than is allowed here. Raise the limit and run again; nothing half-written was left.',
  EACCES: 'permission denied. Choose another folder with --archive, or change its owner.',
  EPERM: 'permission denied. Choose another folder with --archive, or change its owner.',
  EROFS: 'the file system is read-only. Choose another folder with --archive.',
  ENOENT: 'the folder cannot be made there. Choose another folder with --archive.',
  ENOTDIR: 'a part of the path is a file, not a folder. Choose another folder with --archive.',
  EISDIR: 'there is a folder where the object should be. Move it away.',
};

/** Makes the folder for unfinished files, and removes what the killed left in it. */
async function prepare(folder: string): Promise<void> {
  await makeFolder(folder);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (Date.now() - (await modified(path)) > ABANDONED_MS) await rm(path, { force: true });
  }
}

/** When a file was last written; now, if another run has just moved it to its place. */
async function modified(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return Date.now();
    throw error;
  }
}

/**
 * Makes a folder and those above it, each flushed. Node's own recursion never ends where a parent refuses with
 * ENOENT, as in /proc.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    throw error;
  }
  await flushFolder(dirname(path));
}

async function writeFlushed(path: string, body: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(body);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A name is on the disk only once its folder is. Not every file system can flush one. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    if (!hasCode(error, 'EINVAL') && !hasCode(error, 'EPERM') && !hasCode(error, 'EISDIR')) throw error;
  } finally {
    await folder.close();
  }
}

/** Files below a folder, as paths relative to it, with `/`; what begins with a dot is nobody's object. */
async function entriesBelow(folder: string, prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await entriesBelow(folder, `${prefix}${entry.name}/`)));
    else if (entry.isFile()) found.push(`${prefix}${entry.name}`);
  }
  return found;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
