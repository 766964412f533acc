import { fileURLToPath } from 'node:url';
import { BadRequest } from '../errors.ts';
import { Archive } from './archive.ts';
import { FileStore } from './file-store.ts';
import { isKey } from './key.ts';
import { MemoryStore } from './memory-store.ts';
import { S3Store } from './s3-store.ts';
import type { Store } from './store.ts';

const named = new Map<string, MemoryStore>();

/**
 * The only constructor of stores.
 *
 * @param url `file:///folder/`, `s3://bucket/prefix/`, `memory:` (a new map), or `memory:name` (the same map for
 *   the same name within the process)
 * @throws BadRequest if it is none of these
 */
export function openStore(url: string): Store {
  const whole = url.endsWith('/') || url.startsWith('memory:') ? url : `${url}/`;
  if (/^memory:[\w-]*$/.test(whole)) return memory(whole);
  if (/^file:\/\/\/[^?#]*$/.test(whole) && !/%00|\/\.\.\//i.test(whole) && isPath(whole))
    return new FileStore(whole);
  const prefix = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(.*)$/.exec(whole)?.[1];
  if (prefix === '' || (prefix !== undefined && isKey(prefix.slice(0, -1)))) return new S3Store(whole);
  throw new BadRequest(
    `"${url.slice(0, 120)}" is not the URL of an archive. Write file:///folder/, s3://bucket/prefix/ or memory:.`,
  );
}

/** Opens an archive at a URL. @throws BadRequest if the URL is none of an archive */
export function openArchive(url: string): Archive {
  return new Archive(openStore(url));
}

function memory(url: string): MemoryStore {
  if (url === 'memory:') return new MemoryStore(url);
  const store = named.get(url) ?? new MemoryStore(url);
  named.set(url, store);
  return store;
}

/** Whether a file URL can be spelt as a path: a `%` that escapes nothing cannot, nor can an escaped slash. */
function isPath(url: string): boolean {
  try {
    return fileURLToPath(url) !== '';
  } catch {
    return false;
  }
}
