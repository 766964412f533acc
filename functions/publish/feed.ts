import { textArtefact } from '../archive/artefact.ts';
import { reasonIn } from './corrections.ts';
import type { Editions, Revision } from './editions.ts';

export const feedArtefact = textArtefact('feed', /^<\?xml /);

/** An edition as a feed tells of it: its current revision, and when each of its revisions came out. */
export interface FeedEdition {
  readonly revision: Revision;
  readonly revisions: Editions['editions'][number]['revisions'];
}

/**
 * The feed of one language, newest edition first, one entry per edition: a correction changes its entry, and is said
 * in it. Its text is the revisions’ own; the dates are those of publication.
 *
 * Written here, since the well-kept library for it (`feed`) lets control characters through, which no XML may contain.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4287 Atom
 */
export function atomFeed(locale: string, editions: readonly FeedEdition[]): string {
  const entries = editions.flatMap((edition) => entryOf(locale, edition));
  const [newest] = entries;
  const site = newest?.site ?? null;
  const updated = entries.map((entry) => entry.updated).sort();
  const publisher = editions.find(({ revision }) => revision.publisher)?.revision.publisher ?? 'Editions';
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(locale)}">`,
    ` <id>${escaped(tag(site, `feed/${locale}`))}</id>`,
    ` <title>${escaped(publisher)}</title>`,
    ` <updated>${updated.at(-1) ?? '1970-01-01T00:00:00.000Z'}</updated>`,
    ` <author><name>${escaped(publisher)}</name></author>`,
    ...(site === null
      ? []
      : [
          ` <link rel="self" type="application/atom+xml" href="${escaped(`${site}feed.${locale}.xml`)}"/>`,
          ` <link rel="alternate" type="text/html" href="${escaped(site)}"/>`,
        ]),
    ...entries.map(({ xml }) => xml),
    '</feed>',
    '',
  ].join('\n');
}

interface Entry {
  readonly site: string | null;
  readonly updated: string;
  readonly xml: string;
}

/** Nothing of an edition that is not there in this language, or that a release published which did not say its title. */
function entryOf(locale: string, { revision, revisions }: FeedEdition): Entry[] {
  const page = revision.pages?.find((one) => one.locale === locale);
  const current = revisions.find((one) => one.revision === revision.revision);
  if (!page || !current) return [];
  const site = siteOf(page.url, revision.edition);
  const paragraphs = [page.headline, ...notices(revision.corrections ?? [], revisions, locale)];
  const xml = [
    ' <entry>',
    `  <id>${escaped(tag(site, `${revision.edition}/${locale}`))}</id>`,
    `  <title>${escaped(page.title)}</title>`,
    `  <published>${revisions[0]?.publishedAt ?? current.publishedAt}</published>`,
    `  <updated>${current.publishedAt}</updated>`,
    ...(page.url === undefined
      ? []
      : [
          `  <link rel="alternate" type="text/html" hreflang="${escaped(locale)}" href="${escaped(page.url)}"/>`,
        ]),
    `  <summary>${escaped(page.headline)}</summary>`,
    `  <content type="html">${escaped(paragraphs.map((text) => `<p>${escaped(text)}</p>`).join(''))}</content>`,
    ' </entry>',
  ].join('\n');
  return [{ site, updated: current.publishedAt, xml }];
}

/** What was corrected, newest first, in signs that every language reads: from which revision to which, when, and why. */
function notices(
  corrections: NonNullable<Revision['corrections']>,
  revisions: FeedEdition['revisions'],
  locale: string,
): string[] {
  return corrections
    .map((one) => {
      const { corrects, at } = one;
      const next = revisions[revisions.findIndex(({ revision }) => revision === corrects) + 1];
      return `${corrects} → ${next?.revision ?? '…'} · ${at.slice(0, 10)}: ${reasonIn(one, locale)}`;
    })
    .reverse();
}

/** Where the site begins: what stands before the edition in the address of its page. */
function siteOf(url: string | undefined, edition: string): string | null {
  if (url === undefined) return null;
  const place = url.indexOf(`/${edition}/`);
  return place < 0 ? `${new URL(url).origin}/` : url.slice(0, place + 1);
}

/**
 * An id that stays when pages move: the site’s name, the year it began, and what is meant.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4151
 */
function tag(site: string | null, what: string): string {
  return `tag:${site === null ? 'localhost' : new URL(site).hostname},2026:${what}`;
}

/** What XML 1.0 cannot contain, however it is written. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
