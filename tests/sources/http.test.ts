import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openHttp } from '../../functions/sources/http.ts';
import type { HttpLimits } from '../../functions/sources/http-limits.ts';
import { huggingface } from '../../functions/sources/huggingface.ts';
import type { Http } from '../../functions/sources/source.ts';
import * as faults from './faults.ts';
import { SELF_SIGNED } from './self-signed.ts';
import { type Servers, startSources } from './servers.ts';

const JSON_TYPE = ['application/json'];
const NOW = Date.parse('2026-11-03T06:00:00Z');

/** An Http whose waits are told instead of waited. */
function patient(servers: Servers, limits: Partial<HttpLimits> = {}): { http: Http; waits: number[] } {
  const waits: number[] = [];
  let now = NOW;
  const http = openHttp({
    source: huggingface,
    environment: servers.environment,
    limits: { attemptMs: 2_000, ...limits },
    now: () => now,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
    },
    random: () => 1,
  });
  return { http, waits };
}

const models = (servers: Servers) => ({
  url: `${servers.environment.HF_ENDPOINT}/api/models?author=Qwen&limit=2&expand[]=downloads`,
  accept: JSON_TYPE,
});
const always = (answer: faults.Answer) => ({ faults: [{ match: /./, answer }] });

describe('a request that is answered well', () => {
  it('gives the body as it came, the headers a parser needs and no other, and who asked', async () => {
    await using servers = await startSources();
    const { http } = patient(servers);
    const { body, headers, retrievedAt } = await http.get({
      ...models(servers),
      authorization: 'Bearer secret',
    });
    expect(JSON.parse(Buffer.from(body).toString())).toHaveLength(2);
    expect(Object.keys(headers).sort()).toEqual(['content-type', 'link']);
    expect(retrievedAt).toBe('2026-11-03T06:00:00.000Z');
    expect(servers.headers()['user-agent']).toMatch(
      /^open-model-balance\/\d+\.\d+\.\d+ \(\+https:\/\/github\.com\//,
    );
    expect(servers.headers().authorization).toBe('Bearer secret');
  });

  it('unpacks what was compressed', async () => {
    const packed: faults.Answer = (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync('[1]'));
    await using servers = await startSources(always(packed));
    expect(Buffer.from((await patient(servers).http.get(models(servers))).body).toString()).toBe('[1]');
  });

  it('follows a redirect on its own host', async () => {
    await using servers = await startSources({
      faults: [{ match: /moved/, answer: faults.redirect('/hub/api/models?author=Qwen') }],
    });
    const { http } = patient(servers);
    const { url } = await http.get({ url: `${servers.environment.HF_ENDPOINT}/moved`, accept: JSON_TYPE });
    expect(url).toMatch(/moved$/);
    expect(servers.requests).toHaveLength(2);
  });

  it('waits before the next request when no call is left, as the Hub asks', async () => {
    const last = faults.body('[1]', 'application/json', { ratelimit: '"api";r=0;t=37' });
    await using servers = await startSources({ faults: [{ match: /./, times: 1, answer: last }] });
    const { http, waits } = patient(servers);
    await http.get(models(servers));
    expect(waits).toEqual([]);
    await http.get(models(servers));
    expect(waits).toEqual([37_000]);
  });
});

describe('an answer that may pass', () => {
  it.each([500, 502, 503, 504, 408, 425, 429])('%i is asked again', async (code) => {
    await using servers = await startSources({
      faults: [{ match: /./, times: 2, answer: faults.status(code) }],
    });
    const { http, waits } = patient(servers);
    await http.get(models(servers));
    expect(servers.requests).toHaveLength(3);
    expect(waits).toEqual([1_000, 2_000]);
  });

  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a date', { 'retry-after': 'Tue, 03 Nov 2026 06:00:20 GMT' }, 20_000],
    ['the limits of the Hub', { ratelimit: '"api";r=0;t=37' }, 37_000],
    ['several limits', { ratelimit: '"pages";r=4;t=90, "api";r=0;t=12' }, 12_000],
    ['a date that is over', { 'retry-after': 'Tue, 03 Nov 2026 05:00:00 GMT' }, 0],
    ['nonsense', { 'retry-after': 'soon' }, 1_000],
  ])('is left alone for as long as it asks, by %s', async (_form, headers, wait) => {
    await using servers = await startSources({
      faults: [{ match: /./, times: 1, answer: faults.status(429, headers) }],
    });
    const { http, waits } = patient(servers);
    await http.get(models(servers));
    expect(waits).toEqual([wait]);
  });

  it('is given up after five attempts of a storm without a word on how long', async () => {
    await using servers = await startSources(always(faults.status(429)));
    const { http, waits } = patient(servers);
    await expect(http.get(models(servers))).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringMatching(/after 5 attempts: it answers 429.*Run again later/),
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it('is given up at once if it asks for more patience than there is', async () => {
    await using servers = await startSources(always(faults.status(429, { 'retry-after': '86400' })));
    const { http, waits } = patient(servers);
    await expect(http.get(models(servers))).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('left alone for 86400 seconds'),
    });
    expect(waits).toEqual([]);
  });

  it('never waits longer in all than its patience, however often it is put off', async () => {
    await using servers = await startSources(always(faults.status(429, { 'retry-after': '300' })));
    const { http, waits } = patient(servers);
    await expect(http.get(models(servers))).rejects.toMatchObject({ name: 'SourceUnavailable' });
    expect(waits).toEqual([300_000]);
  });

  it.each([
    ['breaks off', faults.truncated, /broke off before the body was whole/],
    ['trickles', faults.trickling, /may trickle/],
    ['is silent', faults.silent, /may trickle|did not begin in time/],
    [
      'is compressed and cut short',
      ((_request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(gzipSync('[1,2,3,4,5,6,7,8,9]').subarray(0, 12))) as faults.Answer,
      /compressed body is cut short/,
    ],
  ])('that %s is asked again, then given up', async (_what, answer, message) => {
    await using servers = await startSources(always(answer));
    const { http } = patient(servers, { attempts: 2, attemptMs: 250 });
    await expect(http.get(models(servers))).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringMatching(message),
    });
    expect(servers.requests).toHaveLength(2);
  });

  it('is whole after a body that broke off once', async () => {
    await using servers = await startSources({
      faults: [{ match: /./, times: 1, answer: faults.truncated }],
    });
    const { body } = await patient(servers).http.get(models(servers));
    expect(JSON.parse(Buffer.from(body).toString())).toHaveLength(2);
  });

  it('names a host where nothing listens', async () => {
    const servers = await startSources();
    await servers.stop();
    const { http } = patient(servers, { attempts: 2 });
    await expect(http.get(models(servers))).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringContaining('nothing listens there (ECONNREFUSED)'),
    });
  });
});

