import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openArchive } from '../../functions/archive/open-store.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import { renderEdition } from '../../functions/render/render.ts';
import { loadTemplates } from '../../functions/render/templates.ts';
import { BROWSER_FOLDER, type BrowserForm, bundle } from '../../infra/bundle.ts';
import { FUNCTION_SIZES } from '../../infra/function-sizes.ts';
import type { FunctionName } from '../../infra/permissions.ts';
import { install } from '../aws/instruments.ts';
import { LambdaRuntime } from '../aws/runtime.ts';

/** Starts of each bundle; the median is told. */
const TIMES = 7;

/**
 * What a cold start costs under AWS's own runtime client, as ratios: loading each bundle against loading a function that
 * does nothing, and the first print with the browser packed against the browser unpacked.
 *
 * @param say where a line goes
 */
export async function coldStarts(say: (line: string) => void): Promise<void> {
  install(say);
  const home = await mkdtemp(join(tmpdir(), 'balance-bench-'));
  try {
    const empty = join(home, 'empty');
    mkdirSync(join(empty, 'functions/start'), { recursive: true });
    writeFileSync(join(empty, 'functions/start/handler.mjs'), 'export const handler = async () => ({});\n');
    const baseline = await median(() => initOf('start', empty));
    say(`\ncold start · 1.0 = loading a function that does nothing`);
    for (const name of Object.keys(FUNCTION_SIZES) as FunctionName[]) {
      const folder = join(home, name);
      await bundle(name, folder, 'unpacked');
      say(ratio((await median(() => initOf(name, folder))) / baseline, `load ${name}`));
    }
    await firstPrints(home, say);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The first print of a fresh container, which finds nothing in /tmp. */
async function firstPrints(home: string, say: (line: string) => void): Promise<void> {
  const archiveUrl = `${pathToFileURL(join(home, 'archive'))}/`;
  const { edition } = await drafted(archiveUrl);
  const packed = join(home, 'packed');
  await bundle('print', packed, 'packed');
  const took = new Map<string, number>();
  for (const [name, folder, form] of [
    ['unpacked', join(home, 'print'), 'unpacked'],
    ['packed', packed, 'packed'],
  ] as const)
    took.set(
      name,
      await median(async () => {
        await using runtime = await start('print', folder, { ARCHIVE_URL: archiveUrl, ...variablesOf(form) });
        const { durationMs, outcome } = await runtime.invoke(
          Buffer.from(JSON.stringify({ edition, locale: 'en' })),
        );
        if (outcome.kind === 'failed') throw new Error(outcome.failure.errorMessage);
        return runtime.initMs + durationMs;
      }),
    );
  const least = took.get('unpacked') ?? Number.NaN;
  say('\nfirst print of a container · 1.0 = with the browser unpacked in the asset');
  say(ratio((took.get('packed') ?? Number.NaN) / least, 'with the browser packed, unpacked into /tmp first'));
}

function variablesOf(form: BrowserForm): Record<string, string> {
  return form === 'unpacked' ? { CHROMIUM_FOLDER: BROWSER_FOLDER } : {};
}

async function drafted(url: string) {
  const archive = openArchive(url);
  const recording = await openRecording();
  const { edition } = recording;
  for (const source of recording.sources) await recording.seal(archive, source);
  await computeEdition({ archive, edition });
  const templates = await loadTemplates(new URL('../../templates/', import.meta.url));
  await renderEdition({ archive, edition, locale: 'en', templates });
  return { edition };
}

async function initOf(name: FunctionName, folder: string): Promise<number> {
  await using runtime = await start(name, folder, {});
  return runtime.initMs;
}

function start(
  name: FunctionName,
  folder: string,
  environment: Record<string, string>,
): Promise<LambdaRuntime> {
  const { memory, timeout } = FUNCTION_SIZES[name];
  return LambdaRuntime.start({
    name,
    folder,
    handler: `functions/${name}/handler.handler`,
    timeoutSeconds: timeout.toSeconds(),
    memoryMb: memory,
    environment,
  });
}

async function median(measure: () => Promise<number>): Promise<number> {
  const found: number[] = [];
  for (let time = 0; time < TIMES; time++) found.push(await measure());
  return found.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? Number.NaN;
}

function ratio(times: number, what: string): string {
  return `  ${times.toFixed(1).padStart(6)} × ${what}`;
}
