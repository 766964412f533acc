import { describe, expect, it } from 'vitest';
import { editionOf } from '../../functions/edition.ts';
import { startSources } from '../sources/servers.ts';
import { folder, report, tree } from './report.ts';

describe('report observe', () => {
  it('pulls every source for the month that is running, seals it, and makes nothing else', async () => {
    await using archive = await folder();
    const month = editionOf(new Date());
    await using sources = await startSources({ month });
    const { stdout, code } = await report(
      ['observe', '--archive', archive.url, '--json'],
      sources.environment,
    );
    const observed = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(observed.edition).toBe(month);
    const seals = Object.keys(await tree(archive.path)).filter((path) => path.endsWith('/snapshot.json'));
    expect(seals.length).toBeGreaterThan(0);
    expect(
      observed.sources
        .flatMap(({ seal }: { seal: string | null }) =>
          seal === null ? [] : [seal.slice(archive.url.length)],
        )
        .sort(),
    ).toEqual(seals);
    expect(new Set(observed.sources.map(({ before }: { before: string | null }) => before))).toEqual(
      new Set([null]),
    );
    const made = Object.keys(await tree(archive.path)).filter((path) => /^(drafts|public)\//.test(path));
    expect(made).toEqual([]);
  });

  it('fails with one error where no source answers', async () => {
    await using archive = await folder();
    await using sources = await startSources({ month: editionOf(new Date()) });
    const nowhere = Object.keys(sources.environment).map((name) => [name, 'http://127.0.0.1:9/']);
    const environment = Object.fromEntries(nowhere);
    const { stderr, code } = await report(['observe', '--archive', archive.url], environment);
    expect(stderr).toMatch(/^SourceUnavailable: No source gave figures/);
    expect(code).toBe(1);
  });
});
