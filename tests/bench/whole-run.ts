import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CLI = fileURLToPath(new URL('../../functions/cli.ts', import.meta.url));
const EVERY_MS = 50;
const PAGE_BYTES = 4096;

/**
 * A whole run of the recorded edition in every language: from an empty folder for temporary files, where the browser is
 * unpacked first, against a second one; and the memory that the program and its browsers hold together at their height.
 * Pages they share are counted once for each, so that it is more than they need.
 */
export async function wholeRun(say: (line: string) => void): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'balance-bench-'));
  try {
    const [cold, warm] = [await run(home, 'first'), await run(home, 'second')];
    say('\nthe recorded edition in every language · 1.0 = with the browser unpacked before');
    say(
      `  ${(cold.seconds / warm.seconds).toFixed(2).padStart(6)} × from an empty folder for temporary files`,
    );
    for (const [stage, seconds] of warm.stages)
      say(
        `         ${stage.padEnd(8)} ${((seconds / warm.seconds) * 100).toFixed(0).padStart(3)} % of it, ${((cold.stages.get(stage) ?? Number.NaN) / seconds).toFixed(1)} × as long from the empty folder`,
      );
    say(
      `  peak memory of the program and its browsers: ${Math.round(Math.max(cold.peak, warm.peak) / 1e6)} MB`,
    );
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

interface Run {
  readonly seconds: number;
  readonly stages: ReadonlyMap<string, number>;
  readonly peak: number;
}

async function run(home: string, name: string): Promise<Run> {
  const archive = `${pathToFileURL(join(home, name))}/`;
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, '--archive', archive], {
    env: { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  let peak = 0;
  const watching = setInterval(() => {
    void residentBytes(child.pid ?? 0).then((bytes) => {
      peak = Math.max(peak, bytes);
    });
  }, EVERY_MS);
  const code = await new Promise((done) => child.on('close', done));
  clearInterval(watching);
  if (code !== 0) throw new Error(`The run ended with ${code}: ${out}`);
  const stages = [...out.matchAll(/^(\w+) +(\d+\.\d) s$/gm)].map(
    ([, stage = '', seconds]) => [stage, Math.max(0.1, Number(seconds))] as const,
  );
  return { seconds: (performance.now() - started) / 1000, stages: new Map(stages), peak };
}

/** Memory that a process and all it started hold; nought for one that is gone. */
async function residentBytes(pid: number): Promise<number> {
  const processes = await Promise.all(
    (await readdir('/proc')).filter((one) => /^\d+$/.test(one)).map(async (one) => stat(Number(one))),
  );
  const family = new Set([pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const one of processes)
      if (one && family.has(one.parent) && !family.has(one.pid)) {
        family.add(one.pid);
        grown = true;
      }
  }
  return processes.reduce((sum, one) => sum + (one && family.has(one.pid) ? one.bytes : 0), 0);
}

async function stat(pid: number): Promise<{ pid: number; parent: number; bytes: number } | undefined> {
  // A process may end between being listed and being read.
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { pid, parent: Number(fields[1]), bytes: Number(fields[21]) * PAGE_BYTES };
}
