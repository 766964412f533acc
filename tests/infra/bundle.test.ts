import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openArchive } from '../../functions/archive/open-store.ts';
import { silent } from '../../functions/cli/progress.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import { loadTemplates } from '../../functions/render/templates.ts';
import { runEdition } from '../../functions/run.ts';
import { BROWSER_FOLDER, type BrowserForm, bundle, unzippedBytes } from '../../infra/bundle.ts';
import type { FunctionName } from '../../infra/permissions.ts';
import { FUNCTION_NAMES } from '../../infra/report-stack.ts';
import { tree } from '../program/report.ts';

/** What Lambda takes, unzipped. */
const LIMIT = 262_144_000;
const LOCALES = ['en'];

let scratch: string;
const bundleOf = (name: FunctionName, form: BrowserForm = 'packed') =>
  join(scratch, 'bundles', `${name}-${form}`);
const archiveOf = (name: string) => join(scratch, 'archives', name);
const urlOf = (name: string) => `${pathToFileURL(archiveOf(name))}/`;
const recording = await openRecording();
const { edition } = recording;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'balance-bundles-'));
  for (const name of FUNCTION_NAMES) await bundle(name, bundleOf(name));
  await bundle('print', bundleOf('print', 'unpacked'), 'unpacked');
  await writeFile(
    join(scratch, 'invoke.mjs'),
    `const [, , entry, event] = process.argv;
const { handler } = await import(entry);
const context = { getRemainingTimeInMillis: () => 120_000, awsRequestId: 'one' };
try {
  process.stdout.write(JSON.stringify({ answer: await handler(JSON.parse(event), context) }));
} catch ({ name, message }) {
  process.stdout.write(JSON.stringify({ error: { name, message } }));
}
`,
  );
  const archive = openArchive(urlOf('cloud'));
  for (const source of recording.sources) await recording.seal(archive, source);
}, 120_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

const answerSchema = z.strictObject({
  answer: z.unknown().optional(),
  error: z.strictObject({ name: z.string(), message: z.string() }).optional(),
});

/**
 * Calls a bundled handler in a Node of its own, outside the project, with nothing but what the template and
 * Lambda itself give it.
 */
async function invoke(
  name: FunctionName,
  event: object,
  { archive = 'cloud', form = 'packed' }: { archive?: string; form?: BrowserForm } = {},
): Promise<z.infer<typeof answerSchema>> {
  const environment = {
    PATH: '/usr/bin:/bin',
    HOME: scratch,
    TMPDIR: tmpdir(),
    TZ: ':UTC',
    LAMBDA_TASK_ROOT: bundleOf(name, form),
    ARCHIVE_URL: urlOf(archive),
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: 'OpenModelBalance/dev',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    ...(form === 'unpacked' ? { CHROMIUM_FOLDER: BROWSER_FOLDER } : {}),
    ...(name === 'watch' ? { FIRST_EDITION: edition, PUBLISH_DAY: '6' } : {}),
  };
  const entry = join(bundleOf(name, form), 'functions', name, 'handler.mjs');
  const stdout = await new Promise<string>((done, fail) =>
    execFile(
      process.execPath,
      [join(scratch, 'invoke.mjs'), entry, JSON.stringify(event)],
      { cwd: scratch, env: environment, maxBuffer: 1e8 },
      (error, out, err) => (error ? fail(new Error(`${name}: ${err}`, { cause: error })) : done(out)),
    ),
  );
  return answerSchema.parse(JSON.parse(stdout));
}

