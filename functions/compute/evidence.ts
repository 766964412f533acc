import type { Edition, Window } from '../edition.ts';
import type {
  CapabilityObservation,
  Observation,
  OfferObservation,
  RepositoryObservation,
  UsageObservation,
} from '../sources/observation.ts';
import type { FigureOrigin } from './figures.ts';
import type { Registry } from './registry.ts';

/** What one sealed snapshot says, or why there is none that serves the edition. */
export type Taken<O extends Observation> =
  | {
      readonly present: true;
      readonly observations: readonly O[];
      readonly origin: FigureOrigin;
      /** The data's own date or instant. */
      readonly asOf: string;
      readonly retrievedAt: string;
      readonly universe: string;
    }
  | { readonly present: false; readonly reason: string };

export type Present<O extends Observation> = Extract<Taken<O>, { present: true }>;

/** All that an edition is computed from, as values. */
export interface Evidence {
  readonly edition: Edition;
  /** The month's first and last day. */
  readonly month: Window;
  readonly registry: Registry;
  readonly repositories: Taken<RepositoryObservation>;
  /** The Hub as it was at the end of the month before, for the panel of repositories seen both times. */
  readonly repositoriesBefore: Taken<RepositoryObservation>;
  readonly usage: Taken<UsageObservation>;
  readonly offers: Taken<OfferObservation>;
  readonly capability: Taken<CapabilityObservation>;
}
