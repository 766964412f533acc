import type { Window } from '../edition.ts';
import type { RepositoryObservation } from '../sources/observation.ts';
import { isLanguage } from './language.ts';
import { namespaceOf } from './lineage.ts';
import type { Registry } from './registry.ts';

/** Uploads of the community below this many requests in 30 days are added up by their base, not kept one by one. */
const KEPT_ONE_BY_ONE = 1000n;

/** What is left of a repository that was created in the month: enough to say on whom it is built. */
export interface Created {
  readonly model: string;
  readonly bases: RepositoryObservation['bases'];
}

/** Uploads too small to keep one by one, added up. */
export interface Tail {
  readonly models: number;
  readonly downloads: bigint;
  /** Downloads of language models by the base they name; the empty key where none is named or known. */
  readonly byBase: ReadonlyMap<string, bigint>;
}

export const NO_TAIL: Tail = { models: 0, downloads: 0n, byBase: new Map() };

/** A listing of the Hub as far as the balance needs it. */
export interface HubListing {
  readonly repositories: readonly RepositoryObservation[];
  readonly tail: Tail;
  /** Created in the month, with the bases they name. */
  readonly created: readonly Created[];
  /** Whether what was created in the month was listed as such, or is only what is among the popular. */
  readonly census: boolean;
  /** Names under which a maker's repository stands a second time, and which are not counted. */
  readonly doubles: readonly string[];
}

/**
 * Takes a listing in as it is read, so that memory does not grow with the Hub: makers' repositories and the popular
 * ones are kept, small uploads of the community are added up by the base they name, and of what was created in the
 * month only its bases stay. A repository that comes twice, in whatever spelling, counts once, with the larger counter.
 */
export class HubIntake {
  readonly #registry: Registry;
  readonly #month: Window;
  readonly #kept = new Map<string, RepositoryObservation>();
  readonly #created = new Map<string, Created>();
  readonly #byBase = new Map<string, bigint>();
  #models = 0;
  #downloads = 0n;
  #census = false;

  constructor(registry: Registry, month: Window) {
    this.#registry = registry;
    this.#month = month;
  }

  take(one: RepositoryObservation): void {
    const key = one.model.toLowerCase();
    if (one.listing === 'created') this.#census = true;
    if (one.bases.length > 0 && this.#isOfMonth(one))
      this.#created.set(key, { model: one.model, bases: one.bases });
    const there = this.#kept.get(key);
    if (there) this.#kept.set(key, merged(there, one));
    else if (this.#isKept(one)) this.#kept.set(key, one);
    else if (one.listing === 'most-downloaded') this.#addUp(one);
  }

  /** The listing as it was taken in; models in order of their names, so that the order of the bodies does not matter. */
  end(): HubListing {
    const inOrder = <T extends { model: string }>(some: Iterable<T>) =>
      [...some].sort((a, b) => (a.model < b.model ? -1 : 1));
    const { repositories, doubles } = withoutDoubles(inOrder(this.#kept.values()), this.#registry);
    return {
      repositories,
      doubles,
      tail: { models: this.#models, downloads: this.#downloads, byBase: this.#byBase },
      created: inOrder(this.#created.values()),
      census: this.#census,
    };
  }

  #isOfMonth({ createdAt }: RepositoryObservation): boolean {
    const day = createdAt?.slice(0, 10);
    return day !== undefined && this.#month.from <= day && day <= this.#month.to;
  }

  #isKept(one: RepositoryObservation): boolean {
    return (
      one.listing === 'recorded' ||
      one.downloads30d >= KEPT_ONE_BY_ONE ||
      this.#registry.organisations.named('huggingface', namespaceOf(one.model)) !== undefined
    );
  }

  #addUp(one: RepositoryObservation): void {
    if (isLanguage(one, this.#registry) !== true) return;
    this.#models += 1;
    this.#downloads += one.downloads30d;
    const base = this.#knownBase(one);
    this.#byBase.set(base, (this.#byBase.get(base) ?? 0n) + one.downloads30d);
  }

  /** A base that says whose it is by its namespace or by being kept; others would make a key for every one of them. */
  #knownBase({ bases }: RepositoryObservation): string {
    const [first] = bases;
    if (!first) return '';
    const key = first.model.toLowerCase();
    const { organisations } = this.#registry;
    const namespace = namespaceOf(key);
    const whose = organisations.named('huggingface', namespace) ?? organisations.mirrored(namespace);
    if (bases.length > 1) return '';
    return whose || this.#kept.has(key) ? (this.#kept.has(key) ? key : `${namespace}/`) : '';
  }
}

/** What two listings say of one repository: the larger counter, and whatever only one of them states. */
function merged(a: RepositoryObservation, b: RepositoryObservation): RepositoryObservation {
  const [first, second] =
    a.downloads30d > b.downloads30d || (a.downloads30d === b.downloads30d && a.model <= b.model)
      ? [a, b]
      : [b, a];
  return withGapsFilled(first, second);
}

/** The first's own values, and the second's where the first says nothing. */
export function withGapsFilled(
  first: RepositoryObservation,
  second: RepositoryObservation,
): RepositoryObservation {
  return {
    ...first,
    downloadsAllTime: first.downloadsAllTime ?? second.downloadsAllTime,
    likes: first.likes ?? second.likes,
    createdAt: first.createdAt ?? second.createdAt,
    pipelineTag: first.pipelineTag ?? second.pipelineTag,
    licence: first.licence ?? second.licence,
    parameters: first.parameters ?? second.parameters,
    gated: first.gated ?? second.gated,
    bases: first.bases.length > 0 ? first.bases : second.bases,
    children: first.children ?? second.children,
  };
}

/**
 * Leaves one of each repository that a renamed maker's old and new namespace both list: the same name, created at the
 * same instant.
 */
function withoutDoubles(
  repositories: readonly RepositoryObservation[],
  { organisations }: Registry,
): { repositories: RepositoryObservation[]; doubles: string[] } {
  const best = new Map<string, RepositoryObservation>();
  const keyOf = ({ model, createdAt }: RepositoryObservation) => {
    const maker = organisations.named('huggingface', namespaceOf(model));
    return maker && createdAt
      ? `${maker.id} ${model.slice(model.indexOf('/') + 1).toLowerCase()} ${createdAt}`
      : model;
  };
  for (const one of repositories) {
    const there = best.get(keyOf(one));
    if (!there || there.downloads30d < one.downloads30d) best.set(keyOf(one), one);
  }
  const left = repositories.filter((one) => best.get(keyOf(one)) === one);
  const kept = new Set(left);
  return {
    repositories: left,
    doubles: repositories.filter((one) => !kept.has(one)).map(({ model }) => model),
  };
}
