import { type Edition, monthEnd, monthWindow, type Window } from '../edition.ts';
import { SOURCE_NAMES, type SourceName } from '../sources/source.ts';

/** What a seal says that matters for choosing. */
export interface Candidate {
  readonly key: string;
  readonly source: SourceName;
  readonly retrievedAt: string;
  /** The days it was asked for. */
  readonly window: Window;
}

/** The snapshot that serves an edition, or why none does. */
export type Choice = { readonly key: string } | { readonly reason: string };

const DAY_MS = 86_400_000;
/** A 30-day counter read this much before the month's end still counts nearly all of it. */
const DAYS_BEFORE = 3;
/** Read later than this, a third of what it counts is another month's. */
const DAYS_AFTER = 10;

/**
 * Chooses which sealed snapshots serve an edition: the Hub's counter read nearest to the month's end, the
 * newest usage that covers the month, the newest catalogue, and the newest scores that know the month's models.
 */
export function chooseSnapshots(
  candidates: readonly Candidate[],
  edition: Edition,
): Readonly<Record<SourceName, Choice>> {
  const of = (source: SourceName) =>
    candidates
      .filter((one) => one.source === source)
      .sort((a, b) =>
        a.retrievedAt === b.retrievedAt ? (a.key > b.key ? -1 : 1) : a.retrievedAt > b.retrievedAt ? -1 : 1,
      );
  const rules: Record<SourceName, (newestFirst: readonly Candidate[]) => Choice> = {
    huggingface: (some) => nearest(some, edition),
    'openrouter-usage': (some) => covering(some, edition),
    'openrouter-models': ([newest]) => newest ?? { reason: 'There is no snapshot of it.' },
    epoch: (some) => lateEnough(some, edition),
  };
  const chosen = SOURCE_NAMES.map((source) => [source, rules[source](of(source))] as const);
  return Object.fromEntries(chosen) as Record<SourceName, Choice>;
}

function nearest(some: readonly Candidate[], edition: Edition): Choice {
  const end = monthEnd(edition).getTime();
  const away = ({ retrievedAt }: Candidate) => (Date.parse(retrievedAt) - end) / DAY_MS;
  const near = some.filter((one) => away(one) >= -DAYS_BEFORE && away(one) <= DAYS_AFTER);
  const [best] = [...near].sort((a, b) => Math.abs(away(a)) - Math.abs(away(b)));
  return (
    best ?? {
      reason: `The Hub’s counter runs over 30 days, and no snapshot of it was taken from ${DAYS_BEFORE} days before to ${DAYS_AFTER} days after the end of ${edition}.`,
    }
  );
}

function covering(some: readonly Candidate[], edition: Edition): Choice {
  const { from, to } = monthWindow(edition);
  const whole = some.find(({ window }) => window.from <= from && to <= window.to);
  const part = some.find(({ window }) => window.from <= to && from <= window.to);
  return whole ?? part ?? { reason: `No snapshot covers a day of ${edition}.` };
}

function lateEnough(some: readonly Candidate[], edition: Edition): Choice {
  const earliest = monthEnd(edition).getTime() - DAYS_BEFORE * DAY_MS;
  const newest = some.find(({ retrievedAt }) => Date.parse(retrievedAt) >= earliest);
  return newest ?? { reason: `No snapshot of it was taken after the models of ${edition} were out.` };
}
