import { say } from '../../sentences.ts';
import { downloadViews, type Tally } from '../download-tally.ts';
import type { Evidence } from '../evidence.ts';
import { basisOf, figure, missing } from '../figure.ts';
import type { Figure, Table } from '../figures.ts';
import { type Indicator, methodName, NOTHING_YET, type Outcome } from '../indicator.ts';
import { type Bounded, isPrintable, type Leader, leaderOf } from '../leader.ts';
import { share } from '../share.ts';
import { columns, missingTable, table } from '../table.ts';

const UNIVERSE = say('universe.headlines');
const TITLE = 'The two headlines under other choices';

const head = columns({
  headline: ['text', 'downloads or usage'],
  choice: ['text', 'attribution, scope, outliers, largest, unknown or free: what is chosen otherwise'],
  alternative: ['text', 'How it is chosen otherwise'],
  value: ['share', 'The headline under that choice'],
  difference: ['number', 'Against the headline, as a fraction of one'],
  leader: ['text', 'Who leads under that choice: china, unitedStates, close or missing'],
});

/** One choice made otherwise, and what becomes of the headline. */
interface Alternative {
  readonly headline: 'downloads' | 'usage';
  readonly choice: 'attribution' | 'scope' | 'outliers' | 'largest' | 'unknown' | 'free';
  readonly alternative: string;
  readonly value: number;
  readonly leader: Leader;
}

const indicator = {
  id: 'sensitivity',
  version: 1,
  unit: 'share',
  method:
    'The two headlines, China’s share of the downloads of first-party open language models and its share of the tokens of open models, each with one choice at a time made otherwise: attribution by lineage, all tasks, counters as they were read, without the most-downloaded repository, all unknown against China and for it, paid traffic alone. The band runs from the lowest to the highest of these values; the choice that moves a headline most is named.',
} as const;

/** How far the headlines depend on choices that could have been made otherwise. */
export const sensitivity: Indicator = {
  ...indicator,
  compute(evidence, soFar = NOTHING_YET) {
    const found = { downloads: forDownloads(evidence, soFar), usage: forUsage(soFar) };
    const downloads = band(evidence, soFar, 'downloads', HEADLINES.downloads, found.downloads);
    const usage = band(evidence, soFar, 'usage', HEADLINES.usage, found.usage);
    return {
      figures: { 'sensitivity.downloads.china': downloads, 'sensitivity.usage.china-of-open': usage },
      tables: { sensitivity: tableOf(evidence, soFar, [...found.downloads, ...found.usage]) },
      series: {},
    };
  },
};

const HEADLINES = {
  downloads: 'downloads.language.publisher-share.china',
  usage: 'usage.china-of-open',
} as const;

function forDownloads({ repositories, hub, registry, month }: Evidence, { figures }: Outcome): Alternative[] {
  const headline = figures[HEADLINES.downloads];
  if (!repositories.present || !headline || !isPrintable(headline)) return [];
  const pair = (id: string) => [figures[`${id}.china`], figures[`${id}.united-states`]] as const;
  const one = (
    choice: Alternative['choice'],
    alternative: string,
    china: Bounded | undefined,
    unitedStates: Bounded | undefined,
  ): Alternative[] =>
    china && unitedStates && china.value !== null
      ? [
          {
            headline: 'downloads',
            choice,
            alternative,
            value: Number(china.value),
            leader: leaderOf(china, unitedStates),
          },
        ]
      : [];
  const raw = downloadViews(
    withRawCounters(repositories.observations, hub.repairs),
    registry,
    month.to,
  ).publisher;
  return [
    ...one('attribution', 'lineage', ...pair('downloads.language.lineage-share')),
    ...one('scope', 'all-tasks', ...pair('downloads.all.publisher-share')),
    ...one('outliers', 'raw-counters', sided(raw, 'china'), sided(raw, 'united-states')),
    ...one('largest', 'without-largest', ...pair('downloads.language.without-largest-share')),
    ...bounds('downloads', headline, figures['downloads.language.publisher-share.united-states']),
  ];
}

/** The counters as the Hub gave them, before any was set aside or repaired. */
function withRawCounters(
  repositories: Parameters<typeof downloadViews>[0],
  repairs: Evidence['hub']['repairs'],
): Parameters<typeof downloadViews>[0] {
  const counted = new Map(repairs.map(({ model, counted: raw }) => [model, raw]));
  return repositories.map((one) => ({ ...one, downloads30d: counted.get(one.model) ?? one.downloads30d }));
}

