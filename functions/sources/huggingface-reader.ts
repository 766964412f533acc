import type { Window } from '../edition.ts';
import { say } from '../sentences.ts';
import { changed } from './body.ts';
import { itemsOf, listingOf, observe } from './huggingface-item.ts';
import type { RepositoryObservation } from './observation.ts';
import type { Reader } from './reader.ts';
import type { RawBody } from './source.ts';

/** Fewer requests in 30 days than this, and a repository of no maker is not listed by downloads. */
export const FLOOR = 1_000n;

/**
 * Reads a snapshot of the Hub page by page. It keeps no repository, only the names of the last two pages of a listing:
 * a page that shifts while the listing is read repeats the end of the one before. A repository that stands in several
 * listings is given several times.
 *
 * @param window the days it was asked for; what was created is listed from the first of its last month on
 */
export function hubReader(window?: Window): Reader<RepositoryObservation> {
  const counts: Record<RepositoryObservation['listing'], number> = {
    namespace: 0,
    'most-downloaded': 0,
    created: 0,
    recorded: 0,
  };
  const namespaces = new Set<string>();
  const empty: string[] = [];
  let children = 0;
  let asOf = '';
  let recent: { listing: string; before: Set<string>; now: Set<string> } | undefined;

  return {
    *take(body) {
      const author = new URL(body.url).searchParams.get('author');
      const listing = listingOf(body);
      if (author !== null) namespaces.add(author);
      if (asOf === '' || body.retrievedAt < asOf) asOf = body.retrievedAt;
      const items = itemsOf(body);
      if (items.length === 0 && author !== null) empty.push(author);
      if (items.length === 0 && author === null) throw changed(body, 'the list is empty');
      const same = recent?.listing === `${listing} ${author}`;
      recent = {
        listing: `${listing} ${author}`,
        before: (same && recent?.now) || new Set(),
        now: new Set(),
      };
      for (const one of items) {
        const key = one.id.toLowerCase();
        if (recent.before.has(key) || recent.now.has(key)) continue;
        recent.now.add(key);
        counts[listing] += 1;
        if (one.childrenModelCount) children += 1;
        yield observe(one, listing);
      }
    },
    end() {
      const remarks: string[] = [];
      if (empty.length > 0) remarks.push(say('remark.namespaces-empty', { names: empty }));
      if (children === 0) remarks.push(say('remark.no-children'));
      if (counts.created === 0 && counts.recorded === 0) remarks.push(say('remark.no-newest'));
      return { observations: [], asOf, universe: universe(counts, namespaces.size, window), remarks };
    },
  };
}

function universe(
  counts: Readonly<Record<RepositoryObservation['listing'], number>>,
  namespaces: number,
  window: Window | undefined,
): string {
  const since = window && `${window.to.slice(0, 7)}-01`;
  return [
    counts.namespace > 0 ? say('universe.hub-namespaces', { models: counts.namespace, namespaces }) : '',
    counts['most-downloaded'] > 0
      ? say('universe.hub-most', { models: counts['most-downloaded'], floor: FLOOR })
      : '',
    counts.created > 0
      ? since
        ? say('universe.hub-newest-since', { models: counts.created, day: since })
        : say('universe.hub-newest', { models: counts.created })
      : '',
    counts.recorded > 0 ? say('universe.hub-recorded', { models: counts.recorded }) : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** The bodies of a snapshot read at once: each repository once, as the first listing that names it has it. */
export function readHub(
  bodies: readonly RawBody[],
  window?: Window,
): ReturnType<Reader<RepositoryObservation>['end']> {
  const reader = hubReader(window);
  const models = new Map<string, RepositoryObservation>();
  for (const body of bodies)
    for (const one of reader.take(body)) if (!models.has(one.model)) models.set(one.model, one);
  return { ...reader.end(), observations: [...models.values()] };
}
