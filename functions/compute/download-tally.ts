import type { Day } from '../edition.ts';
import type { RepositoryObservation } from '../sources/observation.ts';
import type { Country } from './country.ts';
import { NO_TAIL, type Tail } from './hub-intake.ts';
import { Lineage } from './lineage.ts';
import { countryOn } from './organisations.ts';
import type { Registry } from './registry.ts';
import { type ClassifiedRepository, classifyRepositories } from './repositories.ts';
import { sum } from './share.ts';

/** A part of the repositories' downloads, added up by country. */
export interface Tally {
  readonly by: Readonly<Record<Country, bigint>>;
  readonly classified: bigint;
  readonly unknown: bigint;
}

/** The views of one listing that the definitions name. */
export interface DownloadViews {
  readonly all: readonly ClassifiedRepository[];
  /** First-party language models, most downloaded first. */
  readonly language: readonly ClassifiedRepository[];
  readonly publisher: Tally;
  /** Language models of anybody, by the maker at the root of their bases. */
  readonly lineage: Tally;
  /** First-party models of all tasks. */
  readonly everything: Tally;
  readonly community: bigint;
  /** Downloads of first-party models that state no task and are on no list. */
  readonly unlabelled: bigint;
}

/**
 * Classifies a listing as of a day and adds it up.
 *
 * @param tail uploads of the community that were too small to be listed one by one
 */
export function downloadViews(
  repositories: readonly RepositoryObservation[],
  registry: Registry,
  day: Day,
  tail: Tail = NO_TAIL,
): DownloadViews {
  const all = byDownloads(classifyRepositories(repositories, registry, day));
  const firstParty = all.filter(({ role }) => role === 'first-party');
  const language = firstParty.filter((one) => one.language === true);
  const anybodys = all.filter((one) => one.language === true && one.role !== 'gated');
  return {
    all,
    language,
    publisher: tally(language, ({ country }) => country),
    lineage: withTail(
      tally(anybodys, ({ rootCountry }) => rootCountry),
      tail,
      repositories,
      registry,
      day,
    ),
    everything: tally(firstParty, ({ country }) => country),
    community: total(anybodys.filter(({ role }) => role === 'community')) + tail.downloads,
    unlabelled: total(firstParty.filter((one) => one.language === null)),
  };
}

/** A tally with what was too small to be listed, each part by the maker at the root of the base it names. */
function withTail(
  { by }: Tally,
  { byBase }: Tail,
  repositories: readonly RepositoryObservation[],
  registry: Registry,
  day: Day,
): Tally {
  const added = { ...by };
  if (byBase.size > 0) {
    const lineage = new Lineage(repositories, registry);
    for (const [base, downloads] of byBase)
      added[base === '' ? 'unknown' : countryOn(lineage.root(base), day)] += downloads;
  }
  return tallied(added);
}

export function tally(
  repositories: readonly ClassifiedRepository[],
  country: (one: ClassifiedRepository) => Country,
): Tally {
  const by: Record<Country, bigint> = {
    china: 0n,
    'united-states': 0n,
    'european-union': 0n,
    other: 0n,
    unknown: 0n,
  };
  for (const one of repositories) by[country(one)] += one.seen.downloads30d;
  return tallied(by);
}

function tallied(by: Tally['by']): Tally {
  return { by, classified: sum(Object.values(by)) - by.unknown, unknown: by.unknown };
}

export function total(repositories: readonly ClassifiedRepository[]): bigint {
  return sum(repositories.map(({ seen }) => seen.downloads30d));
}

/** Most downloads first; equal ones by name, so that the order of the list does not matter. */
function byDownloads(repositories: readonly ClassifiedRepository[]): ClassifiedRepository[] {
  return [...repositories].sort((a, b) => {
    const [x, y] = [a.seen.downloads30d, b.seen.downloads30d];
    if (x !== y) return x > y ? -1 : 1;
    return a.seen.model < b.seen.model ? -1 : 1;
  });
}
