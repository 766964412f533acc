import { daysOf, monthBefore, monthWindow, type Window } from '../../edition.ts';
import { say } from '../../sentences.ts';
import type { UsageObservation } from '../../sources/observation.ts';
import type { Evidence, Present } from '../evidence.ts';
import { against, type Basis, basisOf, coverage, figure, missing } from '../figure.ts';
import type { Figure } from '../figures.ts';
import { type Indicator, methodName } from '../indicator.ts';
import { partition, share } from '../share.ts';
import { GROUPS, sumsOf, type Tokens, tokensOf } from '../tokens.ts';
import { missingUsageSeries, usageSeries } from '../usage-series.ts';
import { missingUsageTables, usageTables } from '../usage-tables.ts';
import { closedTokens, missingVendorTable, VENDORS, vendorShares, vendorTable } from '../vendors.ts';

const UNIVERSE = say('universe.tokens');

const indicator = {
  id: 'usage',
  version: 1,
  unit: 'share',
  method:
    'Tokens that OpenRouter served in the month, prompt and completion together, by the model’s maker’s country and by whether its weights could be downloaded by anyone on that day. The aggregated row “other”, models served under a mask (stealth, openrouter) and models whose maker, country or openness is not established are unknown; low and high put all unknown on one side, then on the other. Open share is open over open and closed; China’s share of open is Chinese open over open; the parts by country and openness are of all tokens. The parts of the vendors are of the closed tokens, where low counts all unknown as others’ closed tokens and high as the vendor’s own. Open share, China’s shares and the parts by country stand without traffic marked free too; the row “other” cannot be divided into free and paid and stays in as unknown. Tokens of different tokenizers are not comparable one by one.',
} as const;

/** Tokens served, by who made the model and whether it is open. */
export const usage: Indicator = {
  ...indicator,
  compute(evidence) {
    const { usage: taken, month } = evidence;
    if (!taken.present) return absent(taken.reason);
    if (within(taken.observations, month).length === 0)
      return absent(say('snapshot.no-day-newest', { month: evidence.edition }));
    return measured(evidence, taken);
  },
};

function measured(evidence: Evidence, taken: Present<UsageObservation>): ReturnType<Indicator['compute']> {
  const { registry, month, edition } = evidence;
  const before = monthWindow(monthBefore(edition));
  const rows = within(taken.observations, month);
  const rowsBefore = within(taken.observations, before);
  const rest = { method: methodName(indicator), classifiedAt: registry.classifiedAt };
  const basis = basisOf(taken, { ...rest, window: month });
  const basisBefore = basisOf(taken, { ...rest, window: before });
  const gaps = missingDays(rows, month);
  const reason =
    rowsBefore.length === 0
      ? say('compare.not-before')
      : gaps.length > 0 || missingDays(rowsBefore, before).length > 0
        ? say('compare.days-missing')
        : null;
  const partial = gaps.length > 0 ? say('gap.days', { days: gaps }) : null;

  const figures: Record<string, Figure> = {};
  for (const [prefix, kept] of [
    ['usage', () => true],
    ['usage.paid', ({ variant }: UsageObservation) => variant !== 'free'],
  ] as const) {
    const now = shape(basis, tokensOf(rows.filter(kept), registry), partial);
    const then = shape(basisBefore, tokensOf(rowsBefore.filter(kept), registry), null);
    for (const [id, one] of Object.entries(now))
      figures[`${prefix}.${id}`] = against(one, rowsBefore.length > 0 ? (then[id] ?? null) : null, reason);
  }
  const closed = closedTokens(rows, registry);
  const closedBefore = rowsBefore.length > 0 ? closedTokens(rowsBefore, registry) : null;
  const then = closedBefore && vendorShares(basisBefore, closedBefore, null);
  for (const [id, one] of Object.entries(vendorShares(basis, closed, partial)))
    figures[`usage.${id}`] = against(one, then?.[id] ?? null, reason);
  return {
    figures,
    tables: {
      ...usageTables(basis, registry, rows, rowsBefore, month, partial),
      'usage-vendors': vendorTable(basis, registry, closed, closedBefore, month.to, partial),
    },
    series: usageSeries(basis, registry, taken.observations, before.from, month.to),
  };
}

/** Every figure of one month's tokens, by the end of its id. */
export function shape(basis: Basis, tokens: Tokens, partial: string | null): Record<string, Figure> {
  const { open, closed, unknown, total, chinaOpen, china } = sumsOf(tokens);
  const rest = { coverage: coverage(open + closed, unknown), partial, unknown, classified: open + closed };
  const shares = partition(GROUPS.map((group) => tokens[group]));
  const one = (value: number | null, low: number | null, high: number | null) =>
    figure(basis, { unit: 'share', value, low, high, ...rest });
  const found: Record<string, Figure> = {
    'tokens.total': figure(basis, {
      unit: 'tokens',
      value: String(total),
      low: String(total),
      high: String(total),
      coverage: rest.coverage,
      partial,
    }),
    'open-share': one(share(open, open + closed), share(open, total), share(open + unknown, total)),
    'china-of-open': one(
      share(chinaOpen, open),
      share(chinaOpen, open + unknown),
      share(chinaOpen + unknown, open + unknown),
    ),
    'china-of-all': one(share(china, total), share(china, total), share(china + unknown, total)),
  };
  const unknownShare = shares.at(-1) ?? 0;
  for (const [index, group] of GROUPS.entries()) {
    const part = shares[index] ?? null;
    found[`share.${group}`] =
      group === 'unknown' || part === null
        ? one(part, part && 0, part)
        : one(part, part, part + unknownShare);
  }
  return found;
}

/** The days of a window on which nothing was served, as far as the rows say. */
export function missingDays(rows: readonly UsageObservation[], window: Window): string[] {
  const there = new Set(rows.map(({ day }) => day));
  return daysOf(window).filter((day) => !there.has(day));
}

function within(rows: readonly UsageObservation[], { from, to }: Window): UsageObservation[] {
  return rows.filter(({ day }) => from <= day && day <= to);
}

function absent(reason: string): ReturnType<Indicator['compute']> {
  const method = methodName(indicator);
  const figures: Record<string, Figure> = {};
  for (const prefix of ['usage', 'usage.paid']) {
    figures[`${prefix}.tokens.total`] = missing('tokens', method, UNIVERSE, reason);
    for (const id of [
      'open-share',
      'china-of-open',
      'china-of-all',
      ...GROUPS.map((group) => `share.${group}`),
    ])
      figures[`${prefix}.${id}`] = missing('share', method, UNIVERSE, reason);
  }
  for (const vendor of VENDORS)
    figures[`usage.vendor-share.${vendor}`] = missing('share', method, UNIVERSE, reason);
  return {
    figures,
    tables: {
      ...missingUsageTables(method, UNIVERSE, reason),
      'usage-vendors': missingVendorTable(method, UNIVERSE, reason),
    },
    series: missingUsageSeries(method, UNIVERSE, reason),
  };
}
