import { say } from '../../sentences.ts';
import type { OfferObservation, UsageObservation } from '../../sources/observation.ts';
import { dollarsPerMillion } from '../dollars.ts';
import type { Evidence, Present } from '../evidence.ts';
import { against, type Basis, basisOf, figure, missing } from '../figure.ts';
import type { Figure, Table } from '../figures.ts';
import { type Indicator, methodName, type Outcome } from '../indicator.ts';
import { PRICE_SIDES, type PricedModel, type PriceSide, pricedModels } from '../priced-models.ts';
import { share, sum } from '../share.ts';
import { columns, missingTable, table } from '../table.ts';
import { missingDays } from './usage.ts';

const UNIVERSE = say('universe.tokens-paid');
const KINDS = ['prompt', 'completion'] as const;
type Kind = (typeof KINDS)[number];
const TOP = 15;
/** Below this percentage of a side's paid tokens with a price, its price is called partial. */
const ENOUGH_PRICED = 90n;
const NO_COMPARISON = say('compare.catalogue');

const TABLES = {
  prices: {
    title: 'Price of a million tokens',
    head: columns({
      side: ['text', 'china-open, united-states-open or closed, on the month’s last day'],
      kind: ['text', 'prompt or completion'],
      weighted: ['number', 'US dollars per million tokens, weighted by the month’s paid tokens'],
      median: ['number', 'US dollars per million tokens, median of the models'],
      models: ['number', 'Models with paid tokens and a price'],
      coverage: ['share', 'Part of the side’s paid tokens that has a price'],
    }),
  },
  'price-models': {
    title: 'What the models with the most paid tokens cost',
    head: columns({
      slug: ['text', 'OpenRouter’s permaslug without variant'],
      name: ['text', 'Name in the catalogue'],
      maker: ['text', 'Id of the maker'],
      makerName: ['text', 'Name of the maker'],
      side: ['text', 'china-open, united-states-open or closed, on the month’s last day'],
      prompt: ['number', 'US dollars per million prompt tokens'],
      completion: ['number', 'US dollars per million completion tokens'],
      tokens: ['count', 'Paid tokens of the month'],
    }),
  },
} as const;

const indicator = {
  id: 'price',
  version: 1,
  unit: 'dollars',
  method:
    'US dollars per million tokens, prompt and completion apart, by OpenRouter’s catalogue on the day it was read, for open Chinese, open American and closed models of any country as they were on the month’s last day. The weighted price counts each model by its paid tokens of the month; since these are not divided into prompt and completion, both prices are weighted by all of them. The median counts each model with paid tokens once. Free offers and free traffic are left out; a model that is offered in several ways has the price of the plain one, else of the cheapest; discounts for cached prompts and the prices of single providers are not seen. A model without a price in the catalogue is left out, and the part of paid tokens that has one is stated.',
} as const;

/** What a million tokens cost on each side. */
export const price: Indicator = {
  ...indicator,
  compute(evidence) {
    const { offers, usage, month, edition } = evidence;
    if (!offers.present) return absent(offers.reason);
    if (!usage.present) return absent(usage.reason);
    const rows = usage.observations.filter(({ day }) => month.from <= day && day <= month.to);
    if (rows.length === 0) return absent(say('snapshot.no-day-usage', { month: edition }));
    return measured(evidence, offers, { ...usage, observations: rows });
  },
};

function measured(
  { registry, month }: Evidence,
  offers: Present<OfferObservation>,
  usage: Present<UsageObservation>,
): Outcome {
  const ofCatalogue = basisOf(offers, {
    method: methodName(indicator),
    window: month,
    classifiedAt: registry.classifiedAt,
  });
  const basis: Basis = {
    ...ofCatalogue,
    universe: `${usage.universe} ${offers.universe}`,
    origins: [...offers.origins, ...usage.origins],
  };
  const models = pricedModels(usage.observations, offers.observations, registry, month.to);
  const gaps = missingDays(usage.observations, month);
  const missed = gaps.length > 0 ? say('gap.usage-days', { days: gaps }) : null;
  const sides = PRICE_SIDES.map((side) => pricesOf(side, models));
  return {
    figures: Object.assign({}, ...sides.map((one) => figuresOf(basis, one, missed))),
    tables: {
      prices: table(basis, TABLES.prices.title, TABLES.prices.head, sides.flatMap(priceRows), missed),
      'price-models': table(
        basis,
        TABLES['price-models'].title,
        TABLES['price-models'].head,
        modelRows(models),
        missed,
      ),
    },
    series: {},
  };
}

