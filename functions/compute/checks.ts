import { monthBefore, monthWindow } from '../edition.ts';
import { type Looked, type Provenance, percent, verdict } from './check.ts';
import { COUNTRIES } from './country.ts';
import type { Evidence } from './evidence.ts';
import type { Check, Figure } from './figures.ts';
import type { Outcome } from './indicator.ts';
import { missingDays } from './indicators/usage.ts';
import { REGISTRY_CHECKS } from './registry-checks.ts';
import { classifyRepositories } from './repositories.ts';
import { share, sum } from './share.ts';
import { GROUPS } from './tokens.ts';

/** One repository above this part of an axis is an accident of counting until a person has looked. */
const ONE_REPOSITORY = 0.1;
/** A month this many times another is one. */
const TIMES = 3n;
/** A fixed panel of repositories that moves by more than this was counted differently. */
const PANEL_MOVES = 0.2;
/** Everything that could go wrong silently, looked at. */
export function checksOf(evidence: Evidence, provenance: Provenance, computed: Outcome): Check[] {
  const looked = { evidence, provenance, computed };
  return [
    sharesSum,
    ...REGISTRY_CHECKS,
    oneRepository,
    threeTimes,
    panelSteady,
    daysWhole,
    unknownSmall,
    ownBytes,
    sourcesThere,
    somethingPrintable,
  ].map((check) => check(looked));
}

function sharesSum({ computed: { figures } }: Looked): Check {
  const wholes = {
    ...Object.fromEntries(
      ['usage', 'usage.paid'].map((prefix) => [
        `${prefix}.share`,
        GROUPS.map((group) => `${prefix}.share.${group}`),
      ]),
    ),
    ...Object.fromEntries(
      ['language.publisher', 'language.lineage', 'all.publisher'].map((id) => [
        `downloads.${id}-share`,
        COUNTRIES.map((country) => `downloads.${id}-share.${country}`),
      ]),
    ),
  };
  const wrong = Object.entries(wholes).flatMap(([name, ids]) => {
    const values = ids.map((id) => figures[id]?.value ?? null);
    if (values.every((value) => value === null)) return [];
    const total = values.reduce<number>((so, value) => so + Number(value), 0);
    return total === 1 ? [] : [`${name} sums to ${total}`];
  });
  return verdict(
    'compute.shares-sum',
    'Shares that do not sum to one have lost or doubled somebody’s part.',
    wrong.length > 0 ? 'refuse' : 'passed',
    wrong.join('; ') || 'Every whole sums to exactly one.',
  );
}

function oneRepository({ evidence: { repositories, registry, month } }: Looked): Check {
  const id = 'compute.one-repository';
  const sentence =
    'One repository’s counter gone wild (187 M in May 2026) would decide the month’s headline.';
  if (!repositories.present) return verdict(id, sentence, 'passed', 'There are no downloads.');
  const own = classifyRepositories(repositories.observations, registry, month.to).filter(
    ({ role }) => role === 'first-party',
  );
  const wild = new Set<string>();
  for (const [axis, some] of [
    ['language models', own.filter(({ language }) => language === true)],
    ['all tasks', own],
  ] as const) {
    const whole = sum(some.map(({ seen }) => seen.downloads30d));
    for (const { seen } of some) {
      const part = share(seen.downloads30d, whole) ?? 0;
      if (part > ONE_REPOSITORY) wild.add(`${seen.model} is ${percent(part)} of the downloads of ${axis}`);
    }
  }
  return verdict(
    id,
    sentence,
    wild.size > 0 ? 'hold' : 'passed',
    [...wild].join('; ') || 'No repository is above a tenth of an axis.',
  );
}

function threeTimes({ computed: { figures } }: Looked): Check {
  const total = figures['usage.tokens.total'];
  const [now, then] = [total?.value, total?.previous?.value];
  const judged = typeof now === 'string' && typeof then === 'string';
  const jump = judged && (BigInt(now) > TIMES * BigInt(then) || BigInt(then) > TIMES * BigInt(now));
  return verdict(
    'compute.three-times',
    'A source that lost or doubled its days would look like a revolution.',
    jump ? 'hold' : 'passed',
    judged ? `${now} tokens, ${then} in the month before.` : 'There are no two months to compare.',
  );
}

