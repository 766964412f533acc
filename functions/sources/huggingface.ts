import { baseUrl, keyFrom } from './base-url.ts';
import { isUnknownName, listing, pages } from './huggingface-listing.ts';
import { hubProbes } from './huggingface-probes.ts';
import { FLOOR, hubReader, readHub } from './huggingface-reader.ts';
import type { RepositoryObservation } from './observation.ts';
import type { Source } from './source.ts';

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

/** What is asked of the newest repositories: enough to say on whom they are built. */
const NEWEST = ['createdAt', 'downloads', 'pipeline_tag', 'tags', 'baseModels'];
/**
 * How the newest are asked for: the direction is on its way out of the Hub's clients, since every order descends.
 *
 * @see https://github.com/huggingface/huggingface_hub/pull/3630
 */
const NEWEST_FIRST: readonly Readonly<Record<string, string>>[] = [
  { sort: 'createdAt', direction: '-1' },
  { sort: 'createdAt' },
];
const NEWEST_EXPANDS = [NEWEST, NEWEST.slice(0, -1)];

/**
 * The Hugging Face Hub: the repositories of known makers, the most downloaded ones of all down to a floor, and the
 * newest back to the first of the month. Counters are rolling: `downloads` is the last 30 days. The official client
 * `@huggingface/hub` hides the bodies it reads, which we keep, and cannot ask for `baseModels` and
 * `childrenModelCount`; so its listing is asked here.
 *
 * @see https://huggingface.co/docs/hub/api
 * @see https://huggingface.co/docs/hub/models-download-stats
 */
export const huggingface: Source<RepositoryObservation> = {
  name: 'huggingface',
  base: { variable: 'HF_ENDPOINT', url: 'https://huggingface.co' },
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
    const base = baseUrl(huggingface.base, environment);
    const token = keyFrom('HF_TOKEN', environment);
    const ask = listing(http, base, token, EXPANDS);
    yield* pages(ask, 'most-downloaded', { sort: 'downloads' }, ({ downloads }) => downloads < FLOOR);
    for (const author of new Set(wish.makers)) {
      yield* pages(ask, 'namespace', { author, sort: 'downloads' });
    }
    const first = `${wish.window.to.slice(0, 7)}-01`;
    for (const order of NEWEST_FIRST) {
      const newest = pages(
        listing(http, base, token, NEWEST_EXPANDS),
        'created',
        order,
        ({ createdAt }) => createdAt !== null && createdAt < first,
      );
      let listed = false;
      try {
        for await (const body of newest) {
          listed = true;
          yield body;
        }
        return;
      } catch (error) {
        // A Hub that knows none of these orders still has everything else; the reader remarks what is missing.
        if (listed || !isUnknownName(error)) throw error;
      }
    }
  },

  parse: readHub,
  open: hubReader,
};
