import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PrintFailed } from '../../functions/errors.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { printInBrowser } from '../../functions/print/printer.ts';
import { BUDGET_MS, jobOf, reportOf } from './fixture.ts';
import { browsersOf, eventually, foldersOf, isAlive } from './watch.ts';

let folder: string;
afterEach(() => vi.unstubAllEnvs());
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromium-test-'));
  // Unpacked before any budget is short.
  await chromium({}).use(BUDGET_MS, async () => undefined);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that is no browser. */
async function script(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

async function failureOf(use: Promise<unknown>): Promise<PrintFailed> {
  const error = await use.then(
    () => new Error('It worked'),
    (cause: unknown) => cause,
  );
  if (!(error instanceof PrintFailed)) throw error;
  return error;
}

async function expectNothingLeft(): Promise<void> {
  expect(await browsersOf()).toEqual([]);
  expect(await foldersOf()).toEqual([]);
}

describe('a browser at work', () => {
  it('that is killed is told of as dead', async () => {
    const error = await failureOf(
      chromium({}).use(BUDGET_MS, (running) => {
        process.kill(running.pid, 'SIGKILL');
        return printInBrowser(running, reportOf(), jobOf());
      }),
    );
    expect(error).toMatchObject({ way: 'browser-died' });
    expect(error.message).toContain('SIGKILL');
    await expectNothingLeft();
  });

  it('that is killed while it loads the document is told of as dead', async () => {
    const error = await failureOf(
      chromium({}).use(BUDGET_MS, (running) => {
        running.browser.once('targetchanged', () => process.kill(running.pid, 'SIGKILL'));
        return printInBrowser(running, reportOf({ sections: 300 }), jobOf());
      }),
    );
    expect(error).toMatchObject({ way: 'browser-died' });
    await expectNothingLeft();
  });

  it('that hangs is ended when its time is over', async () => {
    let pid = 0;
    const error = await failureOf(
      chromium({}).use(2_000, (running) => {
        pid = running.pid;
        process.kill(pid, 'SIGSTOP');
        return printInBrowser(running, reportOf(), jobOf());
      }),
    );
    expect(error).toMatchObject({ way: 'too-slow' });
    expect(pid).toBeGreaterThan(0);
    expect(await isAlive(pid)).toBe(false);
    await expectNothingLeft();
  });

  it('finds nothing of our environment in its own', async () => {
    process.env.A_SECRET_OF_OURS = 'secret';
    const environment = await chromium({}).use(BUDGET_MS, ({ pid }) =>
      readFile(`/proc/${pid}/environ`, 'utf8'),
    );
    delete process.env.A_SECRET_OF_OURS;
    const names = environment.split('\0').map((entry) => entry.split('=')[0]);
    expect(names.filter((name) => name !== '').sort()).toEqual([
      'FONTCONFIG_FILE',
      'HOME',
      'LANG',
      'LD_LIBRARY_PATH',
      'TMPDIR',
      'TZ',
      'XDG_CACHE_HOME',
      'XDG_CONFIG_HOME',
    ]);
  });

  it('is not started with the flags that open local files and other origins to a page', async () => {
    const command = await chromium({}).use(BUDGET_MS, ({ pid }) => readFile(`/proc/${pid}/cmdline`, 'utf8'));
    expect(command).toContain('--remote-debugging-pipe');
    expect(command).not.toMatch(
      /--disable-web-security|--allow-running-insecure-content|--disable-site-isolation-trials|--remote-debugging-port/,
    );
  });

  it('ends by itself when the program is killed, and the next one removes its folder', async () => {
    // A place of its own: whoever starts a browser beside it would remove the folder first.
    const place = join(folder, 'alone');
    await mkdir(place);
    vi.stubEnv('TMPDIR', place);
    const program = spawn(process.execPath, [resolve(import.meta.dirname, 'hold-browser.ts')], {
      env: process.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((done) =>
      program.stdout.once('data', (chunk) => done(Number(String(chunk)))),
    );
    expect(await isAlive(pid)).toBe(true);
    program.kill('SIGKILL');
    expect(await eventually(async () => !(await isAlive(pid)))).toBe(true);
    expect(await foldersOf(program.pid)).toHaveLength(1);
    await chromium({}).use(BUDGET_MS, async () => undefined);
    expect(await foldersOf(program.pid)).toEqual([]);
  });
});

describe('a browser that CHROME_PATH names', () => {
  it('and that is not there is missing', async () => {
    const error = await failureOf(
      chromium({ CHROME_PATH: '/nowhere/chrome' }).use(BUDGET_MS, async () => undefined),
    );
    expect(error).toMatchObject({ way: 'browser-missing' });
    expect(error.message).toContain('CHROME_PATH names /nowhere/chrome');
  });

  it('and that cannot be executed is missing', async () => {
    const path = join(folder, 'text');
    await writeFile(path, 'text');
    const error = await failureOf(chromium({ CHROME_PATH: path }).use(BUDGET_MS, async () => undefined));
    expect(error).toMatchObject({ way: 'browser-missing' });
  });

  it('and that ends at once did not start; its last words are told', async () => {
    const path = await script('broken', 'echo "error while loading libnss3.so" >&2; exit 127');
    const error = await failureOf(chromium({ CHROME_PATH: path }).use(BUDGET_MS, async () => undefined));
    expect(error).toMatchObject({ way: 'browser-did-not-start' });
    expect(error.message).toContain('exit code 127');
    expect(error.message).toContain('error while loading libnss3.so');
    await expectNothingLeft();
  });

  it('and that never answers is ended with all it started, when its time is over', async () => {
    const path = await script('silent', `sleep 1000 & echo $! > ${folder}/child; wait`);
    const error = await failureOf(chromium({ CHROME_PATH: path }).use(1_000, async () => undefined));
    expect(error).toMatchObject({ way: 'too-slow' });
    const child = Number(await readFile(join(folder, 'child'), 'utf8'));
    expect(await eventually(async () => !(await isAlive(child)))).toBe(true);
    await expectNothingLeft();
  });

  it('and that is a browser is used', async () => {
    const kept = (await readdir(tmpdir())).find((name) => name.startsWith('open-model-balance-chromium-'));
    const own = join(tmpdir(), kept ?? '');
    const path = await script(
      'wrapped',
      `export LD_LIBRARY_PATH=${own}/al2023/lib FONTCONFIG_FILE=${own}/fonts.conf; exec ${own}/chromium --no-zygote --single-process "$@"`,
    );
    const prints = await chromium({ CHROME_PATH: path }).use(BUDGET_MS, (running) =>
      printInBrowser(running, reportOf(), jobOf()),
    );
    expect(prints.pdf.length).toBeGreaterThan(1_000);
  });
});

describe('a place without room', () => {
  it('for the browser’s folder is told of', async () => {
    const before = process.env.TMPDIR;
    const place = join(folder, 'gone');
    await mkdir(place);
    process.env.TMPDIR = place;
    await rm(place, { recursive: true });
    try {
      const error = await failureOf(chromium({}).use(BUDGET_MS, async () => undefined));
      expect(error).toMatchObject({ way: 'browser-did-not-start' });
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });
});
