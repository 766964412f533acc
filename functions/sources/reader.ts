import type { Window } from '../edition.ts';
import type { AnyObservation, RawBody, Reading, Source } from './source.ts';

/** Reads the bodies of one snapshot one after another, so that they need not be in memory together. */
export interface Reader<O extends AnyObservation> {
  /** @throws SourceChanged naming the body, the row and the field that is not as documented */
  take(body: RawBody): Iterable<O>;
  /** What is known once all bodies were taken; its observations are those that `take` did not give. */
  end(): Reading<O>;
}

/** A source's own reader, or one that keeps the bodies and parses them at the end. */
export function openReader<O extends AnyObservation>(source: Source<O>, window?: Window): Reader<O> {
  const own = source.open?.(window);
  if (own) return own;
  const bodies: RawBody[] = [];
  return {
    take(body) {
      bodies.push(body);
      return [];
    },
    end: () => source.parse(bodies, window),
  };
}
