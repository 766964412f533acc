import { z } from 'zod';
import { readJson } from './body.ts';
import { field } from './field.ts';
import type { Relation, RepositoryObservation } from './observation.ts';
import type { RawBody } from './source.ts';

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
export type Item = z.infer<typeof item>;

/** The models of one page; none where the Hub says that there is no such namespace. */
export function itemsOf(body: RawBody): Item[] {
  return body.headers.status === '404' ? [] : readJson(body, z.array(item));
}

/** Which question a body answers; a recorded body answers none of ours. */
export function listingOf({ part }: RawBody): RepositoryObservation['listing'] {
  return LISTINGS.find((listing) => listing === part) ?? 'recorded';
}

/** What a page says of one repository. */
export function observe(one: Item, listing: RepositoryObservation['listing']): RepositoryObservation {
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
