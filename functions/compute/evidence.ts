import type { Edition, Window } from '../edition.ts';
import type {
  CapabilityObservation,
  OfferObservation,
  RepositoryObservation,
  UsageObservation,
} from '../sources/observation.ts';
import type { AnyObservation, SourceName } from '../sources/source.ts';
import type { HubMoment, Repair } from './counters.ts';
import type { Figure, FigureOrigin, Figures } from './figures.ts';
import type { Created, Tail } from './hub-intake.ts';
import type { Registry } from './registry.ts';

/** What the sealed snapshots of a source say, or why there is none that serves the edition. */
export type Taken<O extends AnyObservation> =
  | {
      readonly present: true;
      readonly observations: readonly O[];
      readonly origins: readonly FigureOrigin[];
      /** The data's own date or instant. */
      readonly asOf: string;
      readonly retrievedAt: string;
      readonly universe: string;
    }
  | { readonly present: false; readonly reason: string };

export type Present<O extends AnyObservation> = Extract<Taken<O>, { present: true }>;

/** The Hub beside its repositories: what was too small to list, what is new, and how it was at other moments. */
export interface Hub {
  readonly tail: Tail;
  readonly created: readonly Created[];
  /** True if everything created in the month was listed, not only what is popular. */
  readonly census: boolean;
  /** Counters that were not taken as they stood; `repositories` of the evidence hold those that are used. */
  readonly repairs: readonly Repair[];
  /** Repositories listed twice under two names of one maker, and counted once. */
  readonly doubles: readonly string[];
  /** The Hub at other moments, oldest first, with the counters to use and their origin. */
  readonly moments: readonly (HubMoment & {
    readonly origin: FigureOrigin;
    readonly repairs: readonly Repair[];
  })[];
  /** Moments within reach of the month's end that were passed over, since every counter read too low. */
  readonly stalled: readonly string[];
  /** The moment that serves the month before; null where the Hub was not seen at its end. */
  readonly before: string | null;
}

/** What an earlier edition published, as its current revision has it. */
export interface PublishedEdition {
  readonly edition: Edition;
  readonly revision: string;
  readonly kind: Figures['kind'];
  readonly registry: Figures['registry'];
  readonly figures: Readonly<Record<string, Figure>>;
}

/** All that an edition is computed from, as values. */
export interface Evidence {
  readonly edition: Edition;
  /** The month's first and last day. */
  readonly month: Window;
  readonly registry: Registry;
  readonly repositories: Taken<RepositoryObservation>;
  readonly hub: Hub;
  readonly usage: Taken<UsageObservation>;
  readonly offers: Taken<OfferObservation>;
  readonly capability: Taken<CapabilityObservation>;
  /** Earlier editions as they were published, oldest first. */
  readonly published: readonly PublishedEdition[];
  /** What any source says, by its name: also one that no field above is for. */
  taken(source: SourceName): Taken<AnyObservation>;
}
