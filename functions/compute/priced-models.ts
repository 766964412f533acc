import type { Day } from '../edition.ts';
import type { OfferObservation, UsageObservation } from '../sources/observation.ts';
import type { Maker } from './organisations.ts';
import { type PaidOffer, paidOffers } from './paid-offers.ts';
import type { Registry } from './registry.ts';
import { classifySlug, type Served } from './tokens.ts';

/** The sides whose prices are compared. */
export const PRICE_SIDES = ['china-open', 'united-states-open', 'closed'] as const;
export type PriceSide = (typeof PRICE_SIDES)[number];

/** A model with the paid tokens it served, and what they cost. */
export interface PricedModel {
  readonly slug: string;
  readonly side: PriceSide;
  readonly maker: Maker | undefined;
  readonly tokens: bigint;
  /** Undefined where the catalogue has no paid offer of it. */
  readonly paid: PaidOffer | undefined;
}

/**
 * Joins the paid tokens of each model to its price. Traffic marked free is left out, as are the aggregated rest and
 * whatever else stands on no side.
 *
 * @param day the day as of which a model is open or closed
 * @returns the models with the most tokens first
 */
export function pricedModels(
  rows: readonly UsageObservation[],
  offers: readonly OfferObservation[],
  registry: Registry,
  day: Day,
): PricedModel[] {
  const tokens = new Map<string, bigint>();
  for (const { slug, variant, tokens: served } of rows)
    if (variant !== 'free') tokens.set(slug, (tokens.get(slug) ?? 0n) + served);
  const prices = paidOffers(offers);
  const found: PricedModel[] = [];
  for (const [slug, served] of tokens) {
    const classified = classifySlug(registry, slug, day);
    const side = sideOf(classified);
    if (side && served > 0n)
      found.push({
        slug,
        side,
        maker: classified.maker,
        tokens: served,
        paid: prices.get(slug.toLowerCase()),
      });
  }
  return found.sort((a, b) =>
    a.tokens === b.tokens ? (a.slug < b.slug ? -1 : 1) : a.tokens > b.tokens ? -1 : 1,
  );
}

/** Closed models of any country are one side; open ones of other countries are on none. */
function sideOf({ group }: Served): PriceSide | null {
  if (group.endsWith('-closed')) return 'closed';
  return group === 'china-open' || group === 'united-states-open' ? group : null;
}
