import { type ChildProcess, spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import puppeteer, { type Browser } from 'puppeteer-core';
import { PrintFailed } from '../errors.ts';
import { Deadline } from './browser-deadline.ts';
import { BrowserEnding } from './browser-ending.ts';
import { makeFolder } from './browser-folder.ts';
import { BrowserPipe } from './browser-pipe.ts';

/** A program that can be started as a browser. */
export interface BrowserProgram {
  readonly executable: string;
  /** Arguments besides those every browser is started with. */
  readonly args: readonly string[];
  /** What it needs in its environment besides what every browser gets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A running browser, and its process for whoever has to end or watch it. */
export interface RunningBrowser {
  readonly browser: Browser;
  readonly pid: number;
}

/** They let a page read local files and other origins; @sparticuz/chromium sets them for scrapers. */
const INSECURE = [
  '--disable-web-security',
  '--allow-running-insecure-content',
  '--disable-site-isolation-trials',
];

/**
 * Starts a browser, lets it work, and ends it: when this returns or throws, its process and its one folder are gone.
 *
 * @param budgetMs milliseconds for all of it
 * @throws PrintFailed `browser-did-not-start`, `browser-died` or `too-slow`; what `use` throws otherwise
 */
export async function withBrowser<T>(
  program: BrowserProgram,
  budgetMs: number,
  use: (running: RunningBrowser) => Promise<T>,
): Promise<T> {
  await using folder = await makeFolder('profile').catch(noStart);
  const args = await argumentsOf(program, folder.path);
  const child = start(program, args, folder.path);
  const ending = new BrowserEnding(child, program.executable);
  const deadline = new Deadline(budgetMs);
  const work = connect(child, budgetMs).then((browser) => {
    ending.connected = true;
    return use({ browser, pid: child.pid ?? 0 });
  });
  // Lost races are told of by the winner.
  work.catch(() => undefined);
  const stop = () => end(child);
  process.once('exit', stop);
  try {
    return await Promise.race([deadline.passed, ending.early, work]);
  } catch (error) {
    // A browser that dies closes its pipe first: what was asked through it fails before the exit is known.
    if (!(error instanceof PrintFailed) && (await ending.within(500))) await ending.early;
    throw error;
  } finally {
    deadline.stop();
    end(child);
    await ending.over;
    process.removeListener('exit', stop);
  }
}

function start(program: BrowserProgram, args: readonly string[], folder: string): ChildProcess {
  try {
    return spawn(program.executable, args, {
      env: environmentOf(program, folder),
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      // A group of its own, so that whatever it starts ends with it.
      detached: true,
    });
  } catch (cause) {
    return noStart(cause);
  }
}

function noStart(cause: unknown): never {
  throw new PrintFailed(
    'browser-did-not-start',
    `The browser could not be started: ${cause instanceof Error ? cause.message : String(cause)}. Check that there is room in the folder for temporary files, and memory left.`,
    {},
    cause,
  );
}

async function argumentsOf(program: BrowserProgram, profile: string): Promise<string[]> {
  const args = await puppeteer.defaultArgs({
    headless: 'shell',
    userDataDir: profile,
    args: [
      ...program.args.filter((arg) => !INSECURE.includes(arg) && !arg.startsWith('--headless')),
      '--remote-debugging-pipe',
      // Pages and pictures are drawn by the processor alone: the same everywhere, and no graphics library needed.
      '--disable-gpu',
      '--disable-software-rasterizer',
      // No name can be resolved, whatever asks.
      '--host-resolver-rules=MAP * ~NOTFOUND',
    ],
  });
  return args.filter((arg) => !INSECURE.includes(arg));
}

/** Nothing of ours reaches the browser: no key, no proxy, no home. */
function environmentOf(program: BrowserProgram, folder: string): Record<string, string> {
  return {
    HOME: folder,
    TMPDIR: folder,
    XDG_CACHE_HOME: folder,
    XDG_CONFIG_HOME: folder,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...program.environment,
  };
}

async function connect(child: ChildProcess, budgetMs: number): Promise<Browser> {
  const [, , , to, from] = child.stdio;
  if (!(to instanceof Writable && from instanceof Readable)) {
    throw new PrintFailed('browser-did-not-start', 'The browser’s pipes could not be opened.');
  }
  // Calls outlive the budget, so that running out of it is told in one place alone.
  return puppeteer.connect({
    transport: new BrowserPipe(to, from),
    protocolTimeout: budgetMs * 2,
    defaultViewport: null,
  });
}

/** Kills the whole group: a stopped or hanging process has no other end, and nothing of it is worth keeping. */
function end({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: it ended a moment ago, and its exit is not reported yet.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
