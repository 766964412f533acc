import { expect, it } from 'vitest';
import { MemoryStore } from '../../functions/archive/memory-store.ts';
import { openStore } from '../../functions/archive/open-store.ts';
import { describeStore } from './store-conformance.ts';

describeStore('in memory', async () => new MemoryStore());

it('a named memory is the same for the same name, and none other', async () => {
  await openStore('memory:one').put('a', new Uint8Array([1]));
  expect((await openStore('memory:one').get('a'))?.body).toEqual(new Uint8Array([1]));
  expect(await openStore('memory:two').get('a')).toBeUndefined();
  expect(await openStore('memory:').get('a')).toBeUndefined();
});
