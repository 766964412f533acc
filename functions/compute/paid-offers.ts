import type { OfferObservation } from '../sources/observation.ts';
import { picodollars } from './dollars.ts';

/** What a model costs: the offer that stands for it, with its prices in trillionths of a dollar per token. */
export interface PaidOffer {
  readonly offer: OfferObservation;
  readonly prompt: bigint;
  readonly completion: bigint;
}

/**
 * The paid offer of each model, by its permaslug in lower case. An id ending in `:free`, or a price of nothing for
 * both kinds of token, is not a paid offer. Where a model is offered several times, the plain offer stands for it,
 * the one whose id has no variant (`:batch` is half the price for answers that may take a day); else the cheapest.
 */
export function paidOffers(offers: readonly OfferObservation[]): ReadonlyMap<string, PaidOffer> {
  const found = new Map<string, PaidOffer>();
  for (const offer of offers) {
    const [prompt, completion] = [picodollars(offer.promptPrice), picodollars(offer.completionPrice)];
    if (offer.id.toLowerCase().endsWith(':free') || prompt + completion === 0n) continue;
    const one = { offer, prompt, completion };
    const key = offer.slug.toLowerCase();
    const there = found.get(key);
    if (!there || standsBefore(one, there)) found.set(key, one);
  }
  return found;
}

function standsBefore(a: PaidOffer, b: PaidOffer): boolean {
  const [plainA, plainB] = [!a.offer.id.includes(':'), !b.offer.id.includes(':')];
  if (plainA !== plainB) return plainA;
  const [costA, costB] = [a.prompt + a.completion, b.prompt + b.completion];
  return costA === costB ? a.offer.id < b.offer.id : costA < costB;
}
