import { monthBefore, monthWindow } from '../edition.ts';
import { say } from '../sentences.ts';
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
    countersTrusted,
    momentTrusted,
    onceEach,
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
      [
        'downloads.language.publisher-share',
        'downloads.language.lineage-share',
        'downloads.all.publisher-share',
        'derivatives.share',
      ].map((id) => [id, COUNTRIES.map((country) => `${id}.${country}`)]),
    ),
  };
  const wrong = Object.entries(wholes).flatMap(([name, ids]) => {
    const values = ids.map((id) => figures[id]?.value ?? null);
    // A withheld part leaves no whole to sum.
    if (values.some((value) => value === null)) return [];
    const total = values.reduce<number>((so, value) => so + Number(value), 0);
    return total === 1 ? [] : [say('check.sum', { name, total })];
  });
  return verdict(
    'compute.shares-sum',
    'Shares that do not sum to one have lost or doubled somebody’s part.',
    wrong.length > 0 ? 'refuse' : 'passed',
    wrong.join(' ') || say('check.sums'),
  );
}

function oneRepository({ evidence: { repositories, registry, month } }: Looked): Check {
  const id = 'compute.one-repository';
  const sentence =
    'One repository’s counter gone wild (187 M in May 2026) would decide the month’s headline.';
  if (!repositories.present) return verdict(id, sentence, 'passed', say('check.no-downloads'));
  const own = classifyRepositories(repositories.observations, registry, month.to).filter(
    ({ role }) => role === 'first-party',
  );
  const wild = new Set<string>();
  for (const [wildIn, some] of [
    ['check.wild-language', own.filter(({ language }) => language === true)],
    ['check.wild-all', own],
  ] as const) {
    const whole = sum(some.map(({ seen }) => seen.downloads30d));
    for (const { seen } of some) {
      const part = share(seen.downloads30d, whole) ?? 0;
      if (part > ONE_REPOSITORY) wild.add(say(wildIn, { name: seen.model, part: percent(part) }));
    }
  }
  return verdict(
    id,
    sentence,
    wild.size > 0 ? 'hold' : 'passed',
    [...wild].join(' ') || say('check.no-wild'),
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
    judged ? say('check.two-months', { now, then }) : say('check.no-two-months'),
  );
}

function panelSteady({ evidence: { repositories, hub } }: Looked): Check {
  const id = 'compute.panel-steady';
  const sentence =
    'A counter read too low everywhere (as on 9–18 June 2026) moves every level at once, and no share.';
  const before = hub.moments.find(({ asOf }) => asOf === hub.before);
  if (!repositories.present || !before) return verdict(id, sentence, 'passed', say('check.no-panel'));
  const panel = repositories.observations.filter(({ model }) => before.repositories.has(model.toLowerCase()));
  const now = sum(panel.map(({ downloads30d }) => downloads30d));
  const then = sum(
    panel.map(({ model }) => before.repositories.get(model.toLowerCase())?.downloads30d ?? 0n),
  );
  const change = then > 0n ? Number(now - then) / Number(then) : 0;
  return verdict(
    id,
    sentence,
    Math.abs(change) > PANEL_MOVES ? 'hold' : 'passed',
    say('check.panel', { repositories: panel.length, then, now, change: percent(change) }),
  );
}

function countersTrusted({ evidence: { hub } }: Looked): Check {
  const own = hub.repairs.filter(({ repair }) => repair !== 'kept');
  const named = hub.repairs.slice(0, 8).map(({ model }) => model);
  return verdict(
    'compute.counters-trusted',
    'A counter that was set aside or repaired without a word would be our own number under the Hub’s name.',
    hub.repairs.length > 0 ? 'warning' : 'passed',
    hub.repairs.length > 0
      ? say('check.repairs', { own: own.length, kept: hub.repairs.length - own.length, names: named })
      : say('check.no-repairs'),
  );
}

function momentTrusted({ evidence: { hub } }: Looked): Check {
  return verdict(
    'compute.moment-trusted',
    'A look at the Hub while its counters stalled would pass for a month of fewer downloads.',
    hub.stalled.length > 0 ? 'warning' : 'passed',
    hub.stalled.length > 0 ? say('check.stalled', { days: hub.stalled }) : say('check.none-stalled'),
  );
}

function onceEach({ evidence: { hub } }: Looked): Check {
  return verdict(
    'compute.once-each',
    'A repository under an old and a new namespace would be counted twice.',
    hub.doubles.length > 0 ? 'warning' : 'passed',
    hub.doubles.length > 0
      ? say('check.doubles', { names: hub.doubles.slice(0, 12) })
      : say('check.no-doubles'),
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
      gaps.length > 0 ? say('gap.usage-days', { days: gaps }) : '',
      before.length > 0 ? say('check.before-days', { count: before.length }) : '',
    ]
      .filter(Boolean)
      .join(' ') || say('check.days'),
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
    withheld.length > 0 ? say('check.withheld', { names: withheld }) : say('check.none-withheld'),
  );
}

function ownBytes({ provenance: { sources } }: Looked): Check {
  const typed = sources.filter(({ bodies }) => bodies.some(({ transcribed }) => transcribed !== null));
  return verdict(
    'compute.own-bytes',
    'Transcribed figures would pass for the producer’s own bytes.',
    typed.length > 0 ? 'warning' : 'passed',
    typed.length > 0
      ? say('check.transcribed', { names: [...new Set(typed.map(({ producer }) => producer))] })
      : say('check.own-bytes'),
  );
}

function sourcesThere({ provenance: { absent } }: Looked): Check {
  return verdict(
    'compute.sources-there',
    'An axis without its source would be missed only by who knows that it should be there.',
    absent.length > 0 ? 'warning' : 'passed',
    absent.length > 0
      ? say('check.absent', { names: absent.map(({ source }) => source) })
      : say('check.sources'),
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
    say(printable ? 'check.printable' : 'check.nothing-printable'),
  );
}
