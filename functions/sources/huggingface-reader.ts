import type { Window } from '../edition.ts';
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
      if (empty.length > 0)
        remarks.push(`No models are listed under ${empty.join(', ')}: renamed, emptied or gone.`);
      if (children === 0)
        remarks.push(
          'The listing did not say how many repositories build on each model (childrenModelCount).',
        );
      if (counts.created === 0 && counts.recorded === 0)
        remarks.push(
          'The newest repositories were not listed, so that what was built on whom cannot be counted.',
        );
      return { observations: [], asOf, universe: universe(counts, namespaces.size, window), remarks };
    },
  };
}

function universe(
  counts: Readonly<Record<RepositoryObservation['listing'], number>>,
  namespaces: number,
  window: Window | undefined,
): string {
  const parts = [
    counts.namespace > 0
      ? `the ${counts.namespace} public model repositories in the ${namespaces} namespaces of known makers`
      : '',
    counts['most-downloaded'] > 0
      ? `the Hub’s ${counts['most-downloaded']} most downloaded, down to ${FLOOR} requests in 30 days`
      : '',
    counts.created > 0
      ? `the ${counts.created} newest${window ? `, back to ${window.to.slice(0, 7)}-01` : ''}`
      : '',
    counts.recorded > 0
      ? `the ${counts.recorded} public model repositories on a list of popular and trending models, neither the whole Hub nor its most downloaded`
      : '',
  ].filter((part) => part !== '');
  const text = parts.length > 1 ? `${parts.slice(0, -1).join('; ')}; and ${parts.at(-1)}` : (parts[0] ?? '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
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
