import { z } from 'zod';
import { say } from '../sentences.ts';
import { baseUrl } from './base-url.ts';
import { changed, readJson } from './body.ts';
import { field, splitVariant } from './field.ts';
import type { OfferObservation } from './observation.ts';
import { OPENROUTER } from './openrouter-base.ts';
import type { Source } from './source.ts';

/**
 * One model of the catalogue, as far as we use it. `@openrouter/sdk` has a schema of the whole, which refuses
 * a body over any of some hundred fields that we do not read; ours holds the source to what we do read.
 */
const item = z.object({
  id: field.slug,
  canonical_slug: field.slug,
  name: field.name,
  created: z.int().nonnegative().max(253_402_300_799),
  hugging_face_id: z.string().max(500).nullish(),
  context_length: z.int().nonnegative().nullish(),
  pricing: z.object({ prompt: field.price, completion: field.price }),
});

/**
 * OpenRouter's model catalogue with its prices.
 *
 * @see https://openrouter.ai/docs/api-reference/list-available-models
 */
export const openrouterModels: Source<OfferObservation> = {
  name: 'openrouter-models',
  base: OPENROUTER,
  origin: {
    producer: 'OpenRouter',
    title: 'Models API',
    url: 'https://openrouter.ai/models',
    licence: null,
    citation: 'OpenRouter, model catalogue (openrouter.ai/models), as of {as_of}.',
  },
  limits: () => [],
  probes: () => [
    {
      what: 'The catalogue',
      part: 'models',
      path: '/models',
      accept: ['application/json'],
      reads: true,
      looks: [],
    },
  ],

  async *retrieve(http, _wish, environment) {
    const url = `${baseUrl(OPENROUTER, environment)}/models`;
    yield { part: 'models', ...(await http.get({ url, accept: ['application/json'] })) };
  },

  parse(bodies) {
    const offers = new Map<string, OfferObservation>();
    const remarks: string[] = [];
    let unpriced = 0;
    let badHints = 0;
    for (const body of bodies) {
      const { data } = readJson(body, z.object({ data: z.array(item) }));
      if (data.length === 0) throw changed(body, 'the list is empty', { field: 'data' });
      for (const [index, one] of data.entries()) {
        const { prompt, completion } = one.pricing;
        if (prompt.startsWith('-') || completion.startsWith('-')) {
          unpriced += 1;
          continue;
        }
        if (offers.has(one.id))
          throw changed(body, `${one.id} stands twice`, { row: index + 1, field: 'id' });
        const hint = one.hugging_face_id || null;
        const known = hint === null || field.hubId.safeParse(hint).success;
        if (!known) badHints += 1;
        offers.set(one.id, {
          kind: 'offer',
          id: one.id,
          slug: splitVariant(one.canonical_slug).slug,
          name: one.name,
          huggingFaceId: known ? hint : null,
          created: new Date(one.created * 1000).toISOString().slice(0, 10),
          contextLength: one.context_length ?? null,
          promptPrice: prompt,
          completionPrice: completion,
        });
      }
    }
    if (unpriced > 0) remarks.push(say('remark.unpriced', { models: unpriced }));
    if (badHints > 0) remarks.push(say('remark.bad-hints', { models: badHints }));
    return {
      observations: [...offers.values()],
      asOf:
        bodies
          .map(({ retrievedAt }) => retrievedAt)
          .sort()
          .at(-1) ?? '',
      universe: say('universe.priced', { models: offers.size }),
      remarks,
    };
  },
};
