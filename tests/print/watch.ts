import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';

/** Process ids of the browsers that a process started and that still run. */
export async function browsersOf(parent: number = process.pid): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    ids.map(async (id) => {
      // A process may end while it is being looked at.
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
      const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      return status.includes(`PPid:\t${parent}\n`) && command.includes('--remote-debugging-pipe');
    }),
  );
  return ids.filter((_, index) => found[index]);
}

/** Whether a process is there and not merely waiting to be buried. */
export async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return status !== '' && !/^State:\s+[ZX]/m.test(status);
}

/** Folders for temporary files that a process made for its browsers. */
export async function foldersOf(pid: number = process.pid, inside: string = tmpdir()): Promise<string[]> {
  return (await readdir(inside)).filter((name) => new RegExp(`^open-model-balance-\\w+-${pid}-`).test(name));
}

/** Waits for something to become true; gives up after a while, and the test says what it still expected. */
export async function eventually(holds: () => Promise<boolean>, patienceMs = 20_000): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > end) return false;
    await new Promise((done) => setTimeout(done, 20));
  }
  return true;
}
