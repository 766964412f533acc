import { describe, expect, it } from 'vitest';
import { openrouterUsage } from '../../functions/sources/openrouter-usage.ts';
import * as faults from './faults.ts';
import { tokensOf } from './figures.ts';
import { raw, retrieved } from './retrieved.ts';
import { startSources } from './servers.ts';

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

  it('with a key is read from 2025 on though fewer days are wanted, and only of those it says what is missing', async () => {
    const gap = faults.body(
      JSON.stringify({
        data: [
          { date: '2026-09-01', model_permaslug: 'other', total_tokens: '7' },
          { date: '2026-10-31', model_permaslug: 'other', total_tokens: '8' },
        ],
        meta: {
          as_of: '2026-11-06T05:00:00Z',
          version: 'v1',
          start_date: '2026-01-02',
          end_date: '2026-10-31',
        },
      }),
    );
    await using servers = await startSources({ faults: [{ match: /start_date=2026-01-02/, answer: gap }] });
    const bodies = await retrieved(
      openrouterUsage,
      servers,
      { window: EXPORTED },
      { OPENROUTER_API_KEY: 'synthetic-key' },
    );
    expect(servers.requests).toEqual([
      '/api/v1/datasets/rankings-daily?start_date=2025-01-01&end_date=2026-01-01&period=day',
      '/api/v1/datasets/rankings-daily?start_date=2026-01-02&end_date=2026-10-31&period=day',
    ]);
    const { observations, remarks } = openrouterUsage.parse(bodies, EXPORTED);
    expect(observations[0]?.day).toBe('2025-01-01');
    expect(remarks).toEqual(['No tokens for 2026-09-02 to 2026-10-30.']);
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
