import type { Window } from '../edition.ts';
import type { Origin } from './origin.ts';
import type { Probe } from './probe.ts';
import type { Reader } from './reader.ts';

/** The name of a source, also its folder under `snapshots/`; `sources/index.ts` has them all. */
export type SourceName = string;

/** Where a source is asked, and the variable that points elsewhere: a mirror, a local server. */
export interface Base {
  readonly variable: string;
  readonly url: string;
}

/** One thing that a source says; `kind` tells what, and a source may have a kind of its own. */
export interface AnyObservation {
  readonly kind: string;
}

/** What a source asks of the internet: one GET, answered whole or by an error of ours. */
export interface Http {
  /**
   * @throws SourceUnavailable if no good answer came within the limits
   * @throws SourceChanged if the answer cannot be what was asked for (another host, too large, HTML)
   */
  get(request: HttpRequest): Promise<HttpBody>;
}

export interface HttpRequest {
  readonly url: string;
  /** Kept out of everything that is stored: keys and tokens. */
  readonly authorization?: string;
  /** The media types that are a good answer, without parameters. */
  readonly accept: readonly string[];
  /** Set where "there is no such thing" (404) is an answer: it comes as a body with `status: '404'` in its headers. */
  readonly absence?: 'answer';
}

export interface HttpBody {
  readonly url: string;
  readonly body: Uint8Array;
  /** Only those a parser needs: `link`, `etag`, `last-modified`, `content-type`; `status` where it is not 200. */
  readonly headers: Readonly<Record<string, string>>;
  /** ISO instant of the answer. */
  readonly retrievedAt: string;
}

/** A raw body with what it is an answer to. */
export interface RawBody extends HttpBody {
  /** What part of the source it is: `page`, `manifest`, `day-file` …; the source's own word. */
  readonly part: string;
}

/** What a run wants to know; a source asks for no more than it needs. */
export interface Wish {
  /** The months wanted, as one window of days. */
  readonly window: Window;
  /** Namespaces on the Hub that belong to known makers. */
  readonly makers: readonly string[];
}

/** Base URLs and keys, from the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What parsing a snapshot gives. */
export interface Reading<O extends AnyObservation> {
  readonly observations: readonly O[];
  /** The data's own date or instant: `meta.as_of`, else when it was retrieved. */
  readonly asOf: string;
  /** What could have been counted, as a sentence for readers. */
  readonly universe: string;
  /** What was narrowed or dropped, each as a sentence for readers: an absent key, a day that is missing. */
  readonly remarks: readonly string[];
}

/** One public API: the single place that knows its URLs, shapes and terms. */
export interface Source<O extends AnyObservation = AnyObservation> {
  readonly name: SourceName;
  readonly base: Base;
  readonly origin: Origin;
  /** What it will say it could not get with this environment, before it asks: an absent key. */
  limits(environment: Environment): readonly string[];
  /** A few small requests that show whether what is taken for granted about it still holds. */
  probes(environment: Environment): readonly Probe[];
  /** Asks for one snapshot's worth; bodies are yielded as they come. */
  retrieve(http: Http, wish: Wish, environment: Environment): AsyncIterable<RawBody>;
  /**
   * Reads the bodies of one snapshot. Pure.
   *
   * @param window the days it was asked for; with it, days that are missing are named
   * @throws SourceChanged naming the body, the row and the field that is not as documented
   */
  parse(bodies: readonly RawBody[], window?: Window): Reading<O>;
  /** Reads body by body, where a snapshot may be larger than memory; `parse` gives the same. */
  open?(window?: Window): Reader<O>;
}
