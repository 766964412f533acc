import { describe, expect, it } from 'vitest';
import { epoch } from '../../functions/sources/epoch.ts';
import { openHttp } from '../../functions/sources/http.ts';
import { huggingface } from '../../functions/sources/huggingface.ts';
import { SOURCES, sourceNamed } from '../../functions/sources/index.ts';
import { openrouterModels } from '../../functions/sources/openrouter-models.ts';
import { openrouterUsage } from '../../functions/sources/openrouter-usage.ts';
import { originSchema } from '../../functions/sources/origin.ts';
import {
  type Environment,
  type RawBody,
  SOURCE_NAMES,
  type Source,
  type Wish,
} from '../../functions/sources/source.ts';
import * as faults from './faults.ts';
import { tokensOf } from './figures.ts';
import { type Servers, startSources } from './servers.ts';

const WISH: Wish = {
  window: { from: '2026-09-01', to: '2026-10-31' },
  makers: ['Qwen', 'deepseek-ai', 'google'],
};

/** Everything a source gives, asked of servers on this machine. */
async function retrieved(source: Source, servers: Servers, wish: Partial<Wish> = {}, more: Environment = {}) {
  const environment = { ...servers.environment, ...more };
  const http = openHttp({ source: source.name, environment, sleep: async () => {} });
  const bodies: RawBody[] = [];
  for await (const body of source.retrieve(http, { ...WISH, ...wish }, environment)) bodies.push(body);
  return bodies;
}

describe('every source', () => {
  it('is found by its name, and declares whom to cite', () => {
    expect(SOURCES.map(({ name }) => name)).toEqual([...SOURCE_NAMES]);
    for (const source of SOURCES) {
      expect(sourceNamed(source.name)).toBe(source);
      expect(originSchema.safeParse(source.origin).success).toBe(true);
      expect(source.origin.citation).toContain('{as_of}');
    }
    expect(() => sourceNamed('__proto__')).toThrow(
      /There is no source "__proto__". There are: huggingface, /,
    );
  });

  it('says before it asks what an absent key narrows', () => {
    expect(openrouterUsage.limits({})).toEqual([
      expect.stringMatching(/Without OPENROUTER_API_KEY .* begin with 2026-08-20/),
    ]);
    expect(openrouterUsage.limits({ OPENROUTER_API_KEY: 'synthetic-key' })).toEqual([]);
    expect(huggingface.limits({ HF_TOKEN: '' })).toHaveLength(1);
    expect(huggingface.limits({ HF_TOKEN: 'hf_x' })).toEqual([]);
  });

  it('refuses a key that could not stand in a header, without telling it', () => {
    expect(() => huggingface.limits({ HF_TOKEN: 'hf_x\nhost: evil' })).toThrow(
      /^HF_TOKEN has characters(?!.*evil)/,
    );
  });
});

