import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Window } from '../edition.ts';
import { changed, column, readCsv, readJson } from './body.ts';
import { field } from './field.ts';
import { inText, type Probe } from './probe.ts';
import type { Http, RawBody } from './source.ts';
import { asOfInstant, type UsageRows, usageRow } from './usage-row.ts';

const DAY = 86_400_000;
/** Days each export holds: those before its own date. */
const SPAN = 30;
/** The first dated export there is. */
const FIRST_EXPORT = '2026-09-19';
/** The last days of an export are still revised; those a week old are not. */
const SETTLED = 7;
/** Exports tried where a dated one is missing: that many days later. */
const TRIES = 4;

const index = z.object({
  datasets: z.array(z.object({ id: z.string(), latest_snapshot_date: field.day })),
});
const manifest = z.object({
  snapshot_date: field.day,
  retrieved_at: z.string().optional(),
  row_count: z.int().positive().optional(),
  files: z.object({
    csv: z.object({
      bytes: z.int().positive(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/i, 'expected 64 hexadecimal digits'),
    }),
  }),
});

/**
 * The public daily exports that cover a window, each after its manifest. They hold the thirty days before their
 * date, so that a month of 31 days needs two.
 *
 * @see https://openrouter.ai/api/v1/datasets/exports/README.md
 */
export async function* retrieveExports(http: Http, base: string, window: Window): AsyncGenerator<RawBody> {
  const exports = `${base}/datasets/exports`;
  const json = ['application/json'];
  const list: RawBody = {
    part: 'index',
    ...(await http.get({ url: `${exports}/index.json`, accept: json })),
  };
  yield list;
  const dataset = readJson(list, index).datasets.find(({ id }) => id === 'rankings-daily');
  if (!dataset) throw changed(list, 'it does not name the dataset rankings-daily', { field: 'datasets' });
  const url = (name: string) => `${exports}/rankings-daily/${name}`;
  const latest: RawBody = {
    part: 'manifest',
    ...(await http.get({ url: url('latest.manifest.json'), accept: json })),
  };
  yield latest;
  const newest = readJson(latest, manifest).snapshot_date;

  let uncovered = window.to;
  while (uncovered >= window.from) {
    const wanted = chosen(uncovered, newest);
    if (wanted === undefined) return;
    const found = await firstOf(http, url, wanted, uncovered, newest);
    if (found === undefined) {
      uncovered = shift(uncovered, -1);
      continue;
    }
    yield found;
    const date = readJson(found, manifest).snapshot_date;
    const accept = ['text/csv', 'application/csv', 'text/plain', 'application/octet-stream'];
    yield { part: 'export', ...(await http.get({ url: url(`${date}.csv`), accept })) };
    uncovered = shift(date, -SPAN - 1);
  }
}

/** The date of the best export that holds a day: settled if there is such a one; undefined if none holds it. */
function chosen(day: string, newest: string): string | undefined {
  const settled = shift(day, SETTLED + 1);
  const date = [settled > newest ? newest : settled, FIRST_EXPORT].sort()[1] ?? FIRST_EXPORT;
  return date <= newest && holds(date, day) ? date : undefined;
}

/** The manifest of the first export from a date on that is there and still holds the day. */
async function firstOf(
  http: Http,
  url: (name: string) => string,
  wanted: string,
  day: string,
  newest: string,
): Promise<RawBody | undefined> {
  for (let tries = 0; tries <= TRIES; tries += 1) {
    const date = shift(wanted, tries);
    if (date > newest || !holds(date, day)) return undefined;
    const body = await http.get({
      url: url(`${date}.manifest.json`),
      accept: ['application/json'],
      absence: 'answer',
    });
    if (body.headers.status !== '404') return { part: 'manifest', ...body };
  }
  return undefined;
}

function holds(date: string, day: string): boolean {
  return day < date && day >= shift(date, -SPAN);
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/**
 * The rows of the exports among the bodies, each verified by its manifest.
 *
 * @throws SourceChanged if an export has other bytes than its manifest states, or no manifest
 */
export function exportedRows(bodies: readonly RawBody[]): UsageRows[] {
  const manifests = new Map(
    bodies
      .filter(({ part, url }) => part === 'manifest' && !url.endsWith('/latest.manifest.json'))
      .map(
        (body) =>
          [body.url.replace(/\.manifest\.json$/, ''), { body, stated: readJson(body, manifest) }] as const,
      ),
  );
  return bodies
    .filter(({ part }) => part === 'export')
    .map((body) => {
      const known = manifests.get(body.url.replace(/\.csv$/, ''));
      if (!known) throw changed(body, 'no manifest vouches for it');
      const { bytes, sha256 } = known.stated.files.csv;
      if (body.body.length !== bytes)
        throw changed(body, `its manifest states ${bytes} bytes, there are ${body.body.length}`);
      const found = createHash('sha256').update(body.body).digest('hex');
      if (found !== sha256.toLowerCase())
        throw changed(body, `its manifest states the SHA-256 ${sha256}, it is ${found}`);
      return { body, asOf: asOf(known), rows: rowsOf(body, known.stated.row_count) };
    });
}

function asOf({ body, stated }: { body: RawBody; stated: z.infer<typeof manifest> }): string {
  return asOfInstant(body, stated.retrieved_at ?? `${stated.snapshot_date}T00:00:00Z`);
}

function rowsOf(body: RawBody, count: number | undefined): UsageRows['rows'] {
  const csv = readCsv(body);
  const at = {
    date: column(body, csv, 'date', /^date$/),
    slug: column(body, csv, 'model_permaslug', /^model_permaslug$/),
    tokens: column(body, csv, 'total_tokens', /^total_tokens$/),
  };
  if (csv.rows.length === 0) throw changed(body, 'it has no rows');
  if (count !== undefined && csv.rows.length !== count)
    throw changed(body, `its manifest states ${count} rows, there are ${csv.rows.length}`);
  return csv.rows.map((cells, row) =>
    usageRow(body, row + 1, cells[at.date], cells[at.slug], cells[at.tokens]),
  );
}

export const EXPORT_PROBES: readonly Probe[] = [
  {
    what: 'The index of exports',
    part: 'index',
    path: '/datasets/exports/index.json',
    accept: ['application/json'],
    reads: false,
    looks: [
      {
        assumption: 'it names the dataset rankings-daily',
        find: inText(/"rankings-daily"/),
        whatToDo: 'Look for the new name of the dataset and adapt functions/sources/openrouter-exports.ts.',
      },
      {
        assumption: 'its licence is CC BY 4.0',
        find: inText(/CC[ -]BY[ -]4\.0|licenses\/by\/4\.0/i),
        whatToDo: 'Read the new terms before anything more is published.',
      },
    ],
  },
  {
    what: 'The latest manifest',
    part: 'manifest',
    path: '/datasets/exports/rankings-daily/latest.manifest.json',
    accept: ['application/json'],
    reads: false,
    looks: ['snapshot_date', 'retrieved_at', 'bytes', 'sha256'].map((name) => ({
      assumption: `it states ${name}`,
      find: inText(new RegExp(`"${name}"\\s*:\\s*[^,}]+`)),
      whatToDo:
        'Exports cannot be verified or dated without it: adapt functions/sources/openrouter-exports.ts.',
    })),
  },
];
