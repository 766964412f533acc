import { z } from 'zod';
import { isReportError, SourceChanged } from '../errors.ts';
import { quoted, readJson } from './body.ts';
import { field } from './field.ts';
import type { Http, HttpBody, HttpRequest, RawBody } from './source.ts';

/** Models a page; the listing's own largest. */
const PAGE = 500;
/** The Hub has some three million models; a listing of more pages than that does not end. */
const MAX_PAGES = 6_000;

/** Asks the listing for a page, by its query or its URL. */
export type Ask = (request: { url: string } | { query: Record<string, string> }) => Promise<HttpBody>;

/**
 * Asks the listing, and settles on the first of several sets of properties that the Hub knows.
 *
 * @param expands what to ask for, most first
 */
export function listing(
  http: Http,
  base: string,
  token: string | undefined,
  expands: readonly (readonly string[])[],
): Ask {
  let left = expands;
  const get = (url: string) => {
    const request: HttpRequest = { url, accept: ['application/json'], absence: 'answer' };
    return http.get(token === undefined ? request : { ...request, authorization: `Bearer ${token}` });
  };
  return async (request) => {
    if ('url' in request) return get(request.url);
    for (;;) {
      const [expand = [], ...fewer] = left;
      const query = new URLSearchParams({ ...request.query, limit: String(PAGE) });
      for (const name of expand) query.append('expand[]', name);
      try {
        const body = await get(`${base}/api/models?${query}`);
        left = [expand];
        return body;
      } catch (error) {
        if (!isUnknownName(error) || fewer.length === 0) throw error;
        left = fewer;
      }
    }
  };
}

/** Whether the Hub answered that it does not know a property or an order it was asked for. */
export function isUnknownName(error: unknown): boolean {
  return isReportError(error) && error.evidence.status === 400;
}

/** What decides whether a page is the last that is wanted. */
export interface Row {
  readonly downloads: bigint;
  readonly createdAt: string | null;
}

const row = z.object({ downloads: field.count, createdAt: z.string().nullish() });

/**
 * The pages of one listing, by the `Link` header; the cursor is opaque.
 *
 * @param isEnough told the last row of each page: whether the pages after it are not wanted
 */
export async function* pages(
  ask: Ask,
  part: string,
  query: Record<string, string>,
  isEnough: (last: Row) => boolean = () => false,
): AsyncGenerator<RawBody> {
  let body = await ask({ query });
  const asked = new Set([body.url]);
  for (let page = 1; ; page += 1) {
    yield { part, ...body };
    const next = nextPage(body);
    if (next === undefined || isEnough(lastRow({ part, ...body }))) return;
    if (asked.has(next) || page === MAX_PAGES) {
      throw new SourceChanged(
        `The listing ${body.url} does not end: after ${page} pages its Link header names ${asked.has(next) ? 'a page that was read already' : 'yet another'}. Look at the Hub's paging and adapt functions/sources/huggingface-listing.ts.`,
        { url: body.url, page },
      );
    }
    asked.add(next);
    body = await ask({ url: next });
  }
}

function lastRow(body: RawBody): Row {
  const last = readJson(body, z.array(row)).at(-1);
  return { downloads: last?.downloads ?? 0n, createdAt: last?.createdAt ?? null };
}

/** The address behind `rel="next"` of an RFC 8288 Link header. */
function nextPage({ headers, url }: HttpBody): string | undefined {
  const target = /<([^<>]*)>(?=[^<]*;\s*rel="?next"?)/i.exec(headers.link ?? '')?.[1];
  if (target === undefined) return undefined;
  const next = URL.parse(target, url);
  if (next !== null) return next.href;
  throw new SourceChanged(`The Link header of ${url} names no URL as its next page: ${quoted(target)}.`, {
    url,
  });
}
