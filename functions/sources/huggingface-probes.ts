import { z } from 'zod';
import { inText, type Probe } from './probe.ts';
import type { HttpBody } from './source.ts';

const PLAIN = ['downloads', 'downloadsAllTime', 'likes', 'createdAt', 'tags', 'gated'];
/** Names that releases of the Hub's listing have differed over; many a repository has nothing under them. */
const DISPUTED = ['baseModels', 'childrenModelCount'];
/** What is asked of the newest repositories, disputed names left out. */
const NEWEST = ['createdAt', 'downloads', 'pipeline_tag', 'tags'];

/**
 * What a pull takes for granted about the Hub's listing, asked of one namespace that every edition needs, and of the
 * newest repositories of all.
 */
export function hubProbes(token: string | undefined): Probe[] {
  const probe = (
    what: string,
    expand: readonly string[],
    looks: Probe['looks'],
    [part, asked]: readonly [string, Record<string, string>] = NAMESPACE,
  ): Probe => {
    const query = new URLSearchParams({ ...asked, limit: '3' });
    for (const name of new Set(['downloads', ...expand])) query.append('expand[]', name);
    return {
      what,
      part,
      path: `/api/models?${query}`,
      accept: ['application/json'],
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      reads: true,
      looks,
    };
  };
  return [
    probe('The model listing', PLAIN, [
      ...PLAIN.map((name) => ({
        assumption: `expand gives ${name}`,
        find: inText(new RegExp(`"${name}":`)),
        whatToDo: 'Figures that need it will be missing: look for its new name.',
      })),
      {
        assumption: 'the next page is named by a Link header',
        find: ({ headers }) => (/rel="?next"?/.test(headers.link ?? '') ? 'rel=next' : undefined),
        whatToDo:
          'Without it only first pages are read: adapt the paging in functions/sources/huggingface.ts.',
      },
      {
        assumption: 'a RateLimit header says how many calls are left',
        find: ({ headers }) => headers.ratelimit?.slice(0, 80),
        whatToDo:
          'A pull still backs off when told to; look for the new form in functions/sources/http-wait.ts.',
      },
    ]),
    // Each alone: a listing that does not know a name answers 400, and a pull then does without it.
    ...DISPUTED.map((name) => probe(`The model listing with ${name}`, [name], [])),
    probe(
      'The listing of the newest',
      NEWEST,
      [
        {
          assumption: 'the newest come first',
          find: newestFirst,
          whatToDo:
            'Without it what is built on whom cannot be counted: look at the orders of the listing and adapt functions/sources/huggingface.ts.',
        },
      ],
      ['created', { sort: 'createdAt', direction: '-1' }],
    ),
  ];
}

const NAMESPACE = ['namespace', { author: 'Qwen', sort: 'downloads' }] as const;
const created = z.array(z.object({ createdAt: z.iso.datetime() })).min(2);

/** The instants of creation, if each is no earlier than the next. */
function newestFirst({ body }: HttpBody): string | undefined {
  const { data } = created.safeParse(parsed(new TextDecoder().decode(body)));
  const instants = data?.map(({ createdAt }) => createdAt);
  const descending = instants?.every(
    (one, index) => Date.parse(one) >= Date.parse(instants[index + 1] ?? one),
  );
  return descending ? instants?.join(', ') : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