describe('the Hub', () => {
  it('is read page by page, for every maker and for the most downloaded of all', async () => {
    await using servers = await startSources();
    const bodies = await retrieved(huggingface, servers);
    const { observations, universe, remarks } = huggingface.parse(bodies);
    expect(bodies.filter(({ url }) => url.includes('author=Qwen'))).toHaveLength(3);
    expect(bodies.filter(({ part }) => part === 'most-downloaded')).toHaveLength(4);
    expect(observations.filter(({ model }) => model.startsWith('Qwen/'))).toHaveLength(12);
    expect(observations.map(({ model }) => model)).toContain('synthetic-community/Synthetic-1');
    expect(universe).toMatch(/of the 3 namespaces of known makers or among the Hub's 20 most downloaded/);
    expect(remarks).toEqual([]);
  });

  it('gives each repository once, with all that is told of it', async () => {
    await using servers = await startSources();
    const { observations } = huggingface.parse(await retrieved(huggingface, servers));
    expect(new Set(observations.map(({ model }) => model)).size).toBe(observations.length);
    expect(observations.find(({ model }) => model === 'Qwen/Synthetic-2')).toEqual({
      kind: 'repository',
      model: 'Qwen/Synthetic-2',
      downloads30d: 4_500_000n,
      downloadsAllTime: 49_500_000n,
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

describe('usage on OpenRouter', () => {
  const EXPORTED = { from: '2026-09-01', to: '2026-10-31' };

  it('is read from as few settled exports as cover the days, each verified', async () => {
    await using servers = await startSources();
    const bodies = await retrieved(openrouterUsage, servers);
    expect(bodies.map(({ part, url }) => `${part} ${url.split('/').at(-1)}`)).toEqual([
      'index index.json',
      'manifest latest.manifest.json',
      'manifest 2026-11-06.manifest.json',
      'export 2026-11-06.csv',
      'manifest 2026-10-14.manifest.json',
      'export 2026-10-14.csv',
      'manifest 2026-09-21.manifest.json',
      'export 2026-09-21.csv',
    ]);
    const { observations, remarks, asOf } = openrouterUsage.parse(bodies, EXPORTED);
    expect(remarks).toEqual([]);
    expect(asOf).toBe('2026-11-06T01:46:00Z');
    expect(new Set(observations.map(({ day }) => day))).toContain('2026-09-01');
    expect(observations.find(({ day, variant }) => day === '2026-09-15' && variant === 'free')).toEqual({
      kind: 'usage',
      day: '2026-09-15',
      slug: 'nvidia/nemotron-3-ultra-550b-a55b-20260604',
      variant: 'free',
      tokens: tokensOf('nvidia/nemotron-3-ultra-550b-a55b-20260604:free', '2026-09-15'),
    });
  });

  it('names the days that cannot be had without a key', async () => {
    await using servers = await startSources({ month: '2026-09' });
    const window = { from: '2026-08-01', to: '2026-09-30' };
    const { observations, remarks } = openrouterUsage.parse(
      await retrieved(openrouterUsage, servers, { window }),
      window,
    );
    expect(remarks).toEqual([
      'No tokens for 2026-08-01 to 2026-08-19: the public exports do not reach them, and there was no OPENROUTER_API_KEY.',
    ]);
    expect(observations[0]?.day).toBe('2026-08-20');
  });

  it('goes without any export for a month before there were any', async () => {
    await using servers = await startSources();
    const window = { from: '2026-06-01', to: '2026-07-31' };
    const bodies = await retrieved(openrouterUsage, servers, { window });
    expect(bodies.map(({ part }) => part)).toEqual(['index', 'manifest']);
    expect(openrouterUsage.parse(bodies, window)).toMatchObject({
      observations: [],
      remarks: [expect.stringContaining('2026-06-01 to 2026-07-31')],
    });
  });

  it('takes the next export where one was not published', async () => {
    await using servers = await startSources({
      faults: [{ match: /2026-10-14\.manifest/, answer: faults.status(404) }],
    });
    const bodies = await retrieved(openrouterUsage, servers);
    expect(bodies.map(({ url }) => url.split('/').at(-1))).toContain('2026-10-15.csv');
    expect(openrouterUsage.parse(bodies, EXPORTED).remarks).toEqual([]);
  });

  it('with a key is read from the dataset, at most 366 days a call, from 2025 on', async () => {
    await using servers = await startSources();
    const window = { from: '2024-12-01', to: '2026-10-31' };
    const bodies = await retrieved(
      openrouterUsage,
      servers,
      { window },
      { OPENROUTER_API_KEY: 'synthetic-key' },
    );
    expect(servers.requests).toEqual([
      '/api/v1/datasets/rankings-daily?start_date=2025-01-01&end_date=2026-01-01&period=day',
      '/api/v1/datasets/rankings-daily?start_date=2026-01-02&end_date=2026-10-31&period=day',
    ]);
    expect(JSON.stringify(bodies.map(({ url, headers }) => [url, headers]))).not.toContain('synthetic-key');
    const { observations, remarks, asOf } = openrouterUsage.parse(bodies, window);
    expect(asOf).toBe('2026-11-06T05:00:00Z');
    expect(remarks).toEqual(['No tokens for 2024-12-01 to 2024-12-31.']);
    expect(observations[0]).toMatchObject({
      day: '2025-01-01',
      tokens: tokensOf('deepseek/deepseek-v3.2-20251201', '2025-01-01'),
    });
  });

  it('says that a key was refused', async () => {
    await using servers = await startSources();
    await expect(
      retrieved(openrouterUsage, servers, {}, { OPENROUTER_API_KEY: 'wrong-key' }),
    ).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringMatching(/refuses the request \(401\). The key was sent/),
    });
  });

  it.each([
    [
      'has other bytes of the same length',
      (csv: string) => csv.replace('deepseek', 'deepfeek'),
      /its manifest states the SHA-256 [0-9a-f]{64}, it is/,
    ],
    ['is shorter', (csv: string) => csv.slice(0, -100), /its manifest states \d+ bytes, there are/],
  ])('refuses an export that %s than its manifest vouches for', async (_how, spoil, message) => {
    await using servers = await startSources();
    const bodies = await retrieved(openrouterUsage, servers);
    const spoilt = bodies.map((body) =>
      body.url.endsWith('2026-10-14.csv')
        ? { ...body, body: Buffer.from(spoil(Buffer.from(body.body).toString())) }
        : body,
    );
    expect(() => openrouterUsage.parse(spoilt, EXPORTED)).toThrow(message);
    const unvouched = bodies.filter(({ url }) => !url.endsWith('2026-10-14.manifest.json'));
    expect(() => openrouterUsage.parse(unvouched, EXPORTED)).toThrow(/no manifest vouches for it/);
  });

  const row = (more: object = {}) => ({
    date: '2026-07-01',
    model_permaslug: 'qwen/synthetic',
    total_tokens: '5',
    ...more,
  });
  const answer = (data: unknown, meta: object = {}) =>
    raw('keyed', 'https://openrouter.ai/api/v1/datasets/rankings-daily', {
      data,
      meta: {
        as_of: '2026-08-01T00:00:00Z',
        version: 'v1',
        start_date: '2026-07-01',
        end_date: '2026-07-31',
        ...meta,
      },
    });

  it.each([
    [row({ total_tokens: '-5' }), /row 1, field total_tokens/],
    [row({ total_tokens: '5.5' }), /field total_tokens .*found "5\.5"/],
    [row({ total_tokens: 5 }), /field total_tokens .*expected string/],
    [row({ total_tokens: '' }), /field total_tokens/],
    [row({ total_tokens: undefined }), /field total_tokens .*found nothing/],
    [row({ total_tokens: '9223372036854775808' }), /from 0 to 2\^63-1/],
    [row({ date: '2026-02-30' }), /field date/],
    [row({ date: '01.07.2026' }), /field date/],
    [row({ model_permaslug: 'no vendor' }), /field model_permaslug/],
    [row({ model_permaslug: 'a/\u0000' }), /field model_permaslug .*\\u0000/],
    [row({ model_permaslug: `a/${'x'.repeat(10_000)}` }), /field model_permaslug/],
  ])('refuses %j, naming row and field', (bad, message) => {
    expect(() => openrouterUsage.parse([answer([bad])])).toThrow(
      expect.objectContaining({ name: 'SourceChanged', message: expect.stringMatching(message) }),
    );
  });

  it.each([
    [{ as_of: 'today' }, /expected an instant/],
    [{ version: 'v2' }, /field meta\.version/],
    [{ as_of: undefined }, /field meta\.as_of/],
  ])('refuses a meta of %j', (meta, message) => {
    expect(() => openrouterUsage.parse([answer([row()], meta)])).toThrow(message);
  });

  it('counts up to 2^63-1, and slugs named like an object’s own members', () => {
    const data = [
      row({ total_tokens: '9223372036854775807' }),
      row({ model_permaslug: '__proto__/constructor' }),
    ];
    expect(openrouterUsage.parse([answer(data)]).observations).toMatchObject([
      { tokens: 9_223_372_036_854_775_807n },
      { slug: '__proto__/constructor', tokens: 5n },
    ]);
  });

  it('drops a row that stands twice with one count, and refuses one with two', () => {
    const { observations, remarks } = openrouterUsage.parse([answer([row(), row()])]);
    expect(observations).toHaveLength(1);
    expect(remarks).toEqual([
      'qwen/synthetic stood twice on 2026-07-01 with the same count; one row was dropped.',
    ]);
    expect(() => openrouterUsage.parse([answer([row(), row({ total_tokens: '6' })])])).toThrow(
      /row 2, field total_tokens .*with 5 and 6 tokens/,
    );
  });

  it('takes each day from the newest body that has it, wherever it stands', () => {
    const older = answer([row({ total_tokens: '4' })]);
    const newer = answer([row({ total_tokens: '6' })], { as_of: '2026-08-02T00:00:00Z' });
    for (const bodies of [
      [older, newer],
      [newer, older],
    ])
      expect(openrouterUsage.parse(bodies)).toMatchObject({
        asOf: '2026-08-02T00:00:00Z',
        observations: [{ tokens: 6n }],
      });
  });
});

describe('the catalogue of OpenRouter', () => {
  const item = (more: object = {}) => ({
    id: 'qwen/synthetic:free',
    canonical_slug: 'qwen/synthetic-20260701',
    hugging_face_id: 'Qwen/Synthetic',
    name: 'Qwen: Synthetic',
    created: 1_784_000_000,
    context_length: 8192,
    pricing: { prompt: '0.0000001', completion: '0' },
    ...more,
  });
  const parse = (...data: object[]) =>
    openrouterModels.parse([raw('models', 'https://openrouter.ai/api/v1/models', { data })]);

  it('is read with prices as they are written', async () => {
    await using servers = await startSources();
    const { observations, asOf } = openrouterModels.parse(await retrieved(openrouterModels, servers));
    expect(observations).toHaveLength(12);
    expect(observations[0]).toMatchObject({
      promptPrice: '0.000010',
      completionPrice: '0.00010',
      huggingFaceId: 'Qwen/Synthetic-1',
    });
    expect(observations[1]?.huggingFaceId).toBeNull();
    expect(Date.parse(asOf)).not.toBeNaN();
  });

  it('takes markup and braces in a name as the data they are', () => {
    const name = '<script>alert(1)</script> {{constructor}} & __proto__';
    expect(parse(item({ name })).observations[0]?.name).toBe(name);
  });

  it.each([
    [{ name: 'x\u202Ey' }, /field name .*control or text-direction characters, found "x\\u\{202e\}y"/],
    [{ name: 'x\u0000' }, /field name/],
    [{ name: 'x'.repeat(10_000) }, /field name .*at most 500 characters/],
    [{ name: '' }, /field name/],
    [{ id: '' }, /field id/],
    [{ pricing: { prompt: 0, completion: '0' } }, /field pricing\.prompt/],
    [{ pricing: { prompt: '1e-7', completion: '0' } }, /expected a price as a decimal string/],
    [{ pricing: null }, /field pricing/],
    [{ created: -1 }, /field created/],
    [{ context_length: 1.5 }, /field context_length/],
  ])('refuses %j, naming row and field', (more, message) => {
    expect(() => parse(item({ id: 'qwen/other' }), item(more))).toThrow(
      expect.objectContaining({ name: 'SourceChanged', message: expect.stringMatching(message) }),
    );
  });

  it('leaves out routers without a price, and hints that name no repository, and says so', () => {
    const { observations, remarks } = parse(
      item({ id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } }),
      item({ hugging_face_id: 'https://huggingface.co/Qwen' }),
    );
    expect(observations).toMatchObject([{ slug: 'qwen/synthetic-20260701', huggingFaceId: null }]);
    expect(remarks).toEqual([
      expect.stringMatching(/^1 routers/),
      expect.stringMatching(/^1 models name a repository/),
    ]);
  });

  it('refuses an empty list, and an id that stands twice', () => {
    expect(() => parse()).toThrow(/the list is empty/);
    expect(() => parse(item(), item())).toThrow(/row 2, field id .*stands twice/);
  });
});

describe('the Epoch Capabilities Index', () => {
  const HEADER =
    'Model,eci,eci_ci_low,eci_ci_high,date,Organization,Country (of organization),Model accessibility';
  const ROW = 'Synthetic,150.5,149,152,2026-05-01,Alibaba,China,API access';
  const parse = (...lines: string[]) =>
    epoch.parse([raw('scores', 'https://epoch.ai/data/eci_scores.csv', lines.join('\r\n'))]);

  it('is read with intervals, lists of organisations, and blanks', async () => {
    await using servers = await startSources();
    const { observations, asOf } = epoch.parse(await retrieved(epoch, servers));
    expect(asOf).toBe('2026-11-01T04:00:00.000Z');
    expect(observations).toHaveLength(7);
    expect(observations[1]).toEqual({
      kind: 'capability',
      model: 'Synthetic-Q',
      score: 149,
      low: 146,
      high: 151.5,
      released: '2026-05-11',
      organisations: ['Alibaba', 'Synthetic University'],
      countries: ['China', 'United States of America'],
      accessibility: 'Open weights (unrestricted)',
    });
    expect(observations[3]).toMatchObject({ low: null, high: null });
    expect(observations[6]).toMatchObject({ organisations: [], countries: [] });
  });

  it.each(['Country (from organization)', 'Country (of organisation)', 'COUNTRY (OF ORGANIZATION)'])(
    'knows its column by the header %s',
    (title) => {
      expect(
        parse(HEADER.replace('Country (of organization)', title), ROW).observations[0]?.countries,
      ).toEqual(['China']);
    },
  );

  it('leaves out a model without a score or a date, and says so', () => {
    expect(parse(HEADER, ROW, 'Unscored,,,,2026-05-01,,,', 'Undated,150,,,,,,')).toMatchObject({
      observations: [{ model: 'Synthetic' }],
      remarks: ['2 models without a score or a date were left out.'],
    });
  });

  it.each([
    [[HEADER.replace('eci,', 'points,'), ROW], /no column is the score/],
    [[`${HEADER},Model`, `${ROW},x`], /more than one column is the model/],
    [[HEADER, `${ROW},one,too,many`], /not CSV .*Invalid Record Length/],
    [[HEADER, `"${ROW}`], /not CSV .*Quote/],
    [[HEADER, ROW.replace('150.5', '1e3')], /row 1, field score .*expected a number, found "1e3"/],
    [[HEADER, ROW.replace('149', '-')], /field low/],
    [[HEADER, ROW.replace('2026-05-01', 'May 2026')], /field date/],
    [[HEADER, ROW.replace('Synthetic', 'x\u2067y')], /field model .*text-direction/],
    [[HEADER, ROW.replace('Synthetic', 'x'.repeat(10_000))], /field model .*at most 500/],
    [[HEADER], /no row has a score/],
    [['{"not":"csv"}'], /not CSV/],
    [['not,this,csv', 'x,y,z'], /no column is the model/],
  ])('refuses %j', (lines, message) => {
    expect(() => parse(...lines)).toThrow(
      expect.objectContaining({ name: 'SourceChanged', message: expect.stringMatching(message) }),
    );
  });

  it('takes markup and braces in a name as the data they are', () => {
    expect(
      parse(HEADER, ROW.replace('Synthetic', '"<img src=x> {{#each}}, __proto__"')).observations[0]?.model,
    ).toBe('<img src=x> {{#each}}, __proto__');
  });
});

/** A raw body of a part, from text, bytes or a value to be written as JSON. */
function raw(part: string, url: string, content: unknown): RawBody {
  const body = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  return { part, url, body, headers: {}, retrievedAt: '2026-11-03T06:00:00.000Z' };
}
