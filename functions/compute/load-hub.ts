import type { Archive } from '../archive/archive.ts';
import type { Edition, Window } from '../edition.ts';
import { monthBefore } from '../edition.ts';
import type { RepositoryObservation } from '../sources/observation.ts';
import type { AnyObservation } from '../sources/source.ts';
import { type Candidate, chooseOf, otherMoments } from './choose.ts';
import { type HubMoment, isStalled, repairCounters } from './counters.ts';
import type { Hub, Taken } from './evidence.ts';
import { HubIntake, type HubListing, NO_TAIL } from './hub-intake.ts';
import { namespaceOf } from './lineage.ts';
import { originOf, type ReadSource, readSource } from './read-source.ts';
import type { Registry } from './registry.ts';

/** What of the Hub serves an edition, and the snapshots it came from. */
export interface LoadedHub {
  readonly repositories: Taken<RepositoryObservation>;
  readonly hub: Hub;
  readonly own: ReadSource | null;
  readonly others: readonly ReadSource[];
}

const NO_HUB: Hub = {
  tail: NO_TAIL,
  created: [],
  census: false,
  repairs: [],
  doubles: [],
  moments: [],
  stalled: [],
  before: null,
};

/**
 * Loads the Hub as it was at the month's end, and its counters at other moments, against which they are held: wild
 * ones are repaired or set aside, and a moment at which every counter read too low is passed over for the next.
 */
export async function loadHub(
  archive: Archive,
  edition: Edition,
  month: Window,
  registry: Registry,
  candidates: readonly Candidate[],
): Promise<LoadedHub> {
  const choice = chooseOf('huggingface', candidates, edition);
  if ('reason' in choice)
    return { repositories: { present: false, reason: choice.reason }, hub: NO_HUB, own: null, others: [] };

  const looked = new Map<string, { read: ReadSource; moment: HubMoment }>();
  for (const key of otherMoments(candidates, edition)) looked.set(key, await look(archive, key, registry));
  const { own, read, listing, stalled } = await takeSteady(archive, choice.keys, looked, month, registry);
  looked.delete(own);

  const others = [...looked];
  const known = others.map(([, { moment }]) => moment);
  const filled = listing.repositories.map((one) => withMetadata(one, known));
  const { repositories, repairs } = repairCounters(filled, read.asOf, known);
  const ownMoment = { asOf: read.asOf, repositories: makersOf(filled, registry) };
  const beforeChoice = chooseOf('huggingface', candidates, monthBefore(edition));
  const beforeKey = 'keys' in beforeChoice ? beforeChoice.keys.find((key) => key !== own) : undefined;
  const moments = others
    .map(([, { read: then, moment }]) => {
      const rest = [ownMoment, ...known.filter((one) => one !== moment)];
      const repaired = repairCounters(
        [...moment.repositories.values()].map((one) => withMetadata(one, rest)),
        moment.asOf,
        rest,
      );
      return {
        asOf: moment.asOf,
        repositories: byName(repaired.repositories),
        repairs: repaired.repairs,
        origin: originOf(then),
      };
    })
    .sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
  return {
    repositories: {
      present: true,
      observations: repositories,
      origins: [originOf(read)],
      asOf: read.asOf,
      retrievedAt: read.snapshot.retrievedAt,
      universe: read.universe,
    },
    hub: {
      tail: listing.tail,
      created: listing.created,
      census: listing.census,
      doubles: listing.doubles,
      repairs,
      moments,
      stalled,
      before: (beforeKey && looked.get(beforeKey)?.moment.asOf) ?? null,
    },
    own: read,
    others: others.map(([, { read: then }]) => then),
  };
}

/**
 * Takes in the first of the snapshots whose counters had not stalled, beside what was looked at; the first of all where
 * every one had. What is passed over is looked at beside the others.
 */
async function takeSteady(
  archive: Archive,
  keys: readonly string[],
  looked: Map<string, { read: ReadSource; moment: HubMoment }>,
  month: Window,
  registry: Registry,
): Promise<{ own: string; read: ReadSource; listing: HubListing; stalled: string[] }> {
  const stalled: string[] = [];
  let first: { own: string; read: ReadSource; listing: HubListing } | undefined;
  for (const own of keys) {
    const taken = { own, ...(await takeIn(archive, own, month, registry)) };
    const moment = { asOf: taken.read.asOf, repositories: makersOf(taken.listing.repositories, registry) };
    const others = [...looked].filter(([key]) => key !== own).map(([, one]) => one.moment);
    if (!isStalled(moment, others)) return { ...taken, stalled };
    first ??= taken;
    stalled.push(taken.read.asOf);
    looked.set(own, { read: taken.read, moment });
  }
  if (!first) throw new Error('there is no snapshot to take in');
  return { ...first, stalled: [] };
}

/** The whole listing of one snapshot. */
async function takeIn(
  archive: Archive,
  key: string,
  month: Window,
  registry: Registry,
): Promise<{ read: ReadSource; listing: HubListing }> {
  const intake = new HubIntake(registry, month);
  const read = await readSource(archive, key, (one) => {
    if (isRepository(one)) intake.take(one);
  });
  return { read, listing: intake.end() };
}

/** One snapshot's counters, as far as makers' repositories go: what an edition is held against. */
async function look(
  archive: Archive,
  key: string,
  { organisations }: Registry,
): Promise<{ read: ReadSource; moment: HubMoment }> {
  const repositories = new Map<string, RepositoryObservation>();
  const read = await readSource(
    archive,
    key,
    (one) => {
      if (!isRepository(one) || !organisations.named('huggingface', namespaceOf(one.model))) return;
      const there = repositories.get(one.model.toLowerCase());
      if (!there || there.downloads30d < one.downloads30d) repositories.set(one.model.toLowerCase(), one);
    },
    (part) => part !== 'created',
  );
  return { read, moment: { asOf: read.asOf, repositories } };
}

/** What does not change and one look did not state, from another look. */
function withMetadata(one: RepositoryObservation, moments: readonly HubMoment[]): RepositoryObservation {
  const key = one.model.toLowerCase();
  const others = moments
    .map(({ repositories }) => repositories.get(key))
    .filter((other) => other !== undefined);
  if (others.length === 0) return one;
  const first = <K extends 'createdAt' | 'pipelineTag' | 'licence' | 'parameters'>(name: K) =>
    one[name] ?? others.find((other) => other[name] !== null)?.[name] ?? null;
  return {
    ...one,
    createdAt: first('createdAt'),
    pipelineTag: first('pipelineTag'),
    licence: first('licence'),
    parameters: first('parameters'),
    bases: one.bases.length > 0 ? one.bases : (others.find(({ bases }) => bases.length > 0)?.bases ?? []),
  };
}

function makersOf(
  repositories: readonly RepositoryObservation[],
  { organisations }: Registry,
): ReadonlyMap<string, RepositoryObservation> {
  return byName(repositories.filter(({ model }) => organisations.named('huggingface', namespaceOf(model))));
}

function byName(repositories: readonly RepositoryObservation[]): ReadonlyMap<string, RepositoryObservation> {
  return new Map(repositories.map((one) => [one.model.toLowerCase(), one]));
}

function isRepository(one: AnyObservation): one is RepositoryObservation {
  return one.kind === 'repository';
}
