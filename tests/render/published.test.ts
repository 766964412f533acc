import { describe, expect, it } from 'vitest';
import { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { MemoryStore } from '../../functions/archive/memory-store.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { bundleOf, TEMPLATES_API } from '../../functions/render/bundle.ts';
import { publishTemplates, rollBack } from '../../functions/render/publish-templates.ts';
import { assertReadable, currentTemplates, templatesAt } from '../../functions/render/published.ts';
import { loadTemplates, type Templates } from '../../functions/render/templates.ts';

const folder = new URL('../../templates/', import.meta.url);
const own = await loadTemplates(folder);
const never = () => Promise.reject(new Error('The release’s own templates were not to be read.'));
const now = new Date('2026-11-05T10:00:00Z');
const by = 'arn:aws:iam::123456789012:user/editor';

/** The templates with one word changed, as an editor would. */
function changed(word: string): Templates {
  return { ...own, files: new Map([...own.files, ['locales/en/prose/reading.md', `${word}\n`]]) };
}

/** Publishes templates that differ by a word. */
async function published(archive: Archive, word: string, commit = 'abcdef0') {
  return (await publishTemplates({ archive, templates: changed(word), commit, by, now })).templates;
}

describe('templates', () => {
  it('are those of the release until an editor publishes some', async () => {
    const archive = openArchive('memory:');
    expect(await currentTemplates(archive)).toBe('release');
    expect(await templatesAt(archive, 'release', async () => own)).toBe(own);
    await expect(assertReadable(archive)).resolves.toBeUndefined();
  });

  it('come back as they were published, fonts included', async () => {
    const archive = openArchive('memory:');
    const ref = await published(archive, 'One');
    expect(await currentTemplates(archive)).toBe(ref);
    const read = await templatesAt(archive, ref, never);
    expect(new Map([...read.files].sort())).toEqual(new Map([...changed('One').files].sort()));
    expect(new Map([...read.fonts].sort())).toEqual(new Map([...own.fonts].sort()));
  });

  it('have the same address for the same bytes, and another for another word', async () => {
    const archive = openArchive('memory:');
    const ref = await published(archive, 'One');
    expect(
      await publishTemplates({ archive, templates: changed('One'), commit: 'abcdef0', by, now }),
    ).toEqual({
      templates: ref,
      before: ref,
      changed: false,
    });
    expect(await published(archive, 'Two')).not.toBe(ref);
  });

  it('share their fonts between bundles', async () => {
    const archive = openArchive('memory:');
    await published(archive, 'One');
    await published(archive, 'Two');
    const objects: string[] = [];
    for await (const key of archive.list('templates/fonts/')) objects.push(key);
    expect(objects).toHaveLength(new Set(Object.values(bundleOf(own, 'abcdef0').fonts)).size);
  });

  it('whose bytes changed in the archive are refused', async () => {
    const archive = openArchive('memory:');
    const ref = await published(archive, 'One');
    const key = keys.templateBundle(ref);
    const body = await archive.store.get(key);
    await archive.store.put(
      key,
      new TextEncoder().encode(new TextDecoder().decode(body?.body).replace('One', 'Eno')),
    );
    await expect(templatesAt(archive, ref, never)).rejects.toMatchObject({ name: 'ArchiveCorrupt' });
  });

  it('written for another release are refused by this one, which says what to do', async () => {
    const archive = openArchive('memory:');
    const ref = await published(archive, 'One');
    const bundle = { ...bundleOf(changed('One'), 'abcdef0'), api: TEMPLATES_API + 1, novelty: true };
    await archive.store.put(keys.templateBundle(ref), new TextEncoder().encode(JSON.stringify(bundle)));
    await expect(assertReadable(archive)).rejects.toMatchObject({
      name: 'TemplateError',
      message: expect.stringMatching(
        new RegExp(
          `written for api ${TEMPLATES_API + 1}, and this release reads api ${TEMPLATES_API}\\. Roll back`,
        ),
      ),
    });
  });

  it('that are gone from the archive are an error that names them', async () => {
    const archive = openArchive('memory:');
    await expect(templatesAt(archive, 'f'.repeat(64), never)).rejects.toMatchObject({
      name: 'IncompleteEdition',
    });
  });

  it('stay as they were when publishing dies before the pointer moves', async () => {
    const store = new MemoryStore();
    const put = store.put.bind(store);
    store.put = (key, ...rest) =>
      key === keys.templates ? Promise.reject(new Error('killed')) : put(key, ...rest);
    const archive = new Archive(store);
    await expect(published(archive, 'One')).rejects.toThrow('killed');
    expect(await currentTemplates(archive)).toBe('release');
  });

  it('published by two editors at once are one winner and one clear error', async () => {
    const store = new MemoryStore();
    const archive = new Archive(store);
    const put = store.put.bind(store);
    let others: string | undefined;
    store.put = async (key, ...rest) => {
      if (key === keys.templates && others === undefined) {
        others = '';
        others = await published(archive, 'Two');
      }
      return put(key, ...rest);
    };
    await expect(published(archive, 'One')).rejects.toMatchObject({
      name: 'ArchiveConflict',
      message: expect.stringContaining('report templates list'),
    });
    expect(await currentTemplates(archive)).toBe(others);
  });
});

describe('rolling back', () => {
  it('without a name undoes the last change, and undoes itself', async () => {
    const archive = openArchive('memory:');
    const [one, two] = [await published(archive, 'One'), await published(archive, 'Two')];
    expect(await rollBack({ archive, by, now })).toEqual({ templates: one, before: two, changed: true });
    expect(await rollBack({ archive, by, now })).toEqual({ templates: two, before: one, changed: true });
  });

  it('before the first published ones are those of the release', async () => {
    const archive = openArchive('memory:');
    await published(archive, 'One');
    expect(await rollBack({ archive, by, now })).toMatchObject({ templates: 'release' });
    expect(await currentTemplates(archive)).toBe('release');
  });

  it('takes the beginning of an address, or the release by name', async () => {
    const archive = openArchive('memory:');
    const one = await published(archive, 'One');
    await published(archive, 'Two');
    expect(await rollBack({ archive, to: one.slice(0, 8), by, now })).toMatchObject({ templates: one });
    expect(await rollBack({ archive, to: 'release', by, now })).toMatchObject({ templates: 'release' });
  });

  it.each([
    ['000000', /names no templates that were published here/],
    ['', /names no templates/],
  ])('to "%s" is refused', async (to, expected) => {
    const archive = openArchive('memory:');
    await published(archive, 'One');
    await expect(rollBack({ archive, to, by, now })).rejects.toThrow(expected);
  });

  it('is refused where nothing was ever published', async () => {
    await expect(rollBack({ archive: openArchive('memory:'), by, now })).rejects.toThrow(
      /nothing to roll back/,
    );
  });

  it('to templates that this release cannot read is refused, and nothing changes', async () => {
    const archive = openArchive('memory:');
    const [one, two] = [await published(archive, 'One'), await published(archive, 'Two')];
    const newer = JSON.stringify({ ...bundleOf(changed('One'), 'abcdef0'), api: TEMPLATES_API + 1 });
    await archive.store.put(keys.templateBundle(one), new TextEncoder().encode(newer));
    await expect(rollBack({ archive, by, now })).rejects.toMatchObject({ name: 'TemplateError' });
    expect(await currentTemplates(archive)).toBe(two);
  });
});
