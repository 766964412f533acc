import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { huggingface } from '../../functions/sources/huggingface.ts';
import { openReader } from '../../functions/sources/reader.ts';
import type { RawBody } from '../../functions/sources/source.ts';
import * as faults from './faults.ts';
import { raw, retrieved } from './retrieved.ts';
import { startSources } from './servers.ts';

const OCTOBER = { from: '2026-09-01', to: '2026-10-31' };
const rows = z.array(z.object({ downloads: z.number(), createdAt: z.string() }));
const downloadsOf = ({ body }: RawBody) =>
  rows.parse(JSON.parse(new TextDecoder().decode(body))).map(({ downloads }) => downloads);
const createdOf = ({ body }: RawBody) =>
  rows.parse(JSON.parse(new TextDecoder().decode(body))).map(({ createdAt }) => createdAt);

describe('the Hub', () => {
  it('is read page by page, for every maker and for the most downloaded of all', async () => {
    await using servers = await startSources();
    const bodies = await retrieved(huggingface, servers);
    const { observations, universe, remarks } = huggingface.parse(bodies, OCTOBER);
    expect(bodies.filter(({ url }) => url.includes('author=Qwen'))).toHaveLength(3);
    expect(observations.filter(({ model }) => model.startsWith('Qwen/'))).toHaveLength(12);
    expect(observations.map(({ model }) => model)).toContain('synthetic-community/Synthetic-1');
    expect(universe).toBe(
      'The 24 public model repositories in the 3 namespaces of known makers. The Hub’s 50 most downloaded, down to 1000 requests in 30 days. The 20 newest repositories, back to 2026-10-01.',
    );
    expect(remarks).toEqual([]);
  });

  it('gives each repository once, with all that is told of it', async () => {
    await using servers = await startSources();
    const { observations } = huggingface.parse(await retrieved(huggingface, servers));
    expect(new Set(observations.map(({ model }) => model)).size).toBe(observations.length);
    expect(observations.find(({ model }) => model === 'Qwen/Synthetic-2')).toEqual({
      kind: 'repository',
      listing: 'most-downloaded',
      model: 'Qwen/Synthetic-2',
      downloads30d: 2_250_000n,
      downloadsAllTime: 24_750_000n,
      likes: 20,
      createdAt: '2026-10-11T08:00:00.000Z',
      pipelineTag: 'text-generation',
      licence: 'apache-2.0',
      parameters: 8_000_000_000,
      gated: 'auto',
      bases: [],
      children: 30,
    });
    expect(observations.find(({ model }) => model.startsWith('synthetic-community/'))?.bases).toEqual([
      { model: 'Qwen/Synthetic-1', relation: 'quantized' },
    ]);
  });

  it('is read by downloads down to the floor, and no page further', async () => {
    await using servers = await startSources({ pageSize: 10 });
    const bodies = await retrieved(huggingface, servers);
    const top = bodies.filter(({ part }) => part === 'most-downloaded').map(downloadsOf);
    expect(
      top
        .slice(0, -1)
        .flat()
        .every((downloads) => downloads >= 1000),
    ).toBe(true);
    const poor = faults.body(
      JSON.stringify([
        { id: 'x/rich', downloads: 5000 },
        { id: 'x/poor', downloads: 999 },
      ]),
      'application/json',
      { link: '</hub/api/models?sort=downloads&cursor=more>; rel="next"' },
    );
    await using floored = await startSources({ faults: [{ match: /sort=downloads&limit/, answer: poor }] });
    const stopped = await retrieved(huggingface, floored, { makers: [] });
    expect(stopped.filter(({ part }) => part === 'most-downloaded')).toHaveLength(1);
  });

  it('is read by creation back to the first of the latest month, and no page further', async () => {
    await using servers = await startSources({ pageSize: 5 });
    const bodies = await retrieved(huggingface, servers);
    const pages = bodies.filter(({ part }) => part === 'created').map(createdOf);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.slice(0, -1).every((page) => (page.at(-1) ?? '') >= '2026-10-01')).toBe(true);
    expect((pages.at(-1)?.at(-1) ?? '') < '2026-10-01').toBe(true);
  });

  it('is asked for its newest once more without a direction, where the Hub takes none', async () => {
    await using servers = await startSources({ knowsDirection: false });
    const { remarks } = huggingface.parse(await retrieved(huggingface, servers));
    expect(remarks).toEqual([]);
  });

  it('goes on where the Hub cannot be sorted by creation, and says what cannot be counted', async () => {
    await using servers = await startSources({ sortsByCreation: false });
    const { observations, remarks } = huggingface.parse(await retrieved(huggingface, servers));
    expect(observations.length).toBeGreaterThan(40);
    expect(remarks).toEqual([expect.stringMatching(/newest repositories were not listed/)]);
  });

  it('gives a model once that a shifted page repeats, and its listing by listing', () => {
    const page = (part: string, ids: readonly string[]) =>
      raw(
        part,
        'https://hub/api/models?sort=downloads',
        ids.map((id) => ({ id, downloads: 7 })),
      );
    const reader = openReader(huggingface);
    const taken = [
      page('most-downloaded', ['a/1', 'a/2', 'a/3']),
      page('most-downloaded', ['a/3', 'A/2', 'a/4']),
      page('created', ['a/4']),
    ].flatMap((body) => [...reader.take(body)].map(({ model, listing }) => `${model} ${listing}`));
    expect(taken).toEqual([
      'a/1 most-downloaded',
      'a/2 most-downloaded',
      'a/3 most-downloaded',
      'a/4 most-downloaded',
      'a/4 created',
    ]);
  });

  it('sends the token with every page and stores it nowhere', async () => {
    await using servers = await startSources();
    const bodies = await retrieved(huggingface, servers, { makers: ['Qwen'] }, { HF_TOKEN: 'hf_secret' });
    expect(servers.headers().authorization).toBe('Bearer hf_secret');
    expect(JSON.stringify(bodies.map(({ url, headers }) => [url, headers]))).not.toContain('hf_secret');
  });

  it('is asked for less where its listing does not know childrenModelCount, and says so', async () => {
    await using servers = await startSources({ knowsChildren: false });
    const { observations, remarks } = huggingface.parse(await retrieved(huggingface, servers));
    expect(observations.every(({ children }) => children === null)).toBe(true);
    expect(remarks).toEqual([expect.stringContaining('childrenModelCount')]);
    expect(servers.requests.filter((path) => path.includes('childrenModelCount'))).toHaveLength(1);
  });

  it.each([
    ['answers 404', faults.status(404)],
    ['is empty', faults.body('[]')],
  ])('remarks a namespace that %s, and goes on', async (_how, answer) => {
    await using servers = await startSources({ faults: [{ match: /author=deepseek-ai/, answer }] });
    const { observations, remarks } = huggingface.parse(await retrieved(huggingface, servers));
    expect(remarks).toEqual(['No models are listed under deepseek-ai: renamed, emptied or gone.']);
    expect(observations.some(({ model }) => model.startsWith('google/'))).toBe(true);
  });

  it.each([
    [
      'to the same page',
      '/hub/api/models?author=Qwen',
      /does not end: after \d pages its Link header names a page that was read already/,
    ],
    [
      'to another host',
      'https://example.org/api/models?cursor=x',
      /leads to https:\/\/example\.org, but only/,
    ],
    ['nowhere', 'https://', /names no URL as its next page/],
  ])('refuses a next page that leads %s', async (_where, next, message) => {
    const page = faults.body('[]', 'application/json', { link: `<${next}>; rel="next"` });
    await using servers = await startSources({ faults: [{ match: /author=Qwen/, answer: page }] });
    await expect(retrieved(huggingface, servers)).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringMatching(message),
    });
  });

  const page = (models: unknown) =>
    huggingface.parse([raw('namespace', 'https://hub/api/models?author=Qwen', models)]);
  const model = (more: object) => [
    { id: 'Qwen/Synthetic-1', downloads: 1 },
    { id: 'Qwen/Synthetic-2', downloads: 2, ...more },
  ];

  it.each([
    [
      { downloads: -1 },
      /row 2, field downloads is not as documented: expected a whole number, not negative|from 0 to 2\^63-1, found "-1"/,
    ],
    [{ downloads: 1.5 }, /field downloads .*found "1\.5"/],
    [{ downloads: undefined }, /field downloads .*found nothing/],
    [{ downloads: null }, /field downloads .*found "null"/],
    [{ downloads: 1e19 }, /field downloads .*exactly written/],
    [{ downloads: '9223372036854775808' }, /from 0 to 2\^63-1, found "9223372036854775808"/],
    [{ downloadsAllTime: -5 }, /field downloadsAllTime/],
    [{ likes: 0.5 }, /field likes/],
    [{ id: 'Qwen' }, /field id .*expected owner\/name, found "Qwen"/],
    [{ id: 'Qwen/<b>x</b>' }, /field id .*found "Qwen\/<b>x<\/b>"/],
    [{ id: 'Qwen/\u202Egnp' }, /field id .*found "Qwen\/\\u\{202e\}gnp"/],
    [{ id: `Qwen/${'x'.repeat(10_000)}` }, /field id .*x…"/],
    [{ createdAt: 'yesterday' }, /field createdAt/],
    [{ gated: 'sometimes' }, /field gated/],
    [{ childrenModelCount: { finetune: -1 } }, /field childrenModelCount\.finetune/],
    [{ safetensors: { total: -1 } }, /field safetensors\.total/],
  ])('refuses %j, naming row and field', (more, message) => {
    expect(() => page(model(more))).toThrow(
      expect.objectContaining({ name: 'SourceChanged', message: expect.stringMatching(message) }),
    );
  });

  it('keeps messages short and printable whatever it finds', () => {
    const error = (() => {
      try {
        page(model({ id: `\u0007\u2066${'x'.repeat(10_000)}` }));
      } catch (caught) {
        return String(caught);
      }
      return '';
    })();
    expect(error.length).toBeLessThan(500);
    expect(error).not.toMatch(/[\p{Cc}\u2066]/u);
  });

  it('takes names that mean something to a program as the data they are', () => {
    const text =
      '[{"id":"__proto__/constructor","downloads":3,"__proto__":{"downloads":9},"tags":["base_model:__proto__/toString","license:{{x}}"]}]';
    const { observations } = huggingface.parse([
      raw('namespace', 'https://hub/api/models?author=__proto__', text),
    ]);
    expect(observations).toMatchObject([
      {
        model: '__proto__/constructor',
        downloads30d: 3n,
        bases: [{ model: '__proto__/toString', relation: 'unstated' }],
        licence: null,
      },
    ]);
    expect(Object.hasOwn(Object.prototype, 'downloads')).toBe(false);
  });

  it('reads bases and their relation from tags where the Hub resolved none', () => {
    const tags = [
      'base_model:Qwen/A',
      'base_model:quantized:Qwen/A',
      'base_model:Qwen/B',
      'base_model:adapter:Qwen/C',
      'base_model:nobody',
    ];
    expect(page([{ id: 'x/y', downloads: 1, tags }]).observations[0]?.bases).toEqual([
      { model: 'Qwen/A', relation: 'quantized' },
      { model: 'Qwen/B', relation: 'unstated' },
      { model: 'Qwen/C', relation: 'adapter' },
    ]);
  });

  it.each([
    ['{"error":"x"}', /expected array/],
    ['[{"id":"Qwen/A"', /not JSON, or cut short/],
    [Buffer.from([0xff, 0xfe, 0x00]), /not UTF-8/],
  ])('refuses the body %s', (text, message) => {
    expect(() => huggingface.parse([raw('namespace', 'https://hub/api/models?author=Qwen', text)])).toThrow(
      message,
    );
  });
});
