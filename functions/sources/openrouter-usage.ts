import { RankingsDailyResponse$inboundSchema } from '@openrouter/sdk/models/rankingsdailyresponse.js';
import { type Day, daysOf, FIRST_EDITION } from '../edition.ts';
import { say } from '../sentences.ts';
import { baseUrl, keyFrom } from './base-url.ts';
import { changed, readJson } from './body.ts';
import { splitVariant } from './field.ts';
import type { UsageObservation } from './observation.ts';
import { OPENROUTER } from './openrouter-base.ts';
import { EXPORT_PROBES, exportedRows, retrieveExports } from './openrouter-exports.ts';
import { inText, type Probe } from './probe.ts';
import type { Http, RawBody, Source } from './source.ts';
import { asOfInstant, type UsageRows, usageRow } from './usage-row.ts';

/** Days one call may span, by the documentation. */
const MAX_DAYS = 366;
/** The first day of the keyed dataset. */
const FIRST_DAY = `${FIRST_EDITION}-01`;

/**
 * Tokens a day of the fifty most used models on OpenRouter, and of `other`. With any key the dataset reaches
 * back to 2025-01-01, and is asked for whole; without one, public daily exports hold the last thirty days each.
 *
 * @see https://openrouter.ai/docs/cookbook/administration/data-api
 */
export const openrouterUsage: Source<UsageObservation> = {
  name: 'openrouter-usage',
  base: OPENROUTER,
  origin: {
    producer: 'OpenRouter',
    title: 'Daily token totals of the top models (rankings-daily)',
    url: 'https://openrouter.ai/rankings',
    licence: 'CC-BY-4.0',
    citation: 'Source: OpenRouter (openrouter.ai/rankings), as of {as_of}.',
  },
  limits: (environment) =>
    keyFrom('OPENROUTER_API_KEY', environment) === undefined
      ? [
          'Without OPENROUTER_API_KEY only the public exports of OpenRouter are read: they begin with 2026-08-20, and earlier days cannot be had.',
        ]
      : [],
  probes(environment) {
    const key = keyFrom('OPENROUTER_API_KEY', environment);
    return key === undefined ? EXPORT_PROBES : [...EXPORT_PROBES, keyedProbe(key)];
  },

  async *retrieve(http, wish, environment) {
    const base = baseUrl(OPENROUTER, environment);
    const key = keyFrom('OPENROUTER_API_KEY', environment);
    if (key === undefined) yield* retrieveExports(http, base, wish.window);
    else yield* retrieveKeyed(http, base, key, wish.window.to);
  },

  parse(bodies, window) {
    const remarks: string[] = [];
    const read = [
      ...bodies.filter(({ part }) => part === 'keyed').map(keyedRows),
      ...exportedRows(bodies),
    ].sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
    const days = new Map<string, Map<string, bigint>>();
    for (const rows of read) {
      // A later body's day replaces an earlier body's wholly: the last days are revised for a while.
      for (const [day, tokens] of byDay(rows, remarks)) days.set(day, tokens);
    }
    const observations = [...days]
      .sort()
      .flatMap(([day, slugs]) =>
        [...slugs].map(([slug, tokens]) => ({ kind: 'usage' as const, day, ...splitVariant(slug), tokens })),
      );
    const missing = window ? daysOf(window).filter((day) => !days.has(day)) : [];
    if (missing.length > 0) {
      const keyless = bodies.every(({ part }) => part !== 'keyed');
      remarks.push(say(keyless ? 'remark.no-tokens-keyless' : 'remark.no-tokens', { days: inRuns(missing) }));
    }
    return {
      observations,
      asOf: read.at(-1)?.asOf ?? bodies.at(-1)?.retrievedAt ?? '',
      universe: say('universe.tokens-daily'),
      remarks,
    };
  },
};

/** The whole dataset up to a day, whatever the first day that is wanted: with a key, its history is a call more a year. */
async function* retrieveKeyed(http: Http, base: string, key: string, to: Day): AsyncGenerator<RawBody> {
  const days = daysOf({ from: FIRST_DAY, to });
  for (let first = 0; first < days.length; first += MAX_DAYS) {
    const span = days.slice(first, first + MAX_DAYS);
    const query = `start_date=${span[0]}&end_date=${span.at(-1)}&period=day`;
    const body = await http.get({
      url: `${base}/datasets/rankings-daily?${query}`,
      authorization: `Bearer ${key}`,
      accept: ['application/json'],
    });
    yield { part: 'keyed', ...body };
  }
}

/** Reads an answer of the keyed dataset by the schema of OpenRouter's own client, then by ours. */
function keyedRows(body: RawBody): UsageRows {
  const { data, meta } = readJson(body, RankingsDailyResponse$inboundSchema);
  if (data.length === 0) throw changed(body, 'the list is empty', { field: 'data' });
  const rows = data.map((one, index) =>
    usageRow(body, index + 1, one.date, one.modelPermaslug, one.totalTokens),
  );
  return { body, asOf: asOfInstant(body, meta.asOf), rows };
}

/** The rows of one body by day; a row that stands twice with the same count is dropped and told. */
function byDay({ body, rows }: UsageRows, remarks: string[]): Map<string, Map<string, bigint>> {
  const days = new Map<string, Map<string, bigint>>();
  for (const [index, { day, slug, tokens }] of rows.entries()) {
    const slugs = days.get(day) ?? new Map<string, bigint>();
    const before = slugs.get(slug);
    if (before !== undefined && before !== tokens)
      throw changed(body, `${slug} stands twice on ${day}, with ${before} and ${tokens} tokens`, {
        row: index + 1,
        field: 'total_tokens',
      });
    if (before !== undefined) remarks.push(say('remark.row-twice', { name: slug, day }));
    days.set(day, slugs.set(slug, tokens));
  }
  return days;
}

function keyedProbe(key: string): Probe {
  return {
    what: 'The keyed dataset',
    part: 'keyed',
    path: `/datasets/rankings-daily?start_date=${FIRST_DAY}&end_date=${FIRST_DAY}&period=day`,
    accept: ['application/json'],
    authorization: `Bearer ${key}`,
    reads: true,
    looks: [
      {
        assumption: 'it states as_of',
        find: inText(/"as_of"\s*:\s*"[^"]+"/),
        whatToDo: 'The citation needs it: look for its new name.',
      },
    ],
  };
}

/** Days in words: runs as "2026-08-01 to 2026-08-19". */
function inRuns(days: readonly string[]): string {
  const runs: { from: string; to: string }[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && Date.parse(day) - Date.parse(last.to) === 86_400_000) last.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ');
}
