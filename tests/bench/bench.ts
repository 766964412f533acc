import { readFile } from 'node:fs/promises';
import { Bench } from 'tinybench';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { assembleFigures } from '../../functions/compute/assemble.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import { loadEvidence } from '../../functions/compute/load.ts';
import { openRegistry } from '../../functions/compute/registry.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import { editionLocales } from '../../functions/render/locales.ts';
import { htmlArtefact, printJobArtefact } from '../../functions/render/print-job.ts';
import { renderEdition } from '../../functions/render/render.ts';
import { loadTemplates } from '../../functions/render/templates.ts';
import { coldStarts } from './cold-starts.ts';
import { hubGrowth } from './hub-growth.ts';
import { languages, printing } from './printing.ts';
import { wholeRun } from './whole-run.ts';

/**
 * `npm run bench`: what the stages cost on the recorded edition, as ratios to a baseline in the same process; and what
 * cold starts cost in the cloud.
 */
const archive = openArchive('memory:');
const recording = await openRecording();
const { edition } = recording;
for (const source of recording.sources) await recording.seal(archive, source);
const registry = openRegistry();
const { evidence, provenance } = await loadEvidence(archive, edition, registry);
await computeEdition({ archive, edition, registry });
const templates = await loadTemplates(new URL('../../templates/', import.meta.url));
await renderEdition({ archive, edition, locale: 'en', templates });
const html = (await archive.read(htmlArtefact, keys.reportHtml(edition, 'en'))).value;
const job = (await archive.read(printJobArtefact, keys.printJob(edition, 'en'))).value;
const folder = new URL('../../functions/pull/recording/', import.meta.url);
const bodies = await Promise.all(
  [
    'huggingface-models-1.json',
    'huggingface-models-2.json',
    'openrouter-models.json',
    'openrouter-usage-2026-06.json',
    'openrouter-usage-2026-07.json',
  ].map((name) => readFile(new URL(name, folder), 'utf8')),
);
const printer = browserPrinter(chromium(process.env));
const blank = '<!doctype html><html lang="en"><title>x</title><hr>';

await compare('compute', 'JSON.parse of the same raw bodies, the least that reading them costs', {
  baseline: () => void bodies.map((body) => JSON.parse(body)),
  'read and parse the snapshots': () => loadEvidence(archive, edition, registry),
  'figures from what was read': () => void assembleFigures(evidence, provenance),
});
await compare('render', 'figures from what was read', {
  baseline: () => void assembleFigures(evidence, provenance),
  'both pages of one language': () => renderEdition({ archive, edition, locale: 'en', templates }),
});
await compare('print', 'an empty page, which is what the browser costs by itself', {
  baseline: () => printer.print(blank, { ...job, fonts: [], pictures: [] }, 60_000),
  'the report, without pictures': () => printer.print(html, { ...job, pictures: [] }, 60_000),
  'the report and its pictures': () => printer.print(html, job, 60_000),
});

const say = (line: string) => void process.stdout.write(`${line}\n`);
await printing(archive, edition, say);
await languages(archive, edition, templates, editionLocales(templates), say);
await wholeRun(say);
await hubGrowth(say);
await coldStarts(say);

/** Runs the tasks by turns and prints how many times the first one's median each of the others takes. */
async function compare(title: string, baseline: string, tasks: Record<string, () => unknown>): Promise<void> {
  const bench = new Bench({ time: 500, iterations: 5, warmupIterations: 2, throws: true });
  for (const [name, task] of Object.entries(tasks)) bench.add(name, async () => void (await task()));
  await bench.run();
  process.stdout.write(`\n${title} · 1.0 = ${baseline}\n`);
  const medians = bench.tasks.map(({ name, result }) => ({
    name,
    median: result && 'latency' in result ? result.latency.p50 : Number.NaN,
  }));
  for (const { name, median } of medians.slice(1))
    process.stdout.write(
      `  ${(median / (medians[0]?.median ?? Number.NaN)).toFixed(1).padStart(6)} × ${name}\n`,
    );
}