function sided({ by, classified, unknown }: Tally, country: 'china' | 'united-states'): Bounded {
  const whole = classified + unknown;
  return {
    value: share(by[country], whole),
    low: share(by[country], whole),
    high: share(by[country] + unknown, whole),
  };
}

/** All unknown on the other side, then on China's; the rival has what is left of it. */
function bounds(
  headline: Alternative['headline'],
  { low, high }: Figure,
  rival: Figure | undefined,
): Alternative[] {
  const against = Number(low);
  const inFavour = Number(high);
  const exactly = (value: number): Bounded => ({ value, low: value, high: value });
  const leader = (china: number, other: Figure['low'] | undefined): Leader =>
    other === null || other === undefined ? 'missing' : leaderOf(exactly(china), exactly(Number(other)));
  return [
    {
      headline,
      choice: 'unknown',
      alternative: 'unknown-against',
      value: against,
      leader: leader(against, rival?.high),
    },
    {
      headline,
      choice: 'unknown',
      alternative: 'unknown-for',
      value: inFavour,
      leader: leader(inFavour, rival?.low),
    },
  ];
}

function forUsage({ figures }: Outcome): Alternative[] {
  const headline = figures[HEADLINES.usage];
  if (!headline || !isPrintable(headline)) return [];
  const paid = figures['usage.paid.china-of-open'];
  const lead = (prefix: string): Leader => {
    const [china, unitedStates] = [
      figures[`${prefix}.share.china-open`],
      figures[`${prefix}.share.united-states-open`],
    ];
    return china && unitedStates ? leaderOf(china, unitedStates) : 'missing';
  };
  const free: Alternative[] =
    paid && isPrintable(paid)
      ? [
          {
            headline: 'usage',
            choice: 'free',
            alternative: 'paid-only',
            value: Number(paid.value),
            leader: lead('usage.paid'),
          },
        ]
      : [];
  const [china, rival] = [figures['usage.share.china-open'], figures['usage.share.united-states-open']];
  const unknown = bounds('usage', headline, rival).map((one) => ({
    ...one,
    leader:
      china && rival
        ? leaderOf(
            exact(one.alternative === 'unknown-for' ? china.high : china.low),
            exact(one.alternative === 'unknown-for' ? rival.low : rival.high),
          )
        : ('missing' as const),
  }));
  return [...unknown, ...free];
}

function exact(value: Figure['low']): Bounded {
  return { value, low: value, high: value };
}

/** The headline with the band of all its alternatives; its subject is the choice that moves it most. */
function band(
  evidence: Evidence,
  { figures }: Outcome,
  source: 'downloads' | 'usage',
  id: string,
  alternatives: readonly Alternative[],
): Figure {
  const headline = figures[id];
  const taken = source === 'downloads' ? evidence.repositories : evidence.usage;
  if (!headline || !isPrintable(headline) || !taken.present)
    return missing('share', methodName(indicator), UNIVERSE, headline?.reason ?? say('gap.no-headline'));
  const value = Number(headline.value);
  const values = [value, ...alternatives.map((one) => one.value)];
  const away = (one: Alternative) => Math.abs(one.value - value);
  const [most] = [...alternatives].sort(
    (a, b) => away(b) - away(a) || (a.alternative < b.alternative ? -1 : 1),
  );
  const basis = basisOf(taken, {
    method: methodName(indicator),
    window: headline.window,
    classifiedAt: evidence.registry.classifiedAt,
  });
  return figure(basis, {
    unit: 'share',
    value,
    low: Math.min(...values),
    high: Math.max(...values),
    subject: most && away(most) > 0 ? most.choice : null,
    coverage: headline.coverage,
    partial: headline.reason,
  });
}

function tableOf(evidence: Evidence, { figures }: Outcome, alternatives: readonly Alternative[]): Table {
  const method = methodName(indicator);
  const sources = [evidence.repositories, evidence.usage].filter((one) => one.present);
  if (alternatives.length === 0)
    return missingTable(method, TITLE, head, UNIVERSE, 'Neither headline is measured.');
  const rows = alternatives.map((one) => ({
    headline: one.headline,
    choice: one.choice,
    alternative: one.alternative,
    value: one.value,
    difference: one.value - Number(figures[HEADLINES[one.headline]]?.value),
    leader: one.leader,
  }));
  return table(
    {
      method,
      window: evidence.month,
      asOf: sources.map(({ asOf }) => asOf).sort()[0] ?? null,
      retrievedAt: null,
      classifiedAt: evidence.registry.classifiedAt,
      universe: UNIVERSE,
      origins: sources.flatMap(({ origins }) => origins),
    },
    TITLE,
    head,
    rows,
  );
}