describe('an answer that cannot be what was asked for', () => {
  it.each([
    [
      'HTML',
      faults.body('<!doctype html><p>Sign in</p>', 'text/html'),
      /HTML that begins "<!doctype html><p>Sign in/,
    ],
    ['HTML that calls itself JSON', faults.body('\n <html>'), /HTML/],
    ['an empty body', faults.body(''), /an empty body/],
    [
      'another type',
      faults.body('%PDF-1.7', 'application/pdf'),
      /"application\/pdf" that begins "%PDF-1\.7"/,
    ],
    [
      'a packing that was not offered',
      faults.body('x', 'application/json', { 'content-encoding': 'zstd' }),
      /packed as "zstd"/,
    ],
    ['404', faults.status(404), /answers 404/],
    ['204', faults.status(204, {}, ''), /answers 204/],
    ['a redirect to no URL', faults.redirect('https://'), /redirects to no URL/],
    ['a redirect to itself', faults.redirect('/hub/api/models'), /redirects more than 5 times/],
    [
      'a redirect to another host',
      faults.redirect('https://example.org/x'),
      /leads to https:\/\/example\.org, but only/,
    ],
    [
      'a redirect to another port',
      faults.redirect('http://127.0.0.1:1/'),
      /leads to http:\/\/127\.0\.0\.1:1, but only/,
    ],
    ['a redirect to a file', faults.redirect('file:///etc/passwd'), /leads to file:\/\//],
    ['a redirect with a user', faults.redirect('http://user:word@127.0.0.1/'), /leads to/],
  ])('%s is refused at once, by name', async (_what, answer, message) => {
    await using servers = await startSources(always(answer));
    const { http, waits } = patient(servers);
    await expect(http.get(models(servers))).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringMatching(message),
    });
    expect(waits).toEqual([]);
  });

  it('absence is an answer where the source says so', async () => {
    await using servers = await startSources(always(faults.status(404)));
    const { headers } = await patient(servers).http.get({ ...models(servers), absence: 'answer' });
    expect(headers.status).toBe('404');
  });

  it.each([401, 403])('%i says that the key was refused, and never the key', async (code) => {
    await using servers = await startSources(always(faults.status(code)));
    const refused = patient(servers).http.get({ ...models(servers), authorization: 'Bearer hf_secret' });
    await expect(refused).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringMatching(/The key was sent/),
    });
    const error = await refused.catch((caught: unknown) => caught);
    expect(JSON.stringify(error) + String(error)).not.toContain('hf_secret');
  });

  it('a body that announces 200 MB is not read', async () => {
    const large = faults.large(200 * 2 ** 20, true);
    await using servers = await startSources(always(large.answer));
    await expect(patient(servers).http.get(models(servers))).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringContaining('it announces 209715200 bytes, and the limit is 67108864 bytes'),
    });
    expect(large.sent()).toBeLessThan(16 * 2 ** 20);
  });

  it('a body that goes on for 200 MB is left at the limit', async () => {
    const large = faults.large(200 * 2 ** 20, false);
    await using servers = await startSources(always(large.answer));
    const { http } = patient(servers, { maxBytes: 2 ** 20, attemptMs: 10_000 });
    await expect(http.get(models(servers))).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringContaining('it goes on beyond that'),
    });
    expect(large.sent()).toBeLessThan(32 * 2 ** 20);
  });

  it('a small body that unpacks to 200 MB is left at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 2 ** 20));
    const packed: faults.Answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    await using servers = await startSources(always(packed));
    const before = process.memoryUsage().arrayBuffers;
    const { http } = patient(servers, { maxBytes: 2 ** 20, attemptMs: 10_000 });
    await expect(http.get(models(servers))).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringContaining('too large'),
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 2 ** 20);
  });

  it('a certificate that nobody vouches for is named and never tried again', async () => {
    let connections = 0;
    const server = createServer(SELF_SIGNED, (_request, response) => response.end('[]'));
    server.on('connection', () => (connections += 1));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const http = openHttp({ source: huggingface, environment: { HF_ENDPOINT: base } });
    await expect(http.get({ url: `${base}/api/models`, accept: JSON_TYPE })).rejects.toMatchObject({
      name: 'SourceUnavailable',
      message: expect.stringMatching(
        /certificate of 127\.0\.0\.1:\d+ is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
      ),
    });
    expect(connections).toBe(1);
    server.close();
  });
});

describe('a base URL', () => {
  it.each([
    'huggingface.co',
    'ftp://mirror/',
    'https://user:secret@mirror/',
    'https://mirror/?key=secret',
    'https://mirror/#x',
    '   x',
  ])('%s is refused by the name of its variable, its value untold', (HF_ENDPOINT) => {
    const open = () => openHttp({ source: huggingface, environment: { HF_ENDPOINT } });
    expect(open).toThrow(
      expect.objectContaining({
        name: 'BadRequest',
        message: expect.stringMatching(/^HF_ENDPOINT is not a base URL/),
      }),
    );
    expect(open).not.toThrow(/secret/);
  });

  it('https is never left for http', async () => {
    const http = openHttp({ source: huggingface, environment: {} });
    await expect(
      http.get({ url: 'http://huggingface.co/api/models', accept: JSON_TYPE }),
    ).rejects.toMatchObject({
      name: 'SourceChanged',
      message: expect.stringContaining('only https://huggingface.co may be asked'),
    });
  });
});
