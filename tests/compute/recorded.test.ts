import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openStore } from '../../functions/archive/open-store.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import { type Figures, figuresArtefact } from '../../functions/compute/figures.ts';
import { inputsArtefact } from '../../functions/compute/inputs.ts';
import { publishedSchema } from '../../functions/compute/schema.ts';
import { parseEdition } from '../../functions/edition.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import * as recomputed from './recompute.ts';

const MONTHS = ['2026-06', '2026-07'] as const;

let archive: Archive;
let figures: Figures;
const byMonth = new Map<string, Figures>();
const recording = await openRecording();

beforeAll(async () => {
  archive = new Archive(openStore('memory:'));
  for (const source of recording.sources) await recording.seal(archive, source);
  for (const month of MONTHS)
    byMonth.set(month, await computeEdition({ archive, edition: parseEdition(month) }));
  figures = of('2026-07');
});

function of(month: string): Figures {
  const found = byMonth.get(month);
  if (!found) throw new Error(`${month} was not computed`);
  return found;
}

async function draft(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const key of archive.list(keys.draft(recording.edition)))
    found.set(key, Buffer.from((await archive.store.get(key))?.body ?? []).toString('base64'));
  return found;
}

describe.each(MONTHS)('the recorded %s', (month) => {
  const golden = new URL(`../golden/figures-${month}.json`, import.meta.url);
  const changed = new URL(`../golden/figures-${month}.changed.json`, import.meta.url);

  it('has the figures that were looked at', () => {
    const core = Object.fromEntries(
      Object.entries(of(month).figures).map(([id, { value, low, high, status, direction, subject }]) => [
        id,
        { value, low, high, status, direction, subject },
      ]),
    );
    const text = `${JSON.stringify(core, null, 1)}\n`;
    const expected = existsSync(golden) ? readFileSync(golden, 'utf8') : '{}';
    if (text === expected) rmSync(changed, { force: true });
    else writeFileSync(changed, text);
    expect(core).toEqual(JSON.parse(expected));
  });

  it('has the same counts as a script that shares no code, from the raw bodies', () => {
    const { figures } = of(month);
    for (const [id, count] of Object.entries(recomputed.downloads(month)))
      expect([id, figures[`downloads.${id}`]?.value]).toEqual([id, count]);
    if (month === '2026-07')
      for (const [country, count] of Object.entries(recomputed.derivatives(month)))
        expect([country, figures[`derivatives.count.${country}`]?.value]).toEqual([country, count]);
    for (const paid of [false, true])
      expect(figures[`usage${paid ? '.paid' : ''}.tokens.total`]?.value).toBe(
        recomputed.usage(month, paid)['tokens.total'],
      );
  });

  it('has the same shares, to nine decimals', () => {
    const { figures } = of(month);
    for (const [prefix, paid] of [
      ['usage', false],
      ['usage.paid', true],
    ] as const) {
      for (const [name, expected] of Object.entries(recomputed.usage(month, paid))) {
        const [id = '', part = 'value'] = name.split(' ');
        if (typeof expected === 'string') continue;
        expect(figures[`${prefix}.${id}`]?.[part as 'value' | 'low' | 'high'], name).toBeCloseTo(expected, 9);
      }
    }
    const same = (prefix: string, counted: Record<string, number>) => {
      for (const [id, expected] of Object.entries(counted))
        expect(figures[`${prefix}.${id}`]?.value, `${prefix}.${id}`).toBeCloseTo(expected, 9);
    };
    same('derivatives.dependency', recomputed.dependency(month));
    same('usage.vendor-share', recomputed.vendors(month));
    if (month === '2026-07') {
      same('licences.share', recomputed.licences(month));
      same('concentration.downloads.hhi', recomputed.herfindahl(month));
    }
  });

  it('has the same prices, to the hundredth of a cent', () => {
    for (const [id, expected] of Object.entries(recomputed.prices(month)))
      expect(of(month).figures[`price.${id}`]?.value, id).toBeCloseTo(expected, 3);
  });

  it('has the same best models', () => {
    for (const [camp, { model, score }] of Object.entries(recomputed.capability(month))) {
      const found = of(month).figures[`capability.best.${camp}`];
      if (found) expect([camp, found.subject, found.value]).toEqual([camp, model, score]);
    }
  });
});

