import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ArchiveUnavailable } from '../errors.ts';

/** How long one writer waits for another: a write holds the lock for milliseconds. */
const PATIENCE_MS = 10_000;

/** @see https://www.sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const busy = z.object({ errcode: z.literal(SQLITE_BUSY) });

/**
 * Runs something while no other process does so on the same folder. The lock is the operating system's, held
 * through SQLite: it dies with its process, so that a killed run never leaves it behind.
 *
 * @param path of the lock's file, which stays empty
 * @param critical synchronous, so that this process does nothing else meanwhile
 * @throws ArchiveUnavailable if another process does not let go of the lock
 */
export function underLock<T>(path: string, critical: () => T): T {
  using lock = new DatabaseSync(path, { timeout: PATIENCE_MS });
  try {
    // No journal: nothing is ever written that could need undoing, and a full disk has no room for one.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
  } catch (cause) {
    if (!busy.safeParse(cause).success) throw cause;
    throw new ArchiveUnavailable(
      `Another process has held ${path} for ${PATIENCE_MS / 1000} seconds. Is a run suspended? Let it go on, or end it.`,
      { path },
      cause,
    );
  }
  return critical();
}
