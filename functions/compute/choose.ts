import { type Edition, monthBefore, monthEnd, monthWindow, type Window } from '../edition.ts';
import { say } from '../sentences.ts';
import type { SourceName } from '../sources/source.ts';

/** What a seal says that matters for choosing. */
export interface Candidate {
  readonly key: string;
  readonly source: SourceName;
  readonly retrievedAt: string;
  /** The days it was asked for. */
  readonly window: Window;
}

/** The snapshots that serve an edition, best first, or why none does. */
export type Choice = { readonly keys: readonly string[] } | { readonly reason: string };

const DAY_MS = 86_400_000;
/** A 30-day counter read this much before the month's end still counts nearly all of it. */
const DAYS_BEFORE = 3;
/** Read later than this, a third of what it counts is another month's. */
const DAYS_AFTER = 10;
/** Months before the edition's whose observation of the Hub is looked at beside it. */
const EARLIER_MONTHS = 3;

/** Each source's own rule; what has none is served by its newest snapshot that knows the month. */
const RULES: Readonly<Record<string, (newestFirst: readonly Candidate[], edition: Edition) => Choice>> = {
  huggingface: nearest,
  'openrouter-usage': covering,
  'openrouter-models': ([newest]) => one(newest) ?? { reason: say('snapshot.none') },
};

/**
 * Chooses which sealed snapshots of a source serve an edition: those of the Hub, nearest to the month's end first; all
 * usage that covers a day of it, newest first; the newest catalogue; and of everything else the newest that was taken
 * after the month's models were out.
 */
export function chooseOf(source: SourceName, candidates: readonly Candidate[], edition: Edition): Choice {
  const newestFirst = candidates
    .filter((candidate) => candidate.source === source)
    .sort((a, b) =>
      a.retrievedAt === b.retrievedAt ? (a.key > b.key ? -1 : 1) : a.retrievedAt > b.retrievedAt ? -1 : 1,
    );
  return (RULES[source] ?? lateEnough)(newestFirst, edition);
}

/**
 * The other moments of the Hub that an edition is held against, oldest first: the one that serves each of the months
 * before, and every one since the end of the month before. Looks within a day of another are one look.
 *
 * @returns keys, without that of the edition's own look
 */
export function otherMoments(candidates: readonly Candidate[], edition: Edition): readonly string[] {
  const hub = new Map(
    candidates.filter(({ source }) => source === 'huggingface').map((one) => [one.key, one]),
  );
  const serving = (month: Edition): Candidate[] => {
    const choice = chooseOf('huggingface', candidates, month);
    const best = 'keys' in choice ? hub.get(choice.keys[0] ?? '') : undefined;
    return best ? [best] : [];
  };
  const from = monthEnd(monthBefore(edition)).getTime() - DAYS_BEFORE * DAY_MS;
  const to = monthEnd(edition).getTime() + DAYS_AFTER * DAY_MS;
  const inMonth = [...hub.values()]
    .filter(({ retrievedAt }) => Date.parse(retrievedAt) >= from && Date.parse(retrievedAt) <= to)
    .sort((a, b) => (a.retrievedAt < b.retrievedAt ? -1 : 1));
  const earlier: Candidate[] = [];
  let month = edition;
  for (let back = 0; back < EARLIER_MONTHS; back += 1) {
    month = monthBefore(month);
    earlier.push(...serving(month));
  }
  const [own] = serving(edition);
  const kept: Candidate[] = own ? [own] : [];
  for (const one of [...earlier, ...inMonth])
    if (kept.every((other) => daysApart(one, other) >= 1)) kept.push(one);
  return kept
    .filter((one) => one !== own)
    .map(({ key }) => key)
    .sort();
}

function daysApart(a: Candidate, b: Candidate): number {
  return Math.abs(Date.parse(a.retrievedAt) - Date.parse(b.retrievedAt)) / DAY_MS;
}

function one(candidate: Candidate | undefined): Choice | undefined {
  return candidate && { keys: [candidate.key] };
}

function some(found: readonly Candidate[], reason: string): Choice {
  return found.length > 0 ? { keys: found.map(({ key }) => key) } : { reason };
}

function nearest(newestFirst: readonly Candidate[], edition: Edition): Choice {
  const end = monthEnd(edition).getTime();
  const away = ({ retrievedAt }: Candidate) => (Date.parse(retrievedAt) - end) / DAY_MS;
  const near = newestFirst.filter(
    (candidate) => away(candidate) >= -DAYS_BEFORE && away(candidate) <= DAYS_AFTER,
  );
  return some(
    [...near].sort((a, b) => Math.abs(away(a)) - Math.abs(away(b))),
    say('snapshot.counter-far', { before: DAYS_BEFORE, after: DAYS_AFTER, month: edition }),
  );
}

function covering(newestFirst: readonly Candidate[], edition: Edition): Choice {
  const { from, to } = monthWindow(edition);
  const covers = ({ window }: Candidate) => window.from <= to && from <= window.to;
  const before = monthWindow(monthBefore(edition));
  const helps = (candidate: Candidate) =>
    covers(candidate) || (candidate.window.from <= before.to && before.from <= candidate.window.to);
  return newestFirst.some(covers)
    ? some(newestFirst.filter(helps), '')
    : { reason: say('snapshot.no-day', { month: edition }) };
}

function lateEnough(newestFirst: readonly Candidate[], edition: Edition): Choice {
  const earliest = monthEnd(edition).getTime() - DAYS_BEFORE * DAY_MS;
  const newest = newestFirst.find(({ retrievedAt }) => Date.parse(retrievedAt) >= earliest);
  return one(newest) ?? { reason: say('snapshot.too-early', { month: edition }) };
}
