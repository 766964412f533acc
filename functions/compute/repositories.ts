import type { Day } from '../edition.ts';
import type { RepositoryObservation } from '../sources/observation.ts';
import type { Country } from './country.ts';
import { family, withoutFormat } from './family.ts';
import { isLanguage } from './language.ts';
import { Lineage } from './lineage.ts';
import { openOn } from './openness.ts';
import { countryOn, type Maker } from './organisations.ts';
import type { Registry } from './registry.ts';

/** A repository with who published it, from whom its weights come, and whether it counts. */
export interface ClassifiedRepository {
  readonly seen: RepositoryObservation;
  /** The maker whose namespace it is in; undefined for the community. */
  readonly uploader: Maker | undefined;
  readonly country: Country;
  /**
   * `first-party`: the uploader's own weights, open on the day. `copy`: another's weights in another format.
   * `gated`: not open on the day. `community`: the uploader is not a maker.
   */
  readonly role: 'first-party' | 'copy' | 'gated' | 'community';
  /** Whose weights a copy carries. */
  readonly copyOf: string | null;
  /** The maker at the root of its bases, and its country. */
  readonly root: Maker | undefined;
  readonly rootCountry: Country;
  /** Null where neither a task nor the tracked list says. */
  readonly language: boolean | null;
}

interface Classified {
  readonly registry: Registry;
  readonly day: Day;
  readonly repositories: readonly ClassifiedRepository[];
}

/** What was classified already: every indicator asks the same of the same listing. */
const DONE = new WeakMap<readonly RepositoryObservation[], Classified>();

/**
 * Classifies repositories as of a day. Where one format of a family is a copy of another's weights, its other
 * formats are too, whatever they state.
 *
 * @param day the day on which makers' countries hold
 */
export function classifyRepositories(
  repositories: readonly RepositoryObservation[],
  registry: Registry,
  day: Day,
): readonly ClassifiedRepository[] {
  const done = DONE.get(repositories);
  if (done?.registry === registry && done.day === day) return done.repositories;
  const classified = classify(repositories, registry, day);
  DONE.set(repositories, { registry, day, repositories: classified });
  return classified;
}

function classify(
  repositories: readonly RepositoryObservation[],
  registry: Registry,
  day: Day,
): ClassifiedRepository[] {
  const lineage = new Lineage(repositories, registry);
  const copies = new Map<string, string>();
  for (const seen of repositories) {
    const uploader = lineage.uploader(seen.model);
    const original = uploader && lineage.copyOf(seen);
    if (original) copies.set(`${uploader.id}/${family(seen.model)}`, original);
  }
  return repositories.map((seen) => {
    const uploader = lineage.uploader(seen.model);
    const formatted = withoutFormat(seen.model.toLowerCase()) !== seen.model.toLowerCase();
    const sibling = formatted ? copies.get(`${uploader?.id}/${family(seen.model)}`) : undefined;
    const copyOf = uploader ? (lineage.copyOf(seen) ?? sibling ?? null) : null;
    const root = lineage.root(seen.model);
    return {
      seen,
      uploader,
      country: countryOn(uploader, day),
      role: !uploader
        ? 'community'
        : copyOf
          ? 'copy'
          : isOpen(seen, uploader, registry, day)
            ? 'first-party'
            : 'gated',
      copyOf,
      root,
      rootCountry: countryOn(root, day),
      language: isLanguage(seen, registry),
    };
  });
}

/**
 * One dated list serves every axis, so it decides where it knows the model; where it does not, weights on the Hub
 * are open unless access is granted at discretion.
 */
function isOpen(seen: RepositoryObservation, maker: Maker, { openness }: Registry, day: Day): boolean {
  const listed = openness.ofRepository(maker.id, seen.model);
  return listed ? openOn(listed, day) : seen.gated !== 'manual';
}
