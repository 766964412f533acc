import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonArtefact, sha256 } from '../../functions/archive/artefact.ts';
import { openArchive } from '../../functions/archive/open-store.ts';

const note = jsonArtefact('note', z.strictObject({ words: z.string() }));
const key = 'drafts/2026-07/note.json';
const empty = () => openArchive('memory:');

describe('an archive', () => {
  it('says of what it wrote the SHA-256 and size of the bytes that are there', async () => {
    const archive = empty();
    const written = await archive.write(note, key, { words: 'a' });
    const stored = await archive.store.get(key);
    expect(written).toEqual({ key, sha256: sha256(stored?.body ?? ''), bytes: stored?.body.length });
    expect(await archive.read(note, key, written.sha256)).toMatchObject({
      ...written,
      value: { words: 'a' },
    });
  });

  it('finds nothing where nothing is, and says which stage’s work is missing when it must be there', async () => {
    const archive = empty();
    expect(await archive.find(note, key)).toBeUndefined();
    await expect(archive.read(note, key)).rejects.toMatchObject({
      name: 'IncompleteEdition',
      message: expect.stringContaining(`The note is missing: there is no ${key} in ${archive.url}.`),
    });
  });

  it('refuses other bytes than were written down', async () => {
    const archive = empty();
    const { sha256: expected } = await archive.write(note, key, { words: 'a' });
    await archive.write(note, key, { words: 'b' });
    await expect(archive.read(note, key, expected)).rejects.toMatchObject({
      name: 'ArchiveCorrupt',
      evidence: { key, expected },
    });
  });

  it('refuses an object that is not of its kind, whether found or read', async () => {
    const archive = empty();
    await archive.store.put(key, new TextEncoder().encode('{"words": 1}'));
    await expect(archive.find(note, key)).rejects.toMatchObject({ name: 'ArchiveCorrupt' });
    await expect(archive.read(note, key)).rejects.toMatchObject({ name: 'ArchiveCorrupt' });
  });

  it('writes nothing when the value is not of its kind', async () => {
    const archive = empty();
    const wrong = z.strictObject({ words: z.string().max(3) });
    await expect(
      archive.write(jsonArtefact('note', wrong), key, { words: 'too long' }),
    ).rejects.toMatchObject({ name: 'ArchiveCorrupt' });
    expect(await archive.store.get(key)).toBeUndefined();
  });
});

describe('an object that may never change', () => {
  it('may be written again with the same bytes', async () => {
    const archive = empty();
    const first = await archive.writeOnce(note, key, { words: 'a' });
    expect(await archive.writeOnce(note, key, { words: 'a' })).toEqual(first);
  });

  it('refuses other bytes and keeps the first', async () => {
    const archive = empty();
    await archive.writeOnce(note, key, { words: 'a' });
    await expect(archive.writeOnce(note, key, { words: 'b' })).rejects.toMatchObject({
      name: 'ArchiveConflict',
    });
    expect((await archive.read(note, key)).value).toEqual({ words: 'a' });
  });

  it('has one content after ten wrote it at once', async () => {
    const archive = empty();
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, writer) => archive.writeOnce(note, key, { words: `${writer % 2}` })),
    );
    const { value } = await archive.read(note, key);
    const succeeded = tries.flatMap(({ status }, writer) =>
      status === 'fulfilled' ? [`${writer % 2}`] : [],
    );
    expect(succeeded).toEqual(Array.from({ length: 5 }, () => value.words));
  });
});
