import type { Day, Window } from '../edition.ts';
import type { UsageObservation } from '../sources/observation.ts';
import type { Basis } from './figure.ts';
import type { Table } from './figures.ts';
import { countryOn } from './organisations.ts';
import type { Registry } from './registry.ts';
import { partition, share, sum } from './share.ts';
import { columns, missingTable, table } from './table.ts';
import { classifySlug, GROUPS, type Group, tokensOf } from './tokens.ts';

const TOP = 15;

const byCamp = columns({
  country: ['text', 'Country of the maker'],
  openness: ['text', 'open, closed or unknown'],
  tokens: ['count', 'Tokens of the month'],
  share: ['share', 'Part of all tokens'],
  previousTokens: ['count', 'Tokens of the month before'],
  previousShare: ['share', 'Part of all tokens of the month before'],
});
const top = columns({
  rank: ['number', 'By tokens'],
  slug: ['text', 'OpenRouter’s permaslug without variant'],
  maker: ['text', 'Id of the maker'],
  makerName: ['text', 'Name of the maker'],
  country: ['text', 'Country of the maker'],
  openness: ['text', 'open, closed or unknown, on the month’s last day'],
  tokens: ['count', 'Tokens of the month'],
  share: ['share', 'Part of all tokens'],
  freeShare: ['share', 'Part of its tokens that was marked free'],
  previousTokens: ['count', 'Tokens of the month before'],
});
const makers = columns({
  maker: ['text', 'Id of the maker'],
  makerName: ['text', 'Name of the maker'],
  country: ['text', 'Country of the maker'],
  openTokens: ['count', 'Tokens of models open on the day'],
  closedTokens: ['count', 'Tokens of models closed on the day'],
  tokens: ['count', 'Tokens of the month, with those whose openness is unknown'],
  share: ['share', 'Part of all tokens'],
  previousTokens: ['count', 'Tokens of the month before'],
});
const TITLES = {
  'usage-by-camp': 'Tokens by country and openness',
  'usage-top': 'Models with the most tokens',
  'usage-makers': 'Makers by tokens',
} as const;

/** Tokens of one maker over a month. */
export interface MakerTokens {
  readonly maker: string;
  readonly makerName: string;
  readonly open: bigint;
  readonly closed: bigint;
  readonly tokens: bigint;
}

/** Adds up tokens by maker, each row by whether its model was open on its day; largest first. */
export function tokensByMaker(rows: readonly UsageObservation[], registry: Registry): MakerTokens[] {
  const found = new Map<
    string,
    { maker: string; makerName: string; open: bigint; closed: bigint; tokens: bigint }
  >();
  for (const { slug, day, tokens } of rows) {
    const { maker, openness } = classifySlug(registry, slug, day);
    if (!maker) continue;
    const one = found.get(maker.id) ?? {
      maker: maker.id,
      makerName: maker.name,
      open: 0n,
      closed: 0n,
      tokens: 0n,
    };
    if (openness !== 'unknown') one[openness] += tokens;
    one.tokens += tokens;
    found.set(maker.id, one);
  }
  return [...found.values()].sort((a, b) => bySize(a.tokens, b.tokens, a.maker, b.maker));
}

/** The tables of a month's usage. */
export function usageTables(
  basis: Basis,
  registry: Registry,
  rows: readonly UsageObservation[],
  before: readonly UsageObservation[],
  month: Window,
  reason: string | null,
): Record<string, Table> {
  const whole = sum(rows.map(({ tokens }) => tokens));
  const make = (id: keyof typeof TITLES, head: Table['columns'], body: Table['rows']) =>
    [id, table(basis, TITLES[id], head, body, reason)] as const;
  return Object.fromEntries([
    make('usage-by-camp', byCamp, campRows(registry, rows, before)),
    make('usage-top', top, topRows(registry, rows, before, month.to, whole)),
    make('usage-makers', makers, makerRows(registry, rows, before, month.to, whole)),
  ]);
}

/** The same tables, empty, with the reason. */
export function missingUsageTables(method: string, universe: string, reason: string): Record<string, Table> {
  const gone = (id: keyof typeof TITLES, head: Table['columns']) =>
    [id, missingTable(method, TITLES[id], head, universe, reason)] as const;
  return Object.fromEntries([
    gone('usage-by-camp', byCamp),
    gone('usage-top', top),
    gone('usage-makers', makers),
  ]);
}

function campRows(
  registry: Registry,
  rows: readonly UsageObservation[],
  before: readonly UsageObservation[],
): Table['rows'] {
  const [now, then] = [tokensOf(rows, registry), tokensOf(before, registry)];
  const [shares, sharesThen] = [now, then].map((tokens) => partition(GROUPS.map((group) => tokens[group])));
  return GROUPS.map((group, index) => ({
    ...sides(group),
    tokens: String(now[group]),
    share: shares?.[index] ?? null,
    previousTokens: before.length > 0 ? String(then[group]) : null,
    previousShare: sharesThen?.[index] ?? null,
  }));
}

/** `united-states-open` as country and openness. */
function sides(group: Group): { country: string; openness: string } {
  const at = group.lastIndexOf('-');
  return group === 'unknown'
    ? { country: 'unknown', openness: 'unknown' }
    : { country: group.slice(0, at), openness: group.slice(at + 1) };
}

function topRows(
  registry: Registry,
  rows: readonly UsageObservation[],
  before: readonly UsageObservation[],
  last: Day,
  whole: bigint,
): Table['rows'] {
  const named = Map.groupBy(
    rows.filter(({ slug }) => slug !== 'other'),
    ({ slug }) => slug,
  );
  const then = Map.groupBy(before, ({ slug }) => slug);
  const tokens = (some: readonly UsageObservation[]) => sum(some.map((one) => one.tokens));
  return [...named]
    .map(([slug, some]) => ({ slug, some, tokens: tokens(some) }))
    .sort((a, b) => bySize(a.tokens, b.tokens, a.slug, b.slug))
    .slice(0, TOP)
    .map(({ slug, some, tokens: served }, index) => {
      const { maker, country, openness } = classifySlug(registry, slug, last);
      return {
        rank: index + 1,
        slug,
        maker: maker?.id ?? null,
        makerName: maker?.name ?? null,
        country,
        openness,
        tokens: String(served),
        share: share(served, whole),
        freeShare: share(tokens(some.filter(({ variant }) => variant === 'free')), served),
        previousTokens: before.length > 0 ? String(tokens(then.get(slug) ?? [])) : null,
      };
    });
}

function makerRows(
  registry: Registry,
  rows: readonly UsageObservation[],
  before: readonly UsageObservation[],
  last: Day,
  whole: bigint,
): Table['rows'] {
  const then = new Map(tokensByMaker(before, registry).map((one) => [one.maker, one.tokens]));
  return tokensByMaker(rows, registry).map(({ maker, makerName, open, closed, tokens }) => ({
    maker,
    makerName,
    country: countryById(registry, maker, last),
    openTokens: String(open),
    closedTokens: String(closed),
    tokens: String(tokens),
    share: share(tokens, whole),
    previousTokens: before.length > 0 ? String(then.get(maker) ?? 0n) : null,
  }));
}

function countryById({ organisations }: Registry, id: string, day: Day): string {
  return countryOn(organisations.byId(id), day);
}

function bySize(a: bigint, b: bigint, nameA: string, nameB: string): number {
  if (a !== b) return a > b ? -1 : 1;
  return nameA < nameB ? -1 : 1;
}
