import { sha256 } from '../../functions/archive/artefact.ts';
import { FileStore } from '../../functions/archive/file-store.ts';

/**
 * A process that writes to a folder: `count URL N`, `fill URL` until killed, `one URL`; `replace URL N` and
 * `overwrite URL N` race on N objects, one with the condition that nobody else did.
 */
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
  for (let round = 0; ; round++) {
    const body = new Uint8Array(300_000).fill(round % 251);
    await store.put(`folder-${round % 7}/object-${round % 50}`, body);
    const there = await store.get('replaced');
    await store.put('replaced', body, there ? { ifMatch: there.etag } : { ifNoneMatch: '*' });
  }
}
if (what === 'replace' || what === 'overwrite') {
  const body = new TextEncoder().encode(what);
  const unlessLost = (error: Error) => {
    if (error.name !== 'ArchiveConflict') throw error;
  };
  for (let round = 0; round < Number(times); round++) {
    while (!(await store.get(`raced-${round}`)));
    const condition = what === 'replace' ? { ifMatch: sha256(number(0)) } : undefined;
    await store.put(`raced-${round}`, body, condition).catch(unlessLost);
    await store.put(`raced-${round + 1}`, number(0), { ifNoneMatch: '*' }).catch(unlessLost);
  }
}
if (what === 'one') {
  await store
    .put('large', new Uint8Array(2_000_000))
    .catch((error: Error) => process.stdout.write(`${error.name}: ${error.message}\n`));
}
