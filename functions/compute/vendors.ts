import type { Day } from '../edition.ts';
import { say } from '../sentences.ts';
import type { UsageObservation } from '../sources/observation.ts';
import { type Basis, coverage, figure, missing } from './figure.ts';
import type { Figure, Table } from './figures.ts';
import { countryOn } from './organisations.ts';
import type { Registry } from './registry.ts';
import { partition, share, sum } from './share.ts';
import { columns, missingTable, table } from './table.ts';
import { classifySlug, sumsOf, tokensOf } from './tokens.ts';
import { type MakerTokens, tokensByMaker } from './usage-tables.ts';

/** The vendors that were said to hold the proprietary part; `others` are all the rest of it. */
export const VENDORS = ['openai', 'google', 'anthropic', 'others'] as const;

const TITLE = 'Who makes the closed models that were used';
const head = columns({
  rank: ['number', 'By closed tokens'],
  maker: ['text', 'Id of the maker'],
  makerName: ['text', 'Name of the maker'],
  country: ['text', 'Country of the maker on the month’s last day'],
  tokens: ['count', 'Tokens of models closed on the day'],
  shareOfClosed: ['share', 'Part of all closed tokens'],
  low: ['share', 'The same if all unknown tokens were another’s closed ones'],
  high: ['share', 'The same if all unknown tokens were this maker’s closed ones'],
  previousTokens: ['count', 'Closed tokens of the month before'],
});

/** The closed tokens of a month by maker, and what may be closed and is not known. */
export interface Closed {
  readonly makers: readonly MakerTokens[];
  readonly open: bigint;
  readonly closed: bigint;
  readonly unknown: bigint;
}

/** Divides the closed tokens among their makers, most tokens first. */
export function closedTokens(rows: readonly UsageObservation[], registry: Registry): Closed {
  const { open, closed, unknown } = sumsOf(tokensOf(rows, registry));
  const ofClosed = rows.filter(({ slug, day }) =>
    classifySlug(registry, slug, day).group.endsWith('-closed'),
  );
  return { makers: tokensByMaker(ofClosed, registry), open, closed, unknown };
}

/** Each vendor's part of the closed tokens, by the end of its id; they sum to exactly one. */
export function vendorShares(
  basis: Basis,
  { makers, open, closed, unknown }: Closed,
  partial: string | null,
): Record<string, Figure> {
  const named = VENDORS.map((vendor) => makers.find(({ maker }) => maker === vendor)?.tokens ?? 0n);
  const amounts = named.with(-1, closed - sum(named));
  const shares = partition(amounts);
  const rest = {
    coverage: coverage(open + closed, unknown),
    partial,
    unknown,
    classified: open + closed,
  };
  return Object.fromEntries(
    VENDORS.map((vendor, index) => {
      const value = shares[index] ?? null;
      const bounds = boundsOf(amounts[index] ?? 0n, closed, unknown, value);
      return [
        `vendor-share.${vendor}`,
        value === null
          ? missing('share', basis.method, basis.universe, say('gap.no-closed-tokens'))
          : figure(basis, { unit: 'share', value, ...bounds, ...rest }),
      ];
    }),
  );
}

/** All unknown put on the other vendors, then on this one; a share of a partition may be one step off its bound. */
function boundsOf(
  tokens: bigint,
  closed: bigint,
  unknown: bigint,
  value: number | null,
): { low: number | null; high: number | null } {
  if (value === null) return { low: null, high: null };
  return {
    low: Math.min(value, share(tokens, closed + unknown) ?? value),
    high: Math.max(value, share(tokens + unknown, closed + unknown) ?? value),
  };
}

/**
 * Every maker of closed models with its part of them.
 *
 * @param before null where the snapshot does not cover the month before
 * @param last the day as of which countries are stated
 */
export function vendorTable(
  basis: Basis,
  registry: Registry,
  { makers, closed, unknown }: Closed,
  before: Closed | null,
  last: Day,
  reason: string | null,
): Table {
  const shares = partition(makers.map(({ tokens }) => tokens));
  const then = new Map(before?.makers.map(({ maker, tokens }) => [maker, tokens]));
  const rows = makers.map(({ maker, makerName, tokens }, index) => {
    const value = shares[index] ?? null;
    return {
      rank: index + 1,
      maker,
      makerName,
      country: countryOn(registry.organisations.byId(maker), last),
      tokens: String(tokens),
      shareOfClosed: value,
      ...boundsOf(tokens, closed, unknown, value),
      previousTokens: before ? String(then.get(maker) ?? 0n) : null,
    };
  });
  return table(basis, TITLE, head, rows, reason);
}

/** The same table, empty, with the reason. */
export function missingVendorTable(method: string, universe: string, reason: string): Table {
  return missingTable(method, TITLE, head, universe, reason);
}
