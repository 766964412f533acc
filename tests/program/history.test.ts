import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { figuresArtefact } from '../../functions/compute/figures.ts';
import { inputsArtefact } from '../../functions/compute/inputs.ts';
import { revisionArtefact } from '../../functions/publish/editions.ts';
import { folder, report } from './report.ts';

let archive: Awaited<ReturnType<typeof folder>>;
const file = (path: string) => readFile(join(archive.path, 'public', path));

beforeAll(async () => {
  archive = await folder();
  const run = async (...args: string[]) => {
    const { code, stderr } = await report([...args, '--archive', archive.url]);
    expect([code, stderr]).toEqual([0, '']);
  };
  await run('--until', 'pull');
  await run('--edition', '2026-06', '--from', 'compute', '--locale', 'en');
  await run('--edition', '2026-07', '--from', 'compute', '--locale', 'en');
});
afterAll(() => archive[Symbol.asyncDispose]());

describe('June and July of 2026, published one after the other', () => {
  it('give July a history of two editions, pinned by checksum', async () => {
    const { earlier } = inputsArtefact.parse(await file('2026-07/r1/inputs.json'), 'inputs');
    const { files } = revisionArtefact.parse(await file('2026-06/r1/revision.json'), 'revision');
    const june = files.find(({ path }) => path === 'figures.json')?.sha256;
    expect(earlier).toEqual([{ edition: '2026-06', revision: 'r1', sha256: june }]);
    const { series, tables } = figuresArtefact.parse(await file('2026-07/r1/figures.json'), 'figures');
    const usage = series['axis-history']?.rows.filter(({ axis }) => axis === 'usage');
    expect(usage?.map(({ edition, side }) => `${edition} ${side}`)).toEqual([
      '2026-06 china',
      '2026-06 united-states',
      '2026-07 china',
      '2026-07 united-states',
    ]);
    expect(tables.leads?.rows).toContainEqual({
      axis: 'usage',
      leader: 'china',
      since: '2026-06',
      contestedSince: null,
      editions: 2,
    });
    expect(tables.restatements?.rows).toEqual([]);
  });

  it('print as lines of the scorecard, on a page they fit', async () => {
    const web = (await file('2026-07/r1/en/web.html')).toString();
    expect(web.match(/class="sparkline"/g)).toHaveLength(4);
    expect(web).toContain('The axis over 2 editions, June 2026 to July 2026');
  });
});
