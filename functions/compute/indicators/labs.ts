import { monthBefore, monthWindow } from '../../edition.ts';
import { say } from '../../sentences.ts';
import type { UsageObservation } from '../../sources/observation.ts';
import type { Evidence } from '../evidence.ts';
import type { Basis } from '../figure.ts';
import { CAMPS, type Contender, fieldOn } from '../frontier.ts';
import { type Indicator, methodName } from '../indicator.ts';
import { openOn } from '../openness.ts';
import { countryOn, type Maker } from '../organisations.ts';
import { classifyRepositories } from '../repositories.ts';
import { columns, missingTable, table } from '../table.ts';
import { type MakerTokens, tokensByMaker } from '../usage-tables.ts';
import { releasesOf } from './releases.ts';

const TITLE = 'The labs';
const UNIVERSE = say('universe.makers');

const head = columns({
  maker: ['text', 'Id of the maker'],
  makerName: ['text', 'Name of the maker'],
  country: ['text', 'Country of the maker'],
  downloads: ['count', 'Downloads of first-party language models over 30 days; empty where none is listed'],
  openTokens: ['count', 'Tokens of models open on the day'],
  closedTokens: ['count', 'Tokens of models closed on the day'],
  previousTokens: ['count', 'Tokens of the month before; empty where not covered'],
  releases: ['number', 'Open models released in the month'],
  capabilityModel: ['text', 'Its best scored model'],
  capability: ['number', 'Index points'],
  capabilityLow: ['number', 'Lower bound of the interval'],
  capabilityHigh: ['number', 'Upper bound of the interval'],
  openness: ['text', 'open, both or closed: whether its models with a figure can be downloaded'],
});

const indicator = {
  id: 'labs',
  version: 1,
  unit: 'downloads',
  method:
    'One row per maker, from the same observations and definitions as the axes: downloads of its first-party language models, tokens of its open and closed models, its open releases of the month and its best score. A maker is open, closed or both by which of its listed and scored models could be downloaded at the month’s end.',
} as const;

/** Every maker that has a figure on any axis. */
export const labs: Indicator = {
  ...indicator,
  compute(evidence) {
    const { repositories, usage, capability } = evidence;
    const taken = [repositories, usage, capability].filter((one) => one.present);
    const method = methodName(indicator);
    if (taken.length === 0) {
      const none = say('snapshot.none-serves');
      return { figures: {}, tables: { labs: missingTable(method, TITLE, head, UNIVERSE, none) }, series: {} };
    }
    const basis: Basis = {
      method,
      window: evidence.month,
      asOf: taken.map(({ asOf }) => asOf).sort()[0] ?? null,
      retrievedAt: null,
      classifiedAt: evidence.registry.classifiedAt,
      universe: UNIVERSE,
      origins: taken.flatMap(({ origins }) => origins),
    };
    return { figures: {}, tables: { labs: table(basis, TITLE, head, rows(evidence)) }, series: {} };
  },
};

function rows(evidence: Evidence): Record<string, string | number | null>[] {
  const { registry, month, repositories, usage, edition } = evidence;
  const downloads = downloadsByMaker(evidence);
  const before = monthWindow(monthBefore(edition));
  const served = usage.present ? usage.observations : [];
  const within = ({ from, to }: typeof month) => served.filter(({ day }) => from <= day && day <= to);
  const now = byId(within(month), evidence);
  const covered = within(before).length > 0;
  const then = byId(within(before), evidence);
  const released = Map.groupBy(
    repositories.present
      ? releasesOf(evidence, repositories).found.filter(({ date }) => month.from <= date && date <= month.to)
      : [],
    ({ maker }) => maker.id,
  );
  const best = bestByMaker(evidence);
  const size = ({ id }: Maker) => (downloads.get(id) ?? 0n) + (now.get(id)?.tokens ?? 0n);
  return registry.organisations.makers
    .filter(({ id }) => downloads.has(id) || now.has(id) || released.has(id) || best.has(id))
    .sort((a, b) => (size(a) === size(b) ? (a.id < b.id ? -1 : 1) : size(a) > size(b) ? -1 : 1))
    .map((maker) => {
      const { id, name } = maker;
      const top = best.get(id);
      return {
        maker: id,
        makerName: name,
        country: countryOn(maker, month.to),
        downloads: downloads.has(id) ? String(downloads.get(id)) : null,
        openTokens: evidence.usage.present ? String(now.get(id)?.open ?? 0n) : null,
        closedTokens: evidence.usage.present ? String(now.get(id)?.closed ?? 0n) : null,
        previousTokens: covered ? String(then.get(id)?.tokens ?? 0n) : null,
        releases: evidence.repositories.present ? (released.get(id)?.length ?? 0) : null,
        capabilityModel: top?.model ?? null,
        capability: top?.score ?? null,
        capabilityLow: top?.low ?? null,
        capabilityHigh: top?.high ?? null,
        openness: opennessOf(evidence, id, downloads.has(id)),
      };
    });
}

function downloadsByMaker({ registry, month, repositories }: Evidence): Map<string, bigint> {
  const found = new Map<string, bigint>();
  if (!repositories.present) return found;
  for (const { uploader, role, language, seen } of classifyRepositories(
    repositories.observations,
    registry,
    month.to,
  )) {
    if (!uploader || role !== 'first-party' || language !== true) continue;
    found.set(uploader.id, (found.get(uploader.id) ?? 0n) + seen.downloads30d);
  }
  return found;
}

function byId(rows: readonly UsageObservation[], { registry }: Evidence): Map<string, MakerTokens> {
  return new Map(tokensByMaker(rows, registry).map((one) => [one.maker, one]));
}

function bestByMaker({ registry, month, capability }: Evidence): Map<string, Contender> {
  const found = new Map<string, Contender>();
  if (!capability.present) return found;
  const { camps, elsewhere } = fieldOn(capability.observations, registry, month.to);
  for (const one of [...CAMPS.flatMap((camp) => camps[camp]), ...elsewhere]) {
    if (one.score > (found.get(one.maker.id)?.score ?? Number.NEGATIVE_INFINITY))
      found.set(one.maker.id, one);
  }
  return found;
}

/** By the maker's models on the list of openness that the month has a figure for, and by what it has on the Hub. */
function opennessOf({ registry, month, usage, capability }: Evidence, id: string, onHub: boolean): string {
  const used = new Set(
    (usage.present ? usage.observations : [])
      .filter(({ day }) => month.from <= day && day <= month.to)
      .map(({ slug }) => slug.toLowerCase()),
  );
  const scored = new Set(
    (capability.present ? capability.observations : []).map(({ model }) => model.toLowerCase()),
  );
  const listed = registry.openness.models.filter(
    ({ model, names }) =>
      model.maker === id &&
      (names.openrouter.some((slug) => used.has(slug.toLowerCase())) ||
        names.epoch.some((name) => scored.has(name.toLowerCase()))),
  );
  const open = onHub || listed.some((one) => openOn(one, month.to));
  const closed = listed.some((one) => !openOn(one, month.to));
  return open && closed ? 'both' : open || !closed ? 'open' : 'closed';
}
