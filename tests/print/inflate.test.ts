import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, truncate, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../../functions/print/chromium.ts';
import { unpackInto } from '../../functions/print/inflate.ts';
import { eventually } from './watch.ts';

/** What a program that unpacks the browser and starts it says in the end. */
interface Ended {
  readonly code: number | null;
  readonly output: string;
}

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'inflate-test-'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

function startProgram(): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'start-browser.ts')], {
    env: { ...process.env, TMPDIR: place },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return { child, ended: new Promise((done) => child.once('close', (code) => done({ code, output }))) };
}

const works = { code: 0, output: expect.stringContaining('HeadlessChrome/') };

async function keptFolder(): Promise<string> {
  const names = await readdir(place);
  expect(names).toEqual([expect.stringMatching(/^open-model-balance-chromium-[\d.]+-\d+$/)]);
  return join(place, names[0] ?? '');
}

describe('the browser that comes with the program', () => {
  it('is whole after a first unpacking that was killed, which leaves nothing behind', async () => {
    const { child, ended } = startProgram();
    const begun = await eventually(async () => {
      const [folder] = (await readdir(place)).filter((name) => name.includes('unpacking'));
      return folder !== undefined && (await sizeOf(join(place, folder, 'content/chromium'))) > 1_000_000;
    });
    child.kill('SIGKILL');
    await ended;
    expect(begun).toBe(true);
    expect(await readdir(place)).toHaveLength(1);

    expect(await startProgram().ended).toEqual(works);
    await keptFolder();
  });

  it('is not unpacked again when it is whole', async () => {
    const kept = await keptFolder();
    const before = await stat(join(kept, 'chromium'));
    expect(await startProgram().ended).toEqual(works);
    expect((await stat(join(kept, 'chromium'))).ino).toBe(before.ino);
  });

  it('is unpacked again, by two at once, where the program is cut short and a library is gone', async () => {
    const kept = await keptFolder();
    await truncate(join(kept, 'chromium'), 1_000_000);
    await unlink(join(kept, 'al2023/lib/libnss3.so'));
    const both = await Promise.all([startProgram().ended, startProgram().ended]);
    expect(both).toEqual([works, works]);
    await keptFolder();
  });

  it('is not believed in a folder that others could write to', async () => {
    const kept = await keptFolder();
    await chmod(kept, 0o777);
    const { code, output } = await startProgram().ended;
    expect(code).toBe(1);
    expect(output).toContain('browser-missing');
    expect(output).toContain(kept);
  });
});

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

describe('a browser that was unpacked beforehand', () => {
  it('prints from where it lies, and is refused when a file of it is not whole', async () => {
    const root = await mkdtemp(join(tmpdir(), 'unpacked-test-'));
    try {
      const folder = join(root, 'browser');
      await mkdir(folder);
      await unpackInto(folder);
      const beforehand = chromium({ LAMBDA_TASK_ROOT: root, CHROMIUM_FOLDER: 'browser' });
      expect(await beforehand.use(30_000, ({ browser }) => browser.version())).toContain('Chrome/');
      await truncate(join(folder, 'chromium'), 1000);
      await expect(beforehand.use(30_000, async () => undefined)).rejects.toMatchObject({
        name: 'PrintFailed',
        way: 'browser-missing',
        message: expect.stringContaining('is not whole'),
      });
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