/** The prices of one side, each null where nothing of it has a price. */
interface SidePrices {
  readonly side: PriceSide;
  readonly weighted: Readonly<Record<Kind, number | null>>;
  readonly median: Readonly<Record<Kind, number | null>>;
  readonly models: number;
  /** Of the side's paid tokens, those that have a price; null where it served none. */
  readonly coverage: number | null;
  readonly tokens: bigint;
  readonly paidTokens: bigint;
}

function pricesOf(side: PriceSide, models: readonly PricedModel[]): SidePrices {
  const own = models.filter((one) => one.side === side);
  const priced = own.flatMap(({ paid, tokens }) => (paid ? [{ ...paid, tokens }] : []));
  const tokens = sum(priced.map((one) => one.tokens));
  const paidTokens = sum(own.map((one) => one.tokens));
  const of = (reckon: (kind: Kind) => number | null) => ({
    prompt: reckon('prompt'),
    completion: reckon('completion'),
  });
  return {
    side,
    weighted: of((kind) => dollarsPerMillion(sum(priced.map((one) => one[kind] * one.tokens)), tokens)),
    median: of((kind) => median(priced.map((one) => one[kind]))),
    models: priced.length,
    coverage: share(tokens, paidTokens),
    tokens,
    paidTokens,
  };
}

/** The middle price, or what lies midway between the two in the middle; null of none. */
function median(prices: readonly bigint[]): number | null {
  const sorted = [...prices].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? null : dollarsPerMillion(low + high, 2n);
}

function figuresOf(basis: Basis, prices: SidePrices, missed: string | null): Record<string, Figure> {
  const { side, coverage, tokens, paidTokens } = prices;
  const thin =
    100n * tokens < ENOUGH_PRICED * paidTokens
      ? say('gap.few-priced', { part: `${(100n * tokens) / paidTokens} %` })
      : null;
  const nothing = paidTokens === 0n ? say('gap.no-paid-tokens') : say('gap.no-price');
  const one = (value: number | null) =>
    value === null
      ? missing('dollars', basis.method, basis.universe, nothing)
      : figure(basis, {
          unit: 'dollars',
          value,
          low: value,
          high: value,
          coverage,
          partial: [missed, thin].filter((reason) => reason !== null).join(' ') || null,
        });
  return Object.fromEntries(
    KINDS.flatMap((kind) =>
      (['weighted', 'median'] as const).map((how) => [
        `price.${kind}.${how}.${side}`,
        against(one(prices[how][kind]), null, NO_COMPARISON),
      ]),
    ),
  );
}

function priceRows({ side, weighted, median, models, coverage }: SidePrices): Table['rows'] {
  return KINDS.map((kind) => ({
    side,
    kind,
    weighted: weighted[kind],
    median: median[kind],
    models,
    coverage,
  }));
}

function modelRows(models: readonly PricedModel[]): Table['rows'] {
  return models
    .flatMap(({ slug, side, maker, tokens, paid }) =>
      paid
        ? [
            {
              slug,
              name: paid.offer.name,
              maker: maker?.id ?? null,
              makerName: maker?.name ?? null,
              side,
              prompt: dollarsPerMillion(paid.prompt, 1n),
              completion: dollarsPerMillion(paid.completion, 1n),
              tokens: String(tokens),
            },
          ]
        : [],
    )
    .slice(0, TOP);
}

function absent(reason: string): Outcome {
  const method = methodName(indicator);
  const gone = (id: keyof typeof TABLES) =>
    missingTable(method, TABLES[id].title, TABLES[id].head, UNIVERSE, reason);
  return {
    figures: Object.fromEntries(
      PRICE_SIDES.flatMap((side) =>
        KINDS.flatMap((kind) =>
          ['weighted', 'median'].map((how) => [
            `price.${kind}.${how}.${side}`,
            missing('dollars', method, UNIVERSE, reason),
          ]),
        ),
      ),
    ),
    tables: { prices: gone('prices'), 'price-models': gone('price-models') },
    series: {},
  };
}
