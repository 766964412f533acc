import { BadRequest } from '../errors.ts';
import { S3Retention } from './s3-retention.ts';

/** Forbids that an object be removed or written over, whoever asks. */
export interface Retention {
  /** For how many days from its publication. */
  readonly days: number;
  /** @throws ArchiveUnavailable if that cannot be written down */
  retain(key: string, until: Date): Promise<void>;
}

/**
 * The only constructor of retention; a folder or a map knows none.
 *
 * @param url of the archive
 * @param days as a whole number; absent or 0 for none
 * @throws BadRequest if it is no number of days
 */
export function openRetention(url: string, days: string | undefined): Retention | undefined {
  const number = Number(days ?? 0);
  if (!Number.isInteger(number) || number < 0 || number > 36_500)
    throw new BadRequest(
      `RETAIN_DAYS is "${String(days).slice(0, 40)}". Set it to a whole number of days, up to 36500, or to 0 for none.`,
    );
  return number > 0 && url.startsWith('s3:') ? new S3Retention(url, number) : undefined;
}
