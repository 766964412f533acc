import { z } from 'zod';
import { isReportError, SourceChanged } from '../errors.ts';
import { baseUrl, keyFrom } from './base-url.ts';
import { changed, quoted, readJson } from './body.ts';
import { field } from './field.ts';
import { hubProbes } from './huggingface-probes.ts';
import type { Relation, RepositoryObservation } from './observation.ts';
import type { Http, HttpBody, HttpRequest, RawBody, Source } from './source.ts';

/** Models a page; the listing's own largest. */
const PAGE = 500;
/** Pages of the whole Hub's list by downloads: its top 2,000, so that community uploads are seen. */
const TOP_PAGES = 4;
/** No namespace has 100,000 models; a listing that goes on for longer does not end. */
const MAX_PAGES = 200;

const EXPAND = [
  ...['downloads', 'downloadsAllTime', 'likes', 'createdAt', 'pipeline_tag', 'library_name', 'tags', 'gated'],
  ...['safetensors', 'baseModels', 'childrenModelCount'],
];
/**
 * What to ask for, most first. Releases of the Hub have differed in which of the last two its listing gives
 * and answer 400 to a name they do not know, so that fewer are asked for then.
 *
 * @see https://github.com/huggingface/huggingface_hub/pull/3182
 */
const EXPANDS = [EXPAND, EXPAND.slice(0, -1), EXPAND.slice(0, -2)];

const LISTINGS = ['namespace', 'most-downloaded', 'created'] as const;
const RELATIONS: readonly Relation[] = ['finetune', 'adapter', 'quantized', 'merge'];

/** One model of a listing with `expand`: only the named properties, `_id` and `id` come back. */
const item = z.object({
  id: field.hubId,
  downloads: field.count,
  downloadsAllTime: field.count.nullish(),
  likes: z.int().nonnegative().nullish(),
  createdAt: z.iso.datetime('expected an instant').nullish(),
  pipeline_tag: z
    .string()
    .regex(/^[\w-]{1,80}$/, 'expected a task')
    .nullish(),
  tags: z.array(z.string()).nullish(),
  gated: z.union([z.literal(false), z.literal('auto'), z.literal('manual')]).nullish(),
  safetensors: z.object({ total: z.number().int().nonnegative().nullish() }).nullish(),
  baseModels: z
    .object({ relation: z.string().nullish(), models: z.array(z.object({ id: z.string() })).nullish() })
    .nullish(),
  childrenModelCount: z.record(z.string(), z.int().nonnegative()).nullish(),
});
type Item = z.infer<typeof item>;

/**
 * The Hugging Face Hub: the repositories of known makers, and the most downloaded ones of all. Counters are
 * rolling: `downloads` is the last 30 days. The official client `@huggingface/hub` hides the bodies it reads,
 * which we keep, and cannot ask for `baseModels` and `childrenModelCount`; so its listing is asked here.
 *
 * @see https://huggingface.co/docs/hub/api
 * @see https://huggingface.co/docs/hub/models-download-stats
 */
export const huggingface: Source<RepositoryObservation> = {
  name: 'huggingface',
  origin: {
    producer: 'Hugging Face',
    title: 'Hugging Face Hub, model listing',
    url: 'https://huggingface.co/models',
    licence: null,
    citation: 'Hugging Face Hub (huggingface.co/models), as of {as_of}.',
  },
  limits: (environment) =>
    keyFrom('HF_TOKEN', environment) === undefined
      ? [
          'Without HF_TOKEN the Hub answers half as many requests (500 in five minutes); pulling may take longer.',
        ]
      : [],
  probes: (environment) => hubProbes(keyFrom('HF_TOKEN', environment)),

  async *retrieve(http, wish, environment) {
    const base = baseUrl('huggingface', environment);
    const token = keyFrom('HF_TOKEN', environment);
    const ask = listing(http, base, token);
    yield* pages(ask, 'most-downloaded', { sort: 'downloads' }, TOP_PAGES);
    for (const author of new Set(wish.makers)) {
      yield* pages(ask, 'namespace', { author, sort: 'downloads' });
    }
  },

  parse(bodies) {
    const models = new Map<string, RepositoryObservation>();
    const remarks: string[] = [];
    const counts = { children: 0, namespaces: new Set<string>(), top: 0, recorded: 0 };
    const empty: string[] = [];
    for (const body of bodies) {
      const author = new URL(body.url).searchParams.get('author');
      if (author !== null) counts.namespaces.add(author);
      const items = body.headers.status === '404' ? [] : readJson(body, z.array(item));
      if (items.length === 0 && author !== null) empty.push(author);
      if (items.length === 0 && author === null) throw changed(body, 'the list is empty');
      if (body.part === 'most-downloaded') counts.top += items.length;
      if (body.part === 'recorded') counts.recorded += items.length;
      for (const one of items) {
        if (one.childrenModelCount) counts.children += 1;
        if (!models.has(one.id)) models.set(one.id, observe(one, listingOf(body)));
      }
    }
    if (empty.length > 0)
      remarks.push(`No models are listed under ${empty.join(', ')}: renamed, emptied or gone.`);
    if (counts.children === 0)
      remarks.push('The listing did not say how many repositories build on each model (childrenModelCount).');
    const whose = [
      counts.namespaces.size > 0 ? `of the ${counts.namespaces.size} namespaces of known makers` : '',
      counts.top > 0 ? `among the Hub's ${counts.top} most downloaded` : '',
      counts.recorded > 0
        ? 'on a list of popular and trending models, neither the whole Hub nor its most downloaded'
        : '',
    ].filter((part) => part !== '');
    return {
      observations: [...models.values()],
      asOf:
        bodies
          .map(({ retrievedAt }) => retrievedAt)
          .sort()
          .at(0) ?? '',
      universe: `The ${models.size} public model repositories ${whose.join(' or ')}.`,
      remarks,
    };
  },
};

