import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArchiveConflict, ArchiveUnavailable, isReportError } from '../errors.ts';
import { sha256 } from './artefact.ts';
import { underLock } from './file-lock.ts';
import { assertKey } from './key.ts';
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
      if (isAbsent(error)) return undefined;
      throw this.#unavailable('read', key, error);
    }
  }

  async put(key: string, body: Uint8Array, condition?: PutCondition): Promise<string> {
    const path = this.#path(key);
    const temporary = join(this.#root, '.tmp', `${process.pid}-${randomBytes(8).toString('hex')}`);
    try {
      this.#ready ??= prepare(this.#root);
      await this.#ready;
      await makeFolder(dirname(path));
      await writeFlushed(temporary, body);
      if (!condition) renameSync(temporary, path);
      else if ('ifNoneMatch' in condition) linkSync(temporary, path);
      else this.#swap(temporary, path, condition.ifMatch);
      await flushFolder(dirname(path));
      return sha256(body);
    } catch (error) {
      if (isReportError(error)) throw error;
      if (condition && hasCode(error, 'EEXIST')) throw this.#conflict(path);
      throw this.#unavailable('write', key, error);
    } finally {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  async *list(prefix: string): AsyncIterable<string> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    let entries: Awaited<ReturnType<typeof entriesBelow>>;
    try {
      entries = await entriesBelow(join(this.#root, folder));
    } catch (error) {
      if (isAbsent(error)) return;
      throw this.#unavailable('list', prefix, error);
    }
    yield* entries
      .map((path) => `${folder}${path}`)
      .filter((key) => key.startsWith(prefix) && !key.startsWith('.'))
      .sort();
  }

  /** Compare and move while nobody else does: the only step that a second writer could split. */
  #swap(temporary: string, path: string, expected: string): void {
    underLock(join(this.#root, '.tmp', 'lock'), () => {
      if (!existsSync(path) || sha256(readFileSync(path)) !== expected) throw this.#conflict(path);
      renameSync(temporary, path);
    });
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
async function prepare(root: string): Promise<void> {
  const folder = join(root, '.tmp');
  await makeFolder(folder);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && name !== 'lock' && statSync(folder).mtimeMs - found.mtimeMs > ABANDONED_MS)
      rmSync(path, { force: true });
  }
}

/** Makes a folder and those above it. Node's own recursion never ends where a parent refuses with ENOENT, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    if (!isAbsent(error) || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch((again: unknown) => {
      if (!hasCode(again, 'EEXIST')) throw again;
    });
  }
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

function isAbsent(error: unknown): boolean {
  return hasCode(error, 'ENOENT');
}