describe('the bundles', () => {
  it.each(FUNCTION_NAMES)('%s: is one file that fits on Lambda', async (name) => {
    expect(unzippedBytes(bundleOf(name))).toBeLessThan(LIMIT);
    const files = Object.keys(await tree(bundleOf(name)));
    expect(files.filter((file) => file.startsWith('functions/') && /\.m?[jt]s$/.test(file))).toEqual(
      name === 'check'
        ? ['functions/check/handler.mjs', 'functions/check/pdf.worker.mjs']
        : [`functions/${name}/handler.mjs`],
    );
  });

  it('of print fit with either form of the browser, and hold the whole of it', async () => {
    const unpacked = bundleOf('print', 'unpacked');
    expect(unzippedBytes(unpacked)).toBeLessThan(LIMIT);
    const whole = Object.keys(await tree(join(bundleOf('print'), 'node_modules/@sparticuz/chromium')));
    for (const file of ['bin/chromium.br', 'bin/al2023.tar.br', 'bin/swiftshader.tar.br', 'package.json'])
      expect(whole).toContain(file);
    const files = Object.keys(await tree(join(unpacked, BROWSER_FOLDER)));
    expect(files).toEqual(expect.arrayContaining(['chromium', 'manifest.json', 'fonts/fonts.conf']));
  });

  it('of render and start hold the editor’s folder, and render’s the fonts that the theme names', async () => {
    const own = await tree(join(import.meta.dirname, '../../templates'));
    for (const name of ['render', 'start'] as const)
      expect(await tree(join(bundleOf(name), 'templates'))).toEqual(own);
    const fonts = Object.keys(await tree(join(bundleOf('render'), 'node_modules')));
    expect(fonts.filter((file) => file.endsWith('.woff2')).length).toBeGreaterThan(3);
  });

  it('hold no secret, no path of the machine they were made on, and no test', async () => {
    for (const name of FUNCTION_NAMES) {
      const code = await readFile(join(bundleOf(name), 'functions', name, 'handler.mjs'), 'utf8');
      expect(code, name).not.toContain(join(import.meta.dirname, '../..'));
      expect(code, name).not.toMatch(/\bAKIA[0-9A-Z]{16}\b|\bhf_[A-Za-z]{30}|\bsk-or-v1-\w{20}/);
      expect(code, name).not.toMatch(/\bfrom ["']vitest["']/);
    }
  });

  it('made again are the same bytes', async () => {
    for (const name of FUNCTION_NAMES) {
      const again = join(scratch, 'again');
      await bundle(name, again);
      expect(await tree(again), name).toEqual(await tree(bundleOf(name)));
    }
  });
});

describe('the bundles at work, each in a process of its own outside the project', () => {
  it('make the edition the laptop makes, byte for byte, with either form of the browser', async () => {
    const claim = { edition, locale: 'en', locales: LOCALES, templates: 'release' };
    expect(await invoke('compute', claim)).toEqual({ answer: { edition } });
    expect(await invoke('render', claim)).toEqual({ answer: { edition, locale: 'en' } });
    await cp(archiveOf('cloud'), archiveOf('unpacked'), { recursive: true });
    for (const [archive, form] of [
      ['cloud', 'packed'],
      ['unpacked', 'unpacked'],
    ] as const) {
      expect(await invoke('print', claim, { archive, form })).toEqual({ answer: { edition, locale: 'en' } });
      expect(await invoke('check', claim, { archive })).toMatchObject({
        answer: { edition, decision: expect.stringMatching(/^publish/), reasons: expect.any(String) },
      });
      expect(await invoke('publish', claim, { archive })).toEqual({
        answer: { edition, revision: 'r1', changed: true },
      });
    }
    expect(await invoke('publish', claim)).toMatchObject({ answer: { revision: 'r1', changed: false } });

    await runEdition(
      {
        archive: openArchive(urlOf('laptop')),
        edition,
        bodies: { kind: 'recorded', recording },
        from: 'pull',
        until: 'publish',
        locales: LOCALES,
        templates: await loadTemplates(new URL('../../templates/', import.meta.url)),
        now: () => recording.recordedAt,
        environment: process.env,
      },
      silent,
    );
    const published = async (name: string) => {
      // The list of editions and the feeds say when each was published: they are the files with a time of their own.
      const files = Object.entries(await tree(join(archiveOf(name), 'public')));
      return Object.fromEntries(files.filter(([file]) => !/^(editions\.json|feed\.\w+\.xml)$/.test(file)));
    };
    const laptop = await published('laptop');
    expect(Object.keys(laptop)).toEqual(expect.arrayContaining([`${edition}/r1/en/report.pdf`]));
    expect(await published('cloud')).toEqual(laptop);
    expect(await published('unpacked')).toEqual(laptop);
  }, 120_000);

  it('look after what is there', async () => {
    expect(await invoke('watch', {})).toMatchObject({
      answer: { sources: expect.arrayContaining([expect.objectContaining({ source: 'epoch' })]) },
    });
  });

  it('say what is wrong with an event, by the name the state machine knows', async () => {
    expect((await invoke('pull', { edition, source: 'nobody' })).error?.name).toBe('BadRequest');
    expect((await invoke('start', { run: 'draft' })).error?.name).toBe('BadRequest');
    expect(
      (await invoke('render', { edition: '2025-03', locale: 'en', templates: 'release' })).error,
    ).toEqual({
      name: 'IncompleteEdition',
      message: expect.stringContaining('2025-03'),
    });
  });
});
