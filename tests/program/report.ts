import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sha256 } from '../../functions/archive/artefact.ts';

const cli = resolve(import.meta.dirname, '../../functions/cli.ts');

/** How one run of the program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** The program as a process of its own, with nothing in its environment but what is given. */
export function start(
  args: readonly string[],
  environment: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const started = performance.now();
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    TMPDIR: tmpdir(),
    ...environment,
  };
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise<Ended>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) =>
      done({ code, signal, stdout, stderr, seconds: (performance.now() - started) / 1000 }),
    );
  });
  return { child, ended };
}

/** Runs the program to its end. */
export function report(args: readonly string[], environment?: Record<string, string>): Promise<Ended> {
  return start(args, environment).ended;
}

/** A folder for one archive, removed by the caller's `await using`. */
export async function folder(): Promise<{ path: string; url: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'balance-'));
  return {
    path,
    url: `${pathToFileURL(path)}/`,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Every file below a folder with its SHA-256, by path. */
export async function tree(path: string): Promise<Record<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sums = await Promise.all(
    files.sort().map(async (file) => [relative(path, file), sha256(await readFile(file))] as const),
  );
  return Object.fromEntries(sums);
}