type Ask = (request: { url: string } | { query: Record<string, string> }) => Promise<HttpBody>;

/** Asks the listing for a page by its query or its URL; settles on the fullest `expand` that the Hub knows. */
function listing(http: Http, base: string, token: string | undefined): Ask {
  let expands = EXPANDS;
  const get = (url: string) => {
    const request: HttpRequest = { url, accept: ['application/json'], absence: 'answer' };
    return http.get(token === undefined ? request : { ...request, authorization: `Bearer ${token}` });
  };
  return async (request) => {
    if ('url' in request) return get(request.url);
    for (;;) {
      const [expand = EXPAND, ...fewer] = expands;
      const query = new URLSearchParams({ ...request.query, limit: String(PAGE) });
      for (const name of expand) query.append('expand[]', name);
      try {
        const body = await get(`${base}/api/models?${query}`);
        expands = [expand];
        return body;
      } catch (error) {
        if (!(isReportError(error) && error.evidence.status === 400) || fewer.length === 0) throw error;
        expands = fewer;
      }
    }
  };
}

/** The pages of one listing, by the `Link` header; the cursor is opaque. */
async function* pages(
  ask: Ask,
  part: string,
  query: Record<string, string>,
  enough = Number.POSITIVE_INFINITY,
): AsyncGenerator<RawBody> {
  let body = await ask({ query });
  const asked = new Set([body.url]);
  for (let page = 1; ; page += 1) {
    yield { part, ...body };
    const next = nextPage(body);
    if (next === undefined || page === enough) return;
    if (asked.has(next) || page === MAX_PAGES) {
      throw new SourceChanged(
        `The listing ${body.url} does not end: after ${page} pages its Link header names ${asked.has(next) ? 'a page that was read already' : 'yet another'}. Look at the Hub's paging and adapt functions/sources/huggingface.ts.`,
        { url: body.url, page },
      );
    }
    asked.add(next);
    body = await ask({ url: next });
  }
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

/** Which question a body answers; a recorded body answers none of ours. */
function listingOf({ part }: RawBody): RepositoryObservation['listing'] {
  return LISTINGS.find((listing) => listing === part) ?? 'recorded';
}

function observe(one: Item, listing: RepositoryObservation['listing']): RepositoryObservation {
  const tags = one.tags ?? [];
  return {
    kind: 'repository',
    listing,
    model: one.id,
    downloads30d: one.downloads,
    downloadsAllTime: one.downloadsAllTime ?? null,
    likes: one.likes ?? null,
    createdAt: one.createdAt ?? null,
    pipelineTag: one.pipeline_tag ?? null,
    licence:
      tags.map((tag) => /^license:([\w.+-]{1,100})$/.exec(tag)?.[1]).find((found) => found !== undefined) ??
      null,
    parameters: one.safetensors?.total ?? null,
    gated: one.gated === undefined || one.gated === null ? null : one.gated === false ? 'no' : one.gated,
    bases: basesOf(one, tags),
    children: one.childrenModelCount
      ? Object.values(one.childrenModelCount).reduce((sum, count) => sum + count, 0)
      : null,
  };
}

/** The bases the Hub resolved, else those the uploader tagged; what is not `owner/name` names no repository. */
function basesOf({ baseModels }: Item, tags: readonly string[]): RepositoryObservation['bases'] {
  const bases = new Map<string, Relation>();
  for (const { id } of baseModels?.models ?? []) bases.set(id, relationOf(baseModels?.relation));
  if (bases.size === 0) {
    for (const tag of tags) {
      const [, kind, id] = /^base_model:(?:(\w+):)?([^:]+)$/.exec(tag) ?? [];
      if (id !== undefined && (kind !== undefined || !bases.has(id))) bases.set(id, relationOf(kind));
    }
  }
  return [...bases]
    .filter(([model]) => field.hubId.safeParse(model).success)
    .map(([model, how]) => ({ model, relation: how }));
}

function relationOf(text: string | null | undefined): Relation {
  return RELATIONS.find((relation) => relation === text) ?? 'unstated';
}
