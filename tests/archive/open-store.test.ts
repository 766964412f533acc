import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../functions/archive/open-store.ts';

const bytes = Uint8Array.of(1);

describe('the URL of an archive', () => {
  it.each([
    ['file:///srv/archive', 'file:///srv/archive/'],
    ['file:///srv/my%20archive/', 'file:///srv/my%20archive/'],
    ['s3://a-bucket', 's3://a-bucket/'],
    ['s3://a-bucket/some/prefix', 's3://a-bucket/some/prefix/'],
  ])('%s is kept as %s, so that a key can be put behind it', (url, kept) => {
    expect(openStore(url).url).toBe(kept);
  });

  it.each([
    '',
    'out',
    '/srv/archive',
    './out/',
    'https://a-bucket.s3.amazonaws.com/',
    'file:out',
    'file://out/',
    'file://host/srv/archive/',
    'file:///srv/a%2Fb/',
    'file:///srv/a%zz/',
    'file:///srv/a?b=c',
    'file:///srv/a#b',
    's3:a-bucket',
    's3://',
    's3://ab',
    's3://A-Bucket/',
    's3://user:secret@a-bucket/',
    's3://a-bucket//prefix/',
    's3://a-bucket/../prefix/',
    's3://a-bucket/a b/',
    's3://a-bucket/?versions',
    'memory:a b',
    'memory:../a',
  ])('%j is refused, with what to write', (url) => {
    expect(() => openStore(url)).toThrow(
      expect.objectContaining({
        name: 'BadRequest',
        message: expect.stringMatching(/file:\/\/\/.*s3:\/\/bucket\/prefix\/.*memory:/),
      }),
    );
  });

  it('may name a folder with spaces and signs', async () => {
    const path = await mkdtemp(join(tmpdir(), 'balance-a b%#é-'));
    try {
      const store = openStore(`${pathToFileURL(path)}`);
      await store.put('a/b', bytes);
      expect((await openStore(`${pathToFileURL(path)}/`).get('a/b'))?.body).toEqual(bytes);
    } finally {
      await rm(path, { recursive: true });
    }
  });

  it('that names a file is refused by whatever is asked of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'balance-open-'));
    try {
      await writeFile(join(folder, 'file'), 'not a folder');
      const store = openStore(`${pathToFileURL(join(folder, 'file'))}/`);
      const unavailable = {
        name: 'ArchiveUnavailable',
        message: expect.stringContaining('is a file, not a folder'),
      };
      await expect(store.put('a', bytes)).rejects.toMatchObject(unavailable);
      await expect(store.get('a')).rejects.toMatchObject(unavailable);
      await expect(store.list('')[Symbol.asyncIterator]().next()).rejects.toMatchObject(unavailable);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
