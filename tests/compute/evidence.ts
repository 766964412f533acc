import type { Evidence, Hub, PublishedEdition, Taken } from '../../functions/compute/evidence.ts';
import { NO_TAIL } from '../../functions/compute/hub-intake.ts';
import { parseRegistry, type Registry } from '../../functions/compute/registry.ts';
import { monthWindow, parseEdition } from '../../functions/edition.ts';
import type {
  CapabilityObservation,
  Observation,
  OfferObservation,
  RepositoryObservation,
  UsageObservation,
} from '../../functions/sources/observation.ts';

/** A small world of makers, for tests that should not move when the registry does. */
const MAKERS = {
  dragon: { country: 'CN', hub: ['Dragon', 'Dragon-Vision'] },
  peak: { country: 'HK', hub: ['Peak'] },
  eagle: { country: 'US', hub: ['Eagle'] },
  hawk: { country: 'US', hub: ['Hawk'] },
  stier: { country: 'DE', hub: ['Stier'] },
  lion: { country: 'GB', hub: ['Lion'] },
  merlion: { country: 'SG', hub: ['Merlion'] },
  formosa: { country: 'TW', hub: ['Formosa'] },
  nobody: { country: null, hub: ['Nobody'] },
} as const;

/** The registry of that world; `models` are `[family, maker, open since]`. */
export function smallRegistry(
  models: readonly (readonly [string, keyof typeof MAKERS, string | null])[] = [],
  more: { makers?: unknown[]; mirrors?: unknown[]; tracked?: string[] } = {},
): Registry {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const makers = Object.entries(MAKERS).map(([id, { country, hub }]) => ({
    id,
    name: id,
    countries: country ? [{ country, from: null, to: null }] : [],
    names: { huggingface: hub, openrouter: [id], epoch: [id] },
    source: 'invented for tests',
  }));
  const listed = [...models, ['Filler', 'eagle', null] as const].map(([name, maker, open]) => ({
    model: { maker, family: name },
    names: {
      openrouter: [`${maker}/${name}`],
      epoch: [name],
      huggingface: [`${MAKERS[maker].hub[0]}/${name}`],
    },
    open,
    source: 'invented for tests',
  }));
  return parseRegistry({
    'organisations.json': bytes({
      classifiedAt: '2026-08-01',
      makers: [...makers, ...(more.makers ?? [])],
      mirrors: more.mirrors ?? [],
    }),
    'openness.json': bytes({ classifiedAt: '2026-08-01', models: listed }),
    'tracked-models.json': bytes({
      classifiedAt: '2026-08-01',
      lists: [{ source: 'invented for tests', models: more.tracked ?? [] }],
    }),
  });
}

export function repository(model: string, more: Partial<RepositoryObservation> = {}): RepositoryObservation {
  return {
    kind: 'repository',
    listing: 'namespace',
    model,
    downloads30d: 100n,
    downloadsAllTime: null,
    likes: null,
    createdAt: null,
    pipelineTag: 'text-generation',
    licence: null,
    parameters: null,
    gated: 'no',
    bases: [],
    children: null,
    ...more,
  };
}

export function served(
  slug: string,
  tokens: bigint,
  day = '2026-07-15',
  variant: string | null = null,
): UsageObservation {
  return { kind: 'usage', day, slug, variant, tokens };
}

export function scored(
  model: string,
  score: number,
  released: string,
  interval: readonly [number, number] | null = [score - 1, score + 1],
): CapabilityObservation {
  return {
    kind: 'capability',
    model,
    score,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
    released,
    organisations: [],
    countries: [],
    accessibility: null,
  };
}

/** Evidence of July 2026 in that world; what is not given is absent. */
export function evidence(given: {
  registry?: Registry;
  repositories?: readonly RepositoryObservation[];
  /** The Hub as it was at the end of the month before. */
  repositoriesBefore?: readonly RepositoryObservation[];
  hub?: Partial<Hub>;
  published?: readonly PublishedEdition[];
  usage?: readonly UsageObservation[];
  offers?: readonly OfferObservation[];
  capability?: readonly CapabilityObservation[];
}): Evidence {
  const edition = parseEdition('2026-07');
  return {
    edition,
    month: monthWindow(edition),
    registry: given.registry ?? smallRegistry(),
    repositories: taken('huggingface', given.repositories),
    hub: hub(given.repositoriesBefore, given.hub),
    usage: taken('openrouter-usage', given.usage),
    offers: taken('openrouter-models', given.offers),
    capability: taken('epoch', given.capability),
    published: given.published ?? [],
    taken: (source) => taken(source, undefined),
  };
}

/** The Hub at another moment. */
export function moment(asOf: string, repositories: readonly RepositoryObservation[]): Hub['moments'][number] {
  return {
    asOf,
    repositories: new Map(repositories.map((one) => [one.model.toLowerCase(), one])),
    repairs: [],
    origin: originAt('huggingface', asOf),
  };
}

const MONTH_BEFORE = '2026-07-01T00:00:00.000Z';

function hub(before: readonly RepositoryObservation[] | undefined, more: Partial<Hub> = {}): Hub {
  return {
    tail: NO_TAIL,
    created: [],
    census: false,
    repairs: [],
    doubles: [],
    stalled: [],
    moments: before ? [moment(MONTH_BEFORE, before)] : [],
    before: before ? MONTH_BEFORE : null,
    ...more,
  };
}

function originAt(source: string, asOf: string) {
  return {
    source,
    snapshot: `snapshots/${source}/x/snapshot.json`,
    sha256: '0'.repeat(64),
    asOf,
    retrievedAt: asOf,
    transcribed: false,
  };
}

function taken<O extends Observation>(source: string, observations: readonly O[] | undefined): Taken<O> {
  if (!observations) return { present: false, reason: 'Not part of this test.' };
  const asOf = '2026-08-01T00:00:00.000Z';
  return {
    present: true,
    observations,
    asOf,
    retrievedAt: asOf,
    universe: 'Invented for tests.',
    origins: [originAt(source, asOf)],
  };
}
