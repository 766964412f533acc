import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openArchive } from '../../functions/archive/open-store.ts';
import { listSnapshots, openSnapshot } from '../../functions/archive/snapshots.ts';
import { pull } from '../../functions/pull/pull.ts';
import { baseUrl } from '../../functions/sources/base-url.ts';
import { readJson } from '../../functions/sources/body.ts';
import { openReader } from '../../functions/sources/reader.ts';
import type { Http, Source } from '../../functions/sources/source.ts';

/** What no source says yet. */
interface Rainfall {
  readonly kind: 'rainfall';
  readonly millimetres: number;
}

/** A source in one file: nothing else of the program knows its name, its address or its kind of observation. */
const rain: Source<Rainfall> = {
  name: 'synthetic-rain',
  base: { variable: 'RAIN_BASE_URL', url: 'https://rain.example.org' },
  origin: {
    producer: 'Synthetic',
    title: 'Synthetic rain',
    url: 'https://rain.example.org',
    licence: null,
    citation: 'Synthetic rain, as of {as_of}.',
  },
  limits: () => [],
  probes: () => [],
  async *retrieve(http, _wish, environment) {
    const url = `${baseUrl(rain.base, environment)}/days`;
    yield { part: 'days', ...(await http.get({ url, accept: ['application/json'] })) };
  },
  parse: (bodies) => ({
    observations: bodies.flatMap((body) =>
      readJson(body, z.array(z.number())).map((millimetres) => ({ kind: 'rainfall' as const, millimetres })),
    ),
    asOf: bodies[0]?.retrievedAt ?? '',
    universe: 'All rain.',
    remarks: [],
  }),
};

const window = { from: '2026-10-01', to: '2026-10-31' };
const now = () => new Date('2026-11-03T06:00:00Z');

describe('a source that says something of its own kind', () => {
  it('takes its place among the others, and is pulled, sealed and read like them', async () => {
    const asked: string[] = [];
    const http: Http = {
      async get({ url }) {
        asked.push(url);
        return { url, body: Buffer.from('[3,0,12]'), headers: {}, retrievedAt: now().toISOString() };
      },
    };
    const [source = rain]: readonly Source[] = [rain];
    const archive = openArchive('memory:');
    const environment = { RAIN_BASE_URL: 'http://mirror.example.org/rain/' };
    const { key } = await pull({ archive, source, http, wish: { window, makers: [] }, now, environment });
    expect(asked).toEqual(['http://mirror.example.org/rain/days']);
    expect(await listSnapshots(archive, 'synthetic-rain')).toEqual([key]);
    const opened = await openSnapshot(archive, key);
    expect(opened.snapshot).toMatchObject({ source: 'synthetic-rain', universe: 'All rain.' });
    const reader = openReader(rain, window);
    for await (const body of opened.bodies()) expect([...reader.take(body)]).toEqual([]);
    expect(reader.end().observations.map(({ millimetres }) => millimetres)).toEqual([3, 0, 12]);
  });

  it('is asked at its own address, unless its own variable names another', () => {
    expect(baseUrl(rain.base, {})).toBe('https://rain.example.org');
    expect(() => baseUrl(rain.base, { RAIN_BASE_URL: 'rain' })).toThrow(/^RAIN_BASE_URL is not a base URL/);
  });
});
