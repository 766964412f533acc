import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';

/** A file that remembers what was started, so that whoever comes last can end what its starter could not. */
const ledger = process.env.BALANCE_AWS_LEDGER;

const running = new Set<ChildProcess>();

/** Starts a process in a group of its own; when this process exits, it and all that it started are ended. */
export function begin(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  if (child.pid === undefined) return child;
  running.add(child);
  if (ledger) appendFileSync(ledger, `${child.pid} ${bornAt(child.pid)}\n`);
  child.once('exit', () => running.delete(child));
  return child;
}

process.once('exit', () => {
  for (const { pid } of running) if (pid !== undefined) killTree(pid);
});

/** Ends a process and everything it started, and waits until it is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  killTree(child.pid);
  await gone;
}

/** Kills a process and its descendants, whatever groups they are in: as the end of a sandbox does. */
export function killTree(pid: number): void {
  for (const one of [pid, ...descendants(pid)]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch (error) {
      // ESRCH: it ended meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** Process ids of everything a process started, and what these started. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(Number(name))?.[1]);
    if (Number.isInteger(parent)) parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  const below = (of: number): number[] =>
    (parents.get(of) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** Ends what a ledger says was started and still runs; a number that was given to another process since is left alone. */
export function sweep(path: string): number {
  if (!existsSync(path)) return 0;
  let swept = 0;
  for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const [pid, born] = line.split(' ').map(Number);
    if (pid === undefined || born === undefined || bornAt(pid) !== born) continue;
    killTree(pid);
    swept += 1;
  }
  return swept;
}

/** Clock ticks from the machine's start to the process's: with its id it names a process for good. */
function bornAt(pid: number): number {
  return Number(statOf(pid)?.[19] ?? 0);
}

/** The fields after the command's name, which may itself contain spaces. @see proc_pid_stat(5) */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}
