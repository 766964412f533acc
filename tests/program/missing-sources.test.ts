import { describe, expect, it } from 'vitest';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { silent } from '../../functions/cli/progress.ts';
import { figuresArtefact } from '../../functions/compute/figures.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import { htmlArtefact } from '../../functions/render/print-job.ts';
import { loadTemplates } from '../../functions/render/templates.ts';
import { runEdition } from '../../functions/run.ts';
import type { SourceName } from '../../functions/sources/source.ts';

const recording = await openRecording();
const templates = await loadTemplates(new URL('../../templates/', import.meta.url));
const { edition } = recording;

/** The recorded month from some of its sources only. */
async function editionFrom(sources: readonly SourceName[]) {
  const archive = openArchive('memory:');
  const result = await runEdition(
    {
      archive,
      edition,
      bodies: { kind: 'recorded', recording: { ...recording, sources } },
      from: 'pull',
      until: 'publish',
      locales: ['en'],
      templates,
      now: () => recording.recordedAt,
      environment: {},
    },
    silent,
  );
  const { figures, tables } = (await archive.read(figuresArtefact, keys.figures(edition))).value;
  const web = (await archive.read(htmlArtefact, keys.webHtml(edition, 'en'))).value;
  return { result, figures, labs: tables.labs?.rows ?? [], web };
}

describe('an edition of which a source is missing', () => {
  it.each([
    [['openrouter-usage', 'openrouter-models', 'epoch'], 'downloads.language.publisher-share.china'],
    [['huggingface', 'openrouter-models', 'epoch'], 'usage.open-share'],
    [['huggingface', 'openrouter-usage', 'epoch'], null],
    [['huggingface', 'openrouter-usage', 'openrouter-models'], 'capability.best.closed'],
    [['openrouter-usage'], 'downloads.language.publisher-share.china'],
    [['huggingface'], 'usage.open-share'],
  ] as const)('made from %j is published, and says what was not measured and why', async (sources, gap) => {
    const { result, figures, web } = await editionFrom(sources);
    expect(result.published).toMatchObject({ revision: 'r1' });
    if (gap === null) return;
    expect(figures[gap]).toMatchObject({ status: 'missing', value: null, low: null, high: null });
    const text = web
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain('not measured');
    expect(text).not.toMatch(/(served?|stands at|is|,) not measured/);
    expect(result.warnings.join(' ')).toMatch(/no snapshot/i);
  });

  it('draws no lab’s tokens or releases as nought where nobody counted them', async () => {
    const counted = await editionFrom(['huggingface']);
    expect(counted.labs.length).toBeGreaterThan(10);
    for (const row of counted.labs) expect(row).toMatchObject({ openTokens: null, closedTokens: null });
    const served = await editionFrom(['openrouter-usage']);
    for (const row of served.labs) expect(row).toMatchObject({ downloads: null, releases: null });
  });
});
