import type { Day } from '../edition.ts';
import type { UsageObservation } from '../sources/observation.ts';
import type { Country } from './country.ts';
import { openOn } from './openness.ts';
import { countryOn, type Maker } from './organisations.ts';
import type { Registry } from './registry.ts';
import { sum } from './share.ts';

/** The sides that tokens are divided into; with `unknown` they are everything. */
export const GROUPS = [
  'china-open',
  'china-closed',
  'united-states-open',
  'united-states-closed',
  'european-union-open',
  'european-union-closed',
  'other-open',
  'other-closed',
  'unknown',
] as const;
export type Group = (typeof GROUPS)[number];

/** Whose model a slug is, and on which side its tokens of a day count. */
export interface Served {
  readonly maker: Maker | undefined;
  readonly country: Country;
  readonly openness: 'open' | 'closed' | 'unknown';
  readonly group: Group;
}

/** Slugs that are somebody's model under another name, whatever a list says, and the aggregated rest. */
export const MASKED = /^(?:other$|stealth\/|openrouter\/)/i;

/** Classifies a slug on a day: unknown if its maker, its maker's country or its openness is not established. */
export function classifySlug({ organisations, openness }: Registry, slug: string, day: Day): Served {
  if (MASKED.test(slug))
    return { maker: undefined, country: 'unknown', openness: 'unknown', group: 'unknown' };
  const listed = openness.named('openrouter', slug);
  const maker = listed
    ? organisations.byId(listed.model.maker)
    : organisations.named('openrouter', slug.split('/', 1)[0] ?? '');
  const country = countryOn(maker, day);
  const state = listed ? (openOn(listed, day) ? 'open' : 'closed') : 'unknown';
  const known = country !== 'unknown' && state !== 'unknown';
  return { maker, country, openness: state, group: known ? `${country}-${state}` : 'unknown' };
}

/** Tokens by side. */
export type Tokens = Readonly<Record<Group, bigint>>;

/** Adds up tokens by side, each row as of its own day. */
export function tokensOf(rows: readonly UsageObservation[], registry: Registry): Tokens {
  const tokens = Object.fromEntries(GROUPS.map((group) => [group, 0n])) as Record<Group, bigint>;
  for (const { slug, day, tokens: served } of rows) tokens[classifySlug(registry, slug, day).group] += served;
  return tokens;
}

/** The sums that the definitions name: open, closed, unknown and all tokens, and China's of the open and of all. */
export function sumsOf(tokens: Tokens): {
  open: bigint;
  closed: bigint;
  unknown: bigint;
  total: bigint;
  chinaOpen: bigint;
  china: bigint;
} {
  const of = (ending: string) =>
    sum(GROUPS.filter((group) => group.endsWith(ending)).map((group) => tokens[group]));
  return {
    open: of('-open'),
    closed: of('-closed'),
    unknown: tokens.unknown,
    total: sum(Object.values(tokens)),
    chinaOpen: tokens['china-open'],
    china: tokens['china-open'] + tokens['china-closed'],
  };
}
