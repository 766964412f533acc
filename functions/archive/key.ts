import { BadRequest } from '../errors.ts';

/** Segments without a leading dot: that rules out `.` and `..`, and leaves dotted names to the stores themselves. */
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** S3 ends a key at 1,024 bytes, its prefix included. */
const LONGEST = 512;

/** Whether something can be the name of an object, in every store spelt the same. */
export function isKey(text: string): boolean {
  return text.length <= LONGEST && KEY.test(text);
}

/**
 * Refuses a key that could leave the archive, or that some store would spell otherwise.
 *
 * @throws BadRequest if a segment is empty, begins with a dot, or has other characters than letters, digits, `._-`
 */
export function assertKey(key: string): void {
  if (isKey(key)) return;
  throw new BadRequest(
    `"${key.slice(0, 80)}" is not a key of an archive: write segments of letters, digits, ".", "_" and "-", separated by "/", none beginning with a dot.`,
  );
}

/** Refuses what no key can begin with. @throws BadRequest */
export function assertPrefix(prefix: string): void {
  if (prefix === '' || isKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix)) return;
  throw new BadRequest(
    `No key of an archive begins with "${prefix.slice(0, 80)}". Write the beginning of one, such as drafts/2026-07/.`,
  );
}
