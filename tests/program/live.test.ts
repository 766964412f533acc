import { describe, expect, it } from 'vitest';
import type { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { silent } from '../../functions/cli/progress.ts';
import { figuresArtefact } from '../../functions/compute/figures.ts';
import { parseEdition } from '../../functions/edition.ts';
import { editionsArtefact } from '../../functions/publish/editions.ts';
import { loadTemplates } from '../../functions/render/templates.ts';
import { type RunResult, runEdition } from '../../functions/run.ts';
import * as fault from '../sources/faults.ts';
import { type SourcesOptions, startSources } from '../sources/servers.ts';
import { folder, report, tree } from './report.ts';

const edition = parseEdition('2026-10');
const templates = new URL('../../templates/', import.meta.url);

/** A live run on the third of the month after, as the schedule makes it, against servers that speak the real shapes. */
async function liveRun(
  options: SourcesOptions = {},
  keys: Record<string, string> = {},
): Promise<{ archive: Archive; result: RunResult; requests: string[] }> {
  const archive = openArchive('memory:');
  await using sources = await startSources({ month: '2026-10', ...options });
  const result = await runEdition(
    {
      archive,
      edition,
      bodies: { kind: 'live' },
      from: 'pull',
      until: 'publish',
      locales: ['en'],
      templates: await loadTemplates(templates),
      now: () => new Date('2026-11-03T04:00:00Z'),
      environment: { ...sources.environment, ...keys },
    },
    silent,
  );
  return { archive, result, requests: sources.requests };
}

async function figuresOf(archive: Archive) {
  return (await archive.read(figuresArtefact, keys.figures(edition))).value;
}

describe('a live edition', () => {
  it('is pulled over several pages, computed, printed, judged and published', async () => {
    const { archive, result, requests } = await liveRun({}, { OPENROUTER_API_KEY: 'synthetic-key' });
    expect(result.published).toMatchObject({ revision: 'r1', changed: true });
    expect((await archive.read(editionsArtefact, keys.editions)).value.editions[0]).toMatchObject({
      edition,
      kind: 'live',
    });
    expect(requests.filter((path) => path.includes('cursor=')).length).toBeGreaterThan(0);
    const { figures, kind } = await figuresOf(archive);
    expect(kind).toBe('live');
    for (const id of [
      'downloads.language.publisher-share.china',
      'usage.open-share',
      'usage.china-of-open',
      'releases.count.china',
    ])
      expect(figures[id], id).toMatchObject({ value: expect.anything() });
  });

  it('says what it lacks without a key', async () => {
    const { result } = await liveRun();
    expect(result.warnings.join(' ')).toMatch(/OPENROUTER_API_KEY/);
    expect(result.published).toMatchObject({ revision: 'r1' });
  });

  it('is published without a source that is down, and says so', async () => {
    const { archive, result } = await liveRun(
      { faults: [{ match: /eci_scores/, answer: fault.status(404) }] },
      { OPENROUTER_API_KEY: 'synthetic-key' },
    );
    expect(result.warnings.join(' ')).toMatch(/epoch/i);
    expect((await figuresOf(archive)).figures['capability.best.closed']).toMatchObject({
      status: 'missing',
      value: null,
      reason: expect.stringMatching(/./),
    });
    expect(result.published).toMatchObject({ revision: 'r1' });
  });

  it('is not made when no source answers, and nothing is written', async () => {
    await expect(liveRun({ faults: [{ match: /./, answer: fault.status(404) }] })).rejects.toThrow(
      /No source gave figures/,
    );
  });

  it('of a month without figures is refused before it is printed, and says what is missing', async () => {
    await using archive = await folder();
    await using sources = await startSources({ month: '2026-10' });
    const { code, stderr } = await report(
      ['--live', '--edition', '2025-03', '--archive', archive.url],
      sources.environment,
    );
    expect(stderr).toMatch(
      /^EditionRefused: The edition 2025-03 is refused: Neither downloads nor usage can be printed\..*No usage for 2025-03-01/,
    );
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
    expect(Object.keys(await tree(archive.path)).filter((path) => path.startsWith('public/'))).toEqual([]);
  });

  it('pulled from the command line too late for the Hub’s counters prints usage, and says why not downloads', async () => {
    await using archive = await folder();
    await using sources = await startSources({ month: '2026-01' });
    const { code, stdout, stderr } = await report(
      ['--live', '--edition', '2026-01', '--locale', 'en', '--archive', archive.url, '--json'],
      { ...sources.environment, OPENROUTER_API_KEY: 'synthetic-key' },
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      edition: '2026-01',
      revision: 'r1',
      verdict: 'publish with warnings',
    });
  });
});
