import { BadRequest } from '../errors.ts';

/**
 * Refuses a key that could leave the archive, or that some store would spell otherwise.
 *
 * @throws BadRequest if a segment is empty, begins with a dot, or has other characters than letters, digits, `._-`
 */
export function assertKey(key: string): void {
  if (key.length <= 512 && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(key))
    return;
  throw new BadRequest(
    `"${key.slice(0, 80)}" is not a key of an archive: write segments of letters, digits, ".", "_" and "-", separated by "/", none beginning with a dot.`,
  );
}
