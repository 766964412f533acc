import { DatabaseSync } from 'node:sqlite';

/** How long one writer waits for another: a conditional write holds the lock for milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Runs something while no other process does so on the same folder. The lock is the operating system's, held
 * through SQLite: it dies with its process, so that a killed run never leaves it behind.
 *
 * @param path of the lock's file, which stays empty
 */
export function underLock<T>(path: string, critical: () => T): T {
  const lock = new DatabaseSync(path);
  try {
    lock.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}; BEGIN EXCLUSIVE`);
    return critical();
  } finally {
    lock.close();
  }
}
