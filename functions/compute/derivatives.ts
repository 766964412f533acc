import type { RepositoryObservation } from '../sources/observation.ts';
import type { Country } from './country.ts';
import type { Evidence } from './evidence.ts';
import { Lineage } from './lineage.ts';
import { countryOn, type Maker } from './organisations.ts';

/** A repository created in the month that names a base. */
export interface Derivative {
  readonly model: string;
  /** The base it names first, as it names it. */
  readonly base: string;
  readonly relation: RepositoryObservation['bases'][number]['relation'];
  /** The maker at the root of its bases; undefined where there is none, or several. */
  readonly maker: Maker | undefined;
  readonly country: Country;
}

/** Every repository created in the month that names a base, with the maker at the root of it. */
export function derivativesOf(
  { registry, month, hub }: Evidence,
  repositories: readonly RepositoryObservation[],
): Derivative[] {
  // What is listed knows more of a repository than its creation did, so it comes last and wins.
  const lineage = new Lineage([...hub.created, ...repositories], registry);
  return hub.created.flatMap(({ model, bases }) => {
    const [first] = bases;
    if (!first) return [];
    const maker = lineage.root(model);
    return [
      { model, base: first.model, relation: first.relation, maker, country: countryOn(maker, month.to) },
    ];
  });
}
