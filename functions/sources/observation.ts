import type { Day } from '../edition.ts';

/** How a repository says it came from another, by the Hub's own words; `unstated` where it names a base only. */
export type Relation = 'finetune' | 'adapter' | 'quantized' | 'merge' | 'unstated';

/** One model repository of the Hub as it was when it was asked for. */
export interface RepositoryObservation {
  readonly kind: 'repository';
  /** By which question it was found: a maker's namespace, the most downloaded, the newest, or a recording. */
  readonly listing: 'namespace' | 'most-downloaded' | 'created' | 'recorded';
  /** `owner/name`, as the Hub spells it. */
  readonly model: string;
  /** Requests counted over the last 30 days. */
  readonly downloads30d: bigint;
  /** Requests counted ever; null where the body does not say. */
  readonly downloadsAllTime: bigint | null;
  readonly likes: number | null;
  /** ISO instant of the repository's creation (a floor at 2022-03-02; may precede the release); null where unknown. */
  readonly createdAt: string | null;
  readonly pipelineTag: string | null;
  /** From the `license:` tag; null where unstated. */
  readonly licence: string | null;
  /** Number of weights, where safetensors metadata says. */
  readonly parameters: number | null;
  /** `manual` is discretionary: not open. `auto` is a click-through: open. */
  readonly gated: 'no' | 'auto' | 'manual' | null;
  /** Models it names as its bases, in order, with the relation. */
  readonly bases: readonly { readonly model: string; readonly relation: Relation }[];
  /** Repositories that name it as their base; null where the body does not say. */
  readonly children: number | null;
}

/** Tokens one model served on one day. */
export interface UsageObservation {
  readonly kind: 'usage';
  readonly day: Day;
  /** OpenRouter's permaslug without variant: `vendor/model-date`; `other` for the aggregated rest. */
  readonly slug: string;
  /** `free` and the like: what stood behind the colon; null for the plain one. */
  readonly variant: string | null;
  readonly tokens: bigint;
}

/** A model in a vendor's catalogue, with its price. */
export interface OfferObservation {
  readonly kind: 'offer';
  readonly id: string;
  /** The permaslug without variant. */
  readonly slug: string;
  readonly name: string;
  readonly huggingFaceId: string | null;
  readonly created: Day;
  readonly contextLength: number | null;
  /** US dollars per token, as decimal strings. */
  readonly promptPrice: string;
  readonly completionPrice: string;
}

/** One model's score on the Epoch Capabilities Index. */
export interface CapabilityObservation {
  readonly kind: 'capability';
  readonly model: string;
  readonly score: number;
  /** Bounds of the interval its producer states; null where it states none. */
  readonly low: number | null;
  readonly high: number | null;
  /** The model's release. */
  readonly released: Day;
  readonly organisations: readonly string[];
  readonly countries: readonly string[];
  readonly accessibility: string | null;
}

export type Observation = RepositoryObservation | UsageObservation | OfferObservation | CapabilityObservation;
