import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'open-model-balance';

/** A folder that lives as long as somebody uses it. */
export interface BrowserFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * Makes a fresh folder that only we can read, and removes those of the same kind whose maker was killed.
 *
 * @param kind a word in its name: `profile`, `unpacking`
 */
export async function makeFolder(kind: string): Promise<BrowserFolder> {
  await removeOrphans(kind);
  const path = await mkdtemp(join(tmpdir(), `${PREFIX}-${kind}-${process.pid}-`));
  return {
    path,
    // A browser that was killed a moment ago may still be closing files in it.
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  };
}

/** Where something is kept from one run to the next, for this user alone. */
export function keptFolder(name: string): string {
  return join(tmpdir(), `${PREFIX}-${name}-${process.getuid?.() ?? 'user'}`);
}

/** The maker's process id is in the name: where it runs no more, nobody will remove the folder but we. */
async function removeOrphans(kind: string): Promise<void> {
  const pattern = new RegExp(`^${PREFIX}-${kind}-(\\d+)-\\w+$`);
  for (const name of await readdir(tmpdir())) {
    const maker = pattern.exec(name)?.[1];
    if (maker === undefined || isRunning(Number(maker))) continue;
    const path = join(tmpdir(), name);
    // Another run may be removing it at this moment; what belongs to another user is theirs to remove.
    const found = await stat(path).catch(() => undefined);
    if (found?.uid === process.getuid?.()) await rm(path, { recursive: true, force: true, maxRetries: 5 });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
