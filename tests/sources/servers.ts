import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from './faults.ts';
import { figures, tokensOf } from './figures.ts';

export interface SourcesOptions {
  /** The month the figures are about; exports reach from the month before to some days after. */
  readonly month?: string;
  readonly faults?: readonly Fault[];
  /** Models a page at most, so that few models make several pages. */
  readonly pageSize?: number;
  /** Whether the Hub's listing knows `childrenModelCount`; where not, it answers 400. */
  readonly knowsChildren?: boolean;
  /** Whether the Hub's listing can be sorted by creation; where not, it answers 400. */
  readonly sortsByCreation?: boolean;
  /** Whether the listing still takes a direction; where not, it answers 400. */
  readonly knowsDirection?: boolean;
}

export interface Servers extends AsyncDisposable {
  readonly environment: { HF_ENDPOINT: string; OPENROUTER_BASE_URL: string; EPOCH_BASE_URL: string };
  /** Paths with queries, in the order they were asked for. */
  readonly requests: string[];
  /** The headers of the latest request. */
  readonly headers: () => IncomingMessage['headers'];
  stop(): Promise<void>;
}

const DAY = 86_400_000;
const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The public sources on this machine: their real shapes, made-up figures, and faults where asked for. */
export async function startSources(options: SourcesOptions = {}): Promise<Servers> {
  const {
    month = '2026-10',
    pageSize = 5,
    knowsChildren = true,
    sortsByCreation = true,
    knowsDirection = true,
    faults = [],
  } = options;
  const told = figures(month);
  const monthStart = Date.parse(`${month}-01`);
  const newest = isoDay(monthStart + 36 * DAY);
  const requests: string[] = [];
  const befallen = new Map<Fault, number>();
  let headers: IncomingMessage['headers'] = {};
  let base = '';

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    headers = request.headers;
    const fault = faults.find(
      (one) => one.match.test(decodeURIComponent(path)) && (befallen.get(one) ?? 0) < (one.times ?? Infinity),
    );
    if (fault) {
      befallen.set(fault, (befallen.get(fault) ?? 0) + 1);
      return fault.answer(request, response);
    }
    const url = new URL(path, base);
    if (url.pathname === '/hub/api/models') return hub(url, response);
    if (url.pathname.startsWith('/api/v1/datasets/exports/')) return exported(url, response);
    if (url.pathname === '/api/v1/datasets/rankings-daily') return keyed(url, request, response);
    if (url.pathname === '/api/v1/models') return json(response, { data: told.catalogue });
    if (url.pathname === '/epoch/data/eci_scores.csv')
      return send(response, told.scores, 'text/csv', {
        'last-modified': 'Sun, 01 Nov 2026 04:00:00 GMT',
        etag: '"eci"',
      });
    return notFound(response);
  });

  /** `GET /api/models`: filters, pages by an opaque cursor, answers 400 to an `expand` it does not know. */
  function hub(url: URL, response: ServerResponse) {
    const expand = url.searchParams.getAll('expand[]');
    if (!knowsChildren && expand.includes('childrenModelCount'))
      return json(response, { error: '"expand" must be one of […]' }, 400);
    const byCreation = url.searchParams.get('sort') === 'createdAt';
    if (byCreation && (!sortsByCreation || (!knowsDirection && url.searchParams.has('direction'))))
      return json(response, { error: '"sort" must be one of […]' }, 400);
    const author = url.searchParams.get('author');
    const all = author === null ? [...told.hub.values()].flat() : (told.hub.get(author) ?? []);
    const sorted = [...all].sort((a, b) =>
      byCreation
        ? String(b.createdAt).localeCompare(String(a.createdAt))
        : Number(b.downloads) - Number(a.downloads),
    );
    const size = Math.min(pageSize, Number(url.searchParams.get('limit') ?? 1000));
    const from = Number(Buffer.from(url.searchParams.get('cursor') ?? '', 'base64url').toString() || 0);
    const page = sorted.slice(from, from + size).map((model) => only(model, ['_id', 'id', ...expand]));
    const more: Record<string, string> = { ratelimit: `"api";r=${499 - requests.length};t=120` };
    if (from + size < sorted.length) {
      const next = new URL(url);
      next.searchParams.set('cursor', Buffer.from(String(from + size)).toString('base64url'));
      more.link = `<${next.href}>; rel="next"`;
    }
    return json(response, page, 200, more);
  }

  /** The public exports: an index, a manifest of the newest, and dated files of the thirty days before each. */
  function exported(url: URL, response: ServerResponse) {
    const file = url.pathname.replace('/api/v1/datasets/exports/', '');
    if (file === 'index.json') {
      const dataset = { id: 'rankings-daily', title: 'Synthetic', latest_snapshot_date: newest };
      const license = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' };
      return json(response, { schema_version: 'v1', update_cadence: 'daily', license, datasets: [dataset] });
    }
    const [, name = '', kind] =
      /^rankings-daily\/(latest|\d{4}-\d{2}-\d{2})\.(csv|manifest\.json)$/.exec(file) ?? [];
    const date = name === 'latest' ? newest : name;
    if (kind === undefined || date < '2026-09-19' || date > newest) return notFound(response);
    const csv = exportOf(date, told.slugs);
    if (kind === 'csv') return send(response, csv, 'text/csv; charset=utf-8');
    return json(response, {
      dataset: 'rankings-daily',
      schema_version: 'v1',
      snapshot_date: date,
      retrieved_at: `${date}T01:46:00Z`,
      row_count: 30 * told.slugs.length,
      license: 'CC BY 4.0',
      files: {
        csv: {
          url: `${base}${url.pathname.replace(/[^/]+$/, `${date}.csv`)}`,
          encoding_format: 'text/csv',
          bytes: Buffer.byteLength(csv),
          sha256: createHash('sha256').update(csv).digest('hex'),
        },
      },
    });
  }

  /** The keyed dataset: any day from 2025-01-01, counts as decimal strings. */
  function keyed(url: URL, request: IncomingMessage, response: ServerResponse) {
    if (request.headers.authorization !== 'Bearer synthetic-key')
      return json(response, { error: { code: 401, message: 'No auth credentials found' } }, 401);
    const [from, to] = [url.searchParams.get('start_date') ?? '', url.searchParams.get('end_date') ?? ''];
    const days = daysBetween(from, to);
    if (days.length > 366) return json(response, { error: { code: 400, message: 'window too long' } }, 400);
    const data = days.flatMap((date) =>
      told.slugs.map((slug) => ({ date, model_permaslug: slug, total_tokens: String(tokensOf(slug, date)) })),
    );
    const meta = { as_of: `${newest}T05:00:00Z`, version: 'v1', start_date: from, end_date: to };
    return json(response, { data, meta });
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((stopped) => {
      server.close(() => stopped());
      server.closeAllConnections();
    });
  return {
    environment: {
      HF_ENDPOINT: `${base}/hub`,
      OPENROUTER_BASE_URL: `${base}/api/v1`,
      EPOCH_BASE_URL: `${base}/epoch`,
    },
    requests,
    headers: () => headers,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** An export as the producer writes it: CRLF, rank empty on the row of the rest. */
export function exportOf(date: string, slugs: readonly string[]): string {
  const last = Date.parse(date) - DAY;
  const rows = daysBetween(isoDay(last - 29 * DAY), isoDay(last)).flatMap((day) =>
    slugs.map(
      (slug, rank) => `${day},${slug},${slug === 'other' ? '' : rank + 1},${tokensOf(slug, day)},0.05`,
    ),
  );
  return ['date,model_permaslug,rank,total_tokens,share_of_daily_tokens', ...rows, ''].join('\r\n');
}

function daysBetween(from: string, to: string): string[] {
  const days = [];
  for (let day = Date.parse(from); day <= Date.parse(to); day += DAY) days.push(isoDay(day));
  return days;
}

function only(model: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(model).filter(([name]) => names.includes(name)));
}

function send(
  response: ServerResponse,
  text: string,
  type: string,
  headers: Record<string, string> = {},
  code = 200,
) {
  response.writeHead(code, { 'content-type': type, ...headers }).end(text);
}

function json(response: ServerResponse, value: unknown, code = 200, headers: Record<string, string> = {}) {
  send(response, JSON.stringify(value), 'application/json; charset=utf-8', headers, code);
}

function notFound(response: ServerResponse) {
  json(response, { error: { message: 'Export not found', code: 404 } }, 404);
}