describe('the recorded July of 2026', () => {
  it('compares the same models with June as the separate script does', () => {
    for (const [country, { now, before }] of Object.entries(recomputed.panel())) {
      const found = figures.figures[`downloads.language.panel-share.${country}`];
      expect(found?.value).toBeCloseTo(now, 9);
      expect(found?.previous?.value).toBeCloseTo(before, 9);
    }
  });

  it('sets aside the counter of May that went from two millions to 187 and back', () => {
    expect(figures.tables['downloads-repairs']?.rows).toEqual([
      {
        model: 'Qwen/Qwen3-VL-2B-Instruct',
        day: '2026-05-06',
        counted: '186982016',
        used: '0',
        repair: 'set-aside',
        cause: 'spike',
      },
    ]);
  });

  it('gives the same bytes again from the same snapshots', async () => {
    const first = await draft();
    await computeEdition({ archive, edition: recording.edition });
    expect(await draft()).toEqual(first);
  });

  it('is marked recorded, and every source says that it was transcribed', () => {
    expect(figures.kind).toBe('recorded');
    expect(figures.sources.map(({ source, serves }) => `${source} ${serves}`)).toEqual([
      'huggingface edition',
      'openrouter-usage edition',
      'openrouter-models edition',
      'epoch edition',
      'huggingface comparison',
      'huggingface comparison',
    ]);
    expect(figures.sources.every(({ bodies }) => bodies.every(({ transcribed }) => transcribed))).toBe(true);
    expect(figures.checks.find(({ id }) => id === 'compute.own-bytes')?.outcome).toBe('warning');
  });

  it('is known to the registry for at least 99 % of named tokens and 95 % of makers’ language-model downloads', () => {
    const outcomes = Object.fromEntries(figures.checks.map(({ id, outcome }) => [id, outcome]));
    expect(outcomes).toMatchObject({
      'compute.tokens-known': 'passed',
      'compute.makers-placed': 'passed',
      'compute.downloads-labelled': 'passed',
    });
  });

  it('asks for no hold and no refusal', () => {
    expect(figures.checks.filter(({ outcome }) => outcome === 'hold' || outcome === 'refuse')).toEqual([]);
  });

  it('compares usage with June, and downloads by the matched panel alone', () => {
    expect(figures.figures['usage.open-share']?.previous).toMatchObject({
      comparable: true,
      window: { from: '2026-06-01', to: '2026-06-30' },
    });
    expect(figures.figures['downloads.language.publisher.china']).toMatchObject({
      direction: 'not comparable',
      previous: { comparable: false, value: null },
    });
    expect(figures.figures['downloads.language.panel-share.china']?.previous).toMatchObject({
      comparable: true,
      window: { from: '2026-06-07', to: '2026-07-06' },
    });
    expect(figures.figures['derivatives.count.china']).toMatchObject({ status: 'partial', value: '27' });
  });

  it('sets NVIDIA’s NVFP4 of a Qwen model aside', () => {
    expect(figures.tables['downloads-set-aside']?.rows).toContainEqual({
      model: 'nvidia/Qwen3.6-35B-A3B-NVFP4',
      uploader: 'nvidia',
      base: 'Qwen/Qwen3.6-35B-A3B',
      downloads: '10166794',
      reason: 'copy',
    });
  });

  it('pins the seals and the registry it was made from', async () => {
    const { value } = await archive.read(inputsArtefact, keys.inputs(recording.edition));
    expect(value.snapshots.map(({ sha256 }) => sha256)).toEqual(figures.sources.map(({ sha256 }) => sha256));
    expect(value.registries.map(({ name }) => name)).toEqual([
      'organisations.json',
      'openness.json',
      'tracked-models.json',
    ]);
  });

  it('writes every table beside the figures as CSV', async () => {
    const written = [...(await draft()).keys()].filter((key) => key.endsWith('.csv'));
    const tables = [
      ...['figures', 'origins', 'bodies'],
      ...Object.keys(figures.tables),
      ...Object.keys(figures.series),
    ];
    expect(written).toEqual(tables.map((id) => keys.table(recording.edition, id)).sort());
  });

  it('is read back as it was written', async () => {
    expect((await archive.read(figuresArtefact, keys.figures(recording.edition))).value).toEqual(figures);
  });
});

describe('an archive without what the edition needs', () => {
  it('gives an edition in which every figure says why it is missing', async () => {
    const empty = new Archive(openStore('memory:'));
    const found = await computeEdition({ archive: empty, edition: recording.edition });
    expect(found.absent).toHaveLength(4);
    expect(found.checks.find(({ id }) => id === 'compute.something-printable')?.outcome).toBe('refuse');
  });

  it('is named when a sealed body has other bytes than were sealed', async () => {
    const broken = new Archive(openStore('memory:'));
    const { key } = await recording.seal(broken, 'epoch');
    const body = `${key.slice(0, key.lastIndexOf('/'))}/00001.csv`;
    await broken.store.put(body, new TextEncoder().encode('Model,eci\n'));
    await expect(computeEdition({ archive: broken, edition: recording.edition })).rejects.toMatchObject({
      name: 'ArchiveCorrupt',
    });
  });
});

describe('the published schema of the figures', () => {
  const schema = new URL('../../functions/compute/figures.schema.json', import.meta.url);

  it('is the one that the code says', () => {
    expect(readFileSync(schema, 'utf8')).toBe(publishedSchema());
  });

  it('is checked on request, with what to do', () => {
    const script = new URL('../../functions/compute/schema.ts', import.meta.url);
    const run = () =>
      execFileSync(process.execPath, [script.pathname, '--check'], { encoding: 'utf8', stdio: 'pipe' });
    expect(run).not.toThrow();
  });
});
