import { describe, expect, it } from 'vitest';
import type { Store } from '../../functions/archive/store.ts';

const text = (of: string) => new TextEncoder().encode(of);
const read = async (store: Store, key: string) => new TextDecoder().decode((await store.get(key))?.body);

async function listed(store: Store, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  return keys;
}

/** What every store must do, whatever it keeps its objects in. `open` gives an empty one. */
export function describeStore(kind: string, open: () => Promise<Store>): void {
  describe(`a store ${kind}`, () => {
    it('gives back the bytes it was given, whatever they are', async () => {
      const store = await open();
      const bodies = [
        new Uint8Array(),
        text('é漢\n'),
        Uint8Array.from({ length: 256 }, (_, byte) => byte),
        new Uint8Array(8 * 2 ** 20).fill(7),
      ];
      for (const [index, body] of bodies.entries()) {
        const etag = await store.put(`a/${index}`, body);
        const stored = await store.get(`a/${index}`);
        expect(Buffer.from(stored?.body ?? []).equals(body)).toBe(true);
        expect(stored?.etag).toBe(etag);
      }
    });

    it('knows nothing of what was never put', async () => {
      const store = await open();
      expect(await store.get('a/b')).toBeUndefined();
      expect(await listed(store, '')).toEqual([]);
      expect(await listed(store, 'no/such/')).toEqual([]);
    });

    it('keeps the last of several unconditional writes', async () => {
      const store = await open();
      const first = await store.put('a', text('one'));
      const second = await store.put('a', text('two'));
      expect(await read(store, 'a')).toBe('two');
      expect(second).not.toBe(first);
    });

    it('lets exactly one of ten create an object', async () => {
      const store = await open();
      const tries = await Promise.allSettled(
        Array.from({ length: 10 }, (_, racer) =>
          store.put('a', text(`racer ${racer}`), { ifNoneMatch: '*' }),
        ),
      );
      const winners = tries.flatMap(({ status }, racer) => (status === 'fulfilled' ? [racer] : []));
      expect(winners).toHaveLength(1);
      expect(await read(store, 'a')).toBe(`racer ${winners[0]}`);
      for (const one of tries)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ name: 'ArchiveConflict' });
    });

    it('lets exactly one of ten replace a version', async () => {
      const store = await open();
      const etag = await store.put('a', text('before'));
      const tries = await Promise.allSettled(
        Array.from({ length: 10 }, (_, racer) => store.put('a', text(`racer ${racer}`), { ifMatch: etag })),
      );
      const winners = tries.flatMap(({ status }, racer) => (status === 'fulfilled' ? [racer] : []));
      expect(winners).toHaveLength(1);
      expect(await read(store, 'a')).toBe(`racer ${winners[0]}`);
      for (const one of tries)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ name: 'ArchiveConflict' });
    });

    it('refuses to replace a version that is no longer there, or never was', async () => {
      const store = await open();
      const stale = await store.put('a', text('one'));
      await store.put('a', text('two'));
      await expect(store.put('a', text('three'), { ifMatch: stale })).rejects.toMatchObject({
        name: 'ArchiveConflict',
      });
      await expect(store.put('b', text('three'), { ifMatch: stale })).rejects.toMatchObject({
        name: 'ArchiveConflict',
      });
      expect(await read(store, 'a')).toBe('two');
      expect(await store.get('b')).toBeUndefined();
    });

    it('lists keys in code unit order, by prefix, across folders', async () => {
      const store = await open();
      for (const key of ['b/2', 'b/10', 'b/B', 'b/a/x', 'a', 'bb', 'b-1', 'b.json'])
        await store.put(key, text(key));
      expect(await listed(store, '')).toEqual(['a', 'b-1', 'b.json', 'b/10', 'b/2', 'b/B', 'b/a/x', 'bb']);
      expect(await listed(store, 'b/')).toEqual(['b/10', 'b/2', 'b/B', 'b/a/x']);
      expect(await listed(store, 'b/1')).toEqual(['b/10']);
      expect(await listed(store, 'b')).toHaveLength(7);
    });

    it('holds nothing under the name of a folder, or below an object', async () => {
      const store = await open();
      await store.put('a/b', text('x'));
      expect(await store.get('a')).toBeUndefined();
      expect(await store.get('a/b/c')).toBeUndefined();
      expect(await listed(store, 'a/b/')).toEqual([]);
    });

    it.each(['/', '../', 'a/../', 'a//', '.tmp/', 'a b', 'é'])('refuses to list %j', async (prefix) => {
      await expect(listed(await open(), prefix)).rejects.toMatchObject({ name: 'BadRequest' });
    });

    it('does not hand out its own bytes to be changed', async () => {
      const store = await open();
      const body = text('one');
      await store.put('a', body);
      body[0] = 0;
      (await store.get('a'))?.body.fill(0);
      expect(await read(store, 'a')).toBe('one');
    });

    it.each([
      '',
      '/a',
      'a/',
      'a//b',
      '../a',
      'a/../b',
      'a/./b',
      '.hidden',
      'a/.tmp/x',
      'a b',
      'a\\b',
      'a\0b',
      'é',
      'x'.repeat(513),
    ])('refuses the key %j', async (key) => {
      const store = await open();
      await expect(store.put(key, text('x'))).rejects.toMatchObject({ name: 'BadRequest' });
      await expect(store.get(key)).rejects.toMatchObject({ name: 'BadRequest' });
      expect(await listed(store, '')).toEqual([]);
    });
  });
}
