import { FileStore } from '../../functions/archive/file-store.ts';

/** A process that writes to a folder: `count URL N`, `fill URL` until killed, `one URL`. */
const [, , what, url = '', times = '0'] = process.argv;
const store = new FileStore(url);
const number = (of: number) => new TextEncoder().encode(String(of));

if (what === 'count') {
  await store.put('counter', number(0), { ifNoneMatch: '*' }).then(
    () => process.stdout.write('created\n'),
    () => {},
  );
  for (let counted = 0; counted < Number(times); ) {
    const there = await store.get('counter');
    if (!there) continue;
    const next = Number(new TextDecoder().decode(there.body)) + 1;
    const won = await store.put('counter', number(next), { ifMatch: there.etag }).then(
      () => true,
      () => false,
    );
    if (won) counted += 1;
  }
}
if (what === 'fill') {
  for (let round = 0; ; round++)
    await store.put(`folder-${round % 7}/object-${round % 50}`, new Uint8Array(300_000).fill(round % 251));
}
if (what === 'one') {
  await store
    .put('large', new Uint8Array(2_000_000))
    .catch((error: Error) => process.stdout.write(`${error.name}: ${error.message}\n`));
}