function panelSteady({ evidence: { repositories, repositoriesBefore, registry, month } }: Looked): Check {
  const id = 'compute.panel-steady';
  const sentence =
    'A counter read too low everywhere (as on 9–18 June 2026) moves every level at once, and no share.';
  if (!repositories.present || !repositoriesBefore.present)
    return verdict(
      id,
      sentence,
      'passed',
      'There is no panel: the Hub was not seen at the end of both months.',
    );
  const then = new Map(repositoriesBefore.observations.map((one) => [one.model, one.downloads30d]));
  const panel = classifyRepositories(repositories.observations, registry, month.to).filter(
    ({ role, seen }) => role === 'first-party' && then.has(seen.model),
  );
  const now = sum(panel.map(({ seen }) => seen.downloads30d));
  const before = sum(panel.map(({ seen }) => then.get(seen.model) ?? 0n));
  const change = before > 0n ? Number(now - before) / Number(before) : 0;
  return verdict(
    id,
    sentence,
    Math.abs(change) > PANEL_MOVES ? 'hold' : 'passed',
    `${panel.length} first-party repositories seen at the end of both months: ${before} downloads, now ${now} (${percent(change)}).`,
  );
}

function daysWhole({ evidence: { usage, month, edition } }: Looked): Check {
  const rows = usage.present ? usage.observations : [];
  const gaps = usage.present ? missingDays(rows, month) : [];
  const before = usage.present ? missingDays(rows, monthWindow(monthBefore(edition))) : [];
  return verdict(
    'compute.days-whole',
    'A month with a day missing would pass for a month of less use.',
    gaps.length + before.length > 0 ? 'warning' : 'passed',
    [
      gaps.length > 0 ? `No usage for ${gaps.join(', ')}.` : '',
      before.length > 0 ? `In the month before, none for ${before.length} days.` : '',
    ]
      .filter(Boolean)
      .join(' ') || 'Every day is there.',
  );
}

function unknownSmall({ computed: { figures } }: Looked): Check {
  const withheld = Object.entries(figures)
    .filter(([, { status }]: [string, Figure]) => status === 'withheld')
    .map(([id]) => id);
  return verdict(
    'compute.unknown-small',
    'A figure of which more is unknown than known would be a guess with decimals.',
    withheld.length > 0 ? 'warning' : 'passed',
    withheld.length > 0 ? `Withheld: ${withheld.join(', ')}.` : 'Nothing is withheld.',
  );
}

function ownBytes({ provenance: { sources } }: Looked): Check {
  const typed = sources.filter(({ bodies }) => bodies.some(({ transcribed }) => transcribed !== null));
  return verdict(
    'compute.own-bytes',
    'Transcribed figures would pass for the producer’s own bytes.',
    typed.length > 0 ? 'warning' : 'passed',
    typed.length > 0
      ? `Transcribed from copies, not the producers’ own bytes: ${typed.map(({ title }) => title).join('; ')}.`
      : 'Every body is the producer’s own bytes.',
  );
}

function sourcesThere({ provenance: { absent } }: Looked): Check {
  return verdict(
    'compute.sources-there',
    'An axis without its source would be missed only by who knows that it should be there.',
    absent.length > 0 ? 'warning' : 'passed',
    absent.map(({ source, reason }) => `${source}: ${reason}`).join(' ') || 'Every source has a snapshot.',
  );
}

function somethingPrintable({ computed: { figures } }: Looked): Check {
  const printable = ['downloads.language.publisher.china', 'usage.open-share'].some((id) => {
    const status = figures[id]?.status;
    return status === 'measured' || status === 'partial';
  });
  return verdict(
    'compute.something-printable',
    'An edition without downloads and without usage says nothing about the balance.',
    printable ? 'passed' : 'refuse',
    printable ? 'Downloads or usage can be printed.' : 'Neither downloads nor usage can be printed.',
  );
}
