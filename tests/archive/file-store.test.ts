import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { FileStore } from '../../functions/archive/file-store.ts';
import { describeStore } from './store-conformance.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'balance-store-'));
  folders.push(path);
  return path;
}
const url = (path: string) => `${pathToFileURL(path)}/`;

describeStore('on disk', async () => new FileStore(url(await folder())));

const writer = resolve(import.meta.dirname, 'file-store-writer.ts');

/** A process of its own that writes; `shell` stands before it, for limits. */
function write(
  args: readonly string[],
  shell?: string,
): { child: ReturnType<typeof spawn>; ended: Promise<string> } {
  const child = shell
    ? spawn('bash', ['-c', `${shell}; exec "$0" "$@"`, process.execPath, writer, ...args], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
    : spawn(process.execPath, [writer, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  return { child, ended: new Promise((done) => child.on('close', () => done(said))) };
}

describe('a folder shared by processes', () => {
  it('lets one of four processes create, and counts every one of their replacements', async () => {
    const path = await folder();
    const said = await Promise.all(Array.from({ length: 4 }, () => write(['count', url(path), '15']).ended));
    expect(said.filter((one) => one.includes('created'))).toHaveLength(1);
    expect(JSON.parse(await readFile(join(path, 'counter'), 'utf8'))).toBe(60);
  });

  it('loses no unconditional write to a conditional one, whichever comes first', async () => {
    const path = await folder();
    await new FileStore(url(path)).put('raced-0', new TextEncoder().encode('0'));
    await Promise.all(['replace', 'overwrite'].map((what) => write([what, url(path), '200']).ended));
    const found = await Promise.all(
      Array.from({ length: 200 }, (_, round) => readFile(join(path, `raced-${round}`), 'utf8')),
    );
    expect(found.filter((one) => one !== 'overwrite')).toEqual([]);
  });

  it('holds only whole objects after its writers were killed at random moments', async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
    process.stdout.write(`writers killed with SEED=${seed}\n`);
    const path = await folder();
    const there = async () => (await readdir(path, { recursive: true })).length;
    for (let round = 0; round < 5; round++) {
      const before = await there();
      const { child, ended } = write(['fill', url(path)]);
      // From its first new object on: a busy machine takes a while to start it.
      while ((await there()) <= before + 1) await new Promise((done) => setTimeout(done, 5));
      setTimeout(() => child.kill('SIGKILL'), 20 + ((seed * (round + 1)) % 97) * 3);
      await ended;
    }
    const store = new FileStore(url(path));
    let whole = 0;
    for await (const key of store.list('')) {
      const body = (await store.get(key))?.body ?? new Uint8Array();
      expect(new Set(body).size, `${key}, SEED=${seed}`).toBe(1);
      expect(body.length, `${key}, SEED=${seed}`).toBe(300_000);
      whole += 1;
    }
    expect(whole).toBeGreaterThan(0);
    const etag = await store.put('after', new Uint8Array([1]));
    expect(await store.put('after', new Uint8Array([2]), { ifMatch: etag })).toBeTruthy();
  });
});

describe('a folder that cannot be written', () => {
  it('says so when a file may not grow that large, and leaves nothing half-written', async () => {
    const path = await folder();
    const said = await write(['one', url(path)], "trap '' XFSZ; ulimit -f 100").ended;
    expect(said).toMatch(
      /^ArchiveUnavailable: Cannot write large in the archive .*nothing half-written was left/,
    );
    expect((await readdir(path, { recursive: true })).filter((name) => name !== '.tmp')).toEqual([]);
  });

  it('says so when a part of its path is a file', async () => {
    const path = await folder();
    await writeFile(join(path, 'file'), '');
    const store = new FileStore(url(join(path, 'file')));
    await expect(store.put('a', new Uint8Array())).rejects.toThrow(
      /a part of the path is a file, not a folder\. Choose another folder with --archive/,
    );
  });

  it('says so where the system allows nobody to write', async () => {
    await expect(new FileStore('file:///proc/balance/').put('a', new Uint8Array())).rejects.toMatchObject({
      name: 'ArchiveUnavailable',
    });
  });
});

describe('files that somebody else put into the folder', () => {
  it('are no objects unless they are named like one', async () => {
    const path = await folder();
    const store = new FileStore(url(path));
    await store.put('drafts/a.json', new Uint8Array());
    for (const name of ['.DS_Store', 'a copy.json', 'a.json~'])
      await writeFile(join(path, 'drafts', name), '');
    const keys: string[] = [];
    for await (const key of store.list('drafts/')) keys.push(key);
    expect(keys).toEqual(['drafts/a.json']);
  });
});

describe('unfinished files', () => {
  it('are no objects, and are removed once nobody can still be writing them', async () => {
    const path = await folder();
    await new FileStore(url(path)).put('a', new Uint8Array());
    await writeFile(join(path, '.tmp', 'abandoned'), 'half');
    await writeFile(join(path, '.tmp', 'at-work'), 'half');
    const old = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(path, '.tmp', 'abandoned'), old, old);
    const store = new FileStore(url(path));
    await store.put('b', new Uint8Array());
    expect(await readdir(join(path, '.tmp'))).toEqual(['at-work']);
    const keys: string[] = [];
    for await (const key of store.list('')) keys.push(key);
    expect(keys).toEqual(['a', 'b']);
  });
});
