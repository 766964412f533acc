import { inText, type Probe } from './probe.ts';

const PLAIN = ['downloads', 'downloadsAllTime', 'likes', 'createdAt', 'tags', 'gated'];
/** Names that releases of the Hub's listing have differed over; many a repository has nothing under them. */
const DISPUTED = ['baseModels', 'childrenModelCount'];

/** What a pull takes for granted about the Hub's listing, asked of one namespace that every edition needs. */
export function hubProbes(token: string | undefined): Probe[] {
  const probe = (what: string, expand: readonly string[], looks: Probe['looks']): Probe => {
    const query = new URLSearchParams({ author: 'Qwen', sort: 'downloads', limit: '3' });
    for (const name of new Set(['downloads', ...expand])) query.append('expand[]', name);
    return {
      what,
      part: 'namespace',
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
  ];
}
