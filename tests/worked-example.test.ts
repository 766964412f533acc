import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'functions', 'README.md'), 'utf8');

/** A leaderboard in the source's shape; made up. */
const LEADERBOARD = `category,rank,model_name,organization,license,rating,rating_lower,rating_upper,variance,vote_count
overall,1,synthetic-eagle,openai,Proprietary,1507.6,1501.4,1513.7,9.7,16056
overall,2,synthetic-new,new-lab,Apache-2.0,1490.5,1480.1,1500.2,9.7,6056
overall,3,synthetic-whale,deepseek,MIT,1466.2,1460.3,1472.4,9.7,26056
`;

/** Seals a leaderboard in a copy of the program, computes July and prints what came of it. */
const SCRIPT = `
import { Archive } from './functions/archive/archive.ts';
import { openStore } from './functions/archive/open-store.ts';
import { computeEdition } from './functions/compute/compute.ts';
import { parseEdition } from './functions/edition.ts';
import { seal } from './functions/pull/seal.ts';
const archive = new Archive(openStore('memory:'));
const at = '2026-08-01T00:00:00.000Z';
await seal(archive, {
  source: 'arena', retrievedAt: at, sealedAt: at, window: { from: '2026-07-01', to: '2026-07-31' },
  bodies: [{ part: 'leaderboard', url: 'https://example.org/text.csv', headers: { 'content-type': 'text/csv' },
    retrievedAt: at, body: new TextEncoder().encode(process.env.LEADERBOARD), transcribed: null }],
});
const { figures, methods, sources } = await computeEdition({ archive, edition: parseEdition('2026-07') });
const votes = Object.fromEntries(Object.entries(figures).filter(([id]) => id.startsWith('votes.')));
console.log(JSON.stringify({ votes, methods: methods.map(({ id }) => id), sources: sources.map(({ source }) => source) }));
`;
const printed = z.object({
  votes: z.record(
    z.string(),
    z.object({ value: z.number().nullable(), subject: z.string().nullable(), status: z.string() }),
  ),
  methods: z.array(z.string()),
  sources: z.array(z.string()),
});

let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'worked-example-'));
  for (const name of ['functions', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [, kind = '', file = '', text = ''] of readme.matchAll(
    /^```(ts|diff) (\S+)\n([\s\S]*?)^```$/gm,
  )) {
    const path = join(copy, 'functions', file);
    writeFileSync(path, kind === 'ts' ? text : patched(readFileSync(path, 'utf8'), text, file));
  }
  writeFileSync(join(copy, 'example.ts'), SCRIPT);
  writeFileSync(
    join(copy, 'tsconfig.json'),
    JSON.stringify({
      ...JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')),
      include: ['functions'],
    }),
  );
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Applies lines with + after the line before them, and takes away those with -; each must be there exactly once. */
function patched(text: string, patch: string, file: string): string {
  const lines = text.split('\n');
  let at = -1;
  for (const line of patch.trimEnd().split('\n')) {
    const rest = line.slice(1);
    if (line.startsWith('+')) {
      lines.splice(at + 1, 0, rest);
      at += 1;
      continue;
    }
    const found = lines.flatMap((one, index) => (one === rest ? [index] : []));
    if (found.length !== 1)
      throw new Error(`${file} has ${found.length} lines "${rest}": mend functions/README.md`);
    at = found[0] ?? 0;
    if (line.startsWith('-')) lines.splice(at--, 1);
  }
  return lines.join('\n');
}

describe('the worked example of functions/README.md', () => {
  it('passes the type checker', () => {
    const tsc = join(root, 'node_modules', '.bin', 'tsc');
    const { status, stdout } = spawnSync(tsc, ['--noEmit', '-p', copy], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });

  it('is a source, an indicator and a maker that the edition knows, and nothing else was touched', () => {
    const stdout = execFileSync(process.execPath, ['example.ts'], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, LEADERBOARD },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { votes, methods, sources } = printed.parse(JSON.parse(stdout));
    expect(votes['votes.best.china']).toEqual({
      value: 1490.5,
      subject: 'synthetic-new',
      status: 'measured',
    });
    expect(votes['votes.best.united-states']).toEqual({
      value: 1507.6,
      subject: 'synthetic-eagle',
      status: 'measured',
    });
    expect(methods).toContain('votes');
    expect(sources).toEqual(['arena']);
  });
});
