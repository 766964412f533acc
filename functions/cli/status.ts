import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { type Decision, verdictArtefact } from '../check/verdict.ts';
import type { Edition } from '../edition.ts';
import { editionsArtefact } from '../publish/editions.ts';
import { ifAllowed } from './if-allowed.ts';
import { wrapped } from './lines.ts';

/** What an archive holds, edition by edition. */
export interface Status {
  readonly archive: string;
  readonly editions: readonly EditionStatus[];
  /** Sealed snapshots: how many of each source, and the latest; null where these credentials may not see them. */
  readonly snapshots:
    | readonly {
        readonly source: string;
        readonly sealed: number;
        readonly latest: string;
      }[]
    | null;
}

export interface EditionStatus {
  readonly edition: string;
  /** Stages whose receipt lies in the draft, such as `render-en`. */
  readonly draft: readonly string[];
  readonly verdict: Decision | null;
  readonly reasons: readonly string[];
  readonly published: readonly { readonly revision: string; readonly publishedAt: string }[];
}

/** Reads what there is; changes nothing. */
export async function status(archive: Archive, only?: Edition): Promise<Status> {
  const published = (await archive.find(editionsArtefact, keys.editions))?.value.editions ?? [];
  const drafts = new Map<string, string[]>();
  for await (const key of archive.list('drafts/')) {
    const [, edition, stage] = /^drafts\/([^/]+)\/receipts\/(.+)\.json$/.exec(key) ?? [];
    if (edition && stage) drafts.set(edition, [...(drafts.get(edition) ?? []), stage]);
  }
  const names = only
    ? [only]
    : [...new Set([...drafts.keys(), ...published.map(({ edition }) => edition)])].sort().reverse();
  const editions: EditionStatus[] = [];
  for (const edition of names) {
    const verdict = (await archive.find(verdictArtefact, keys.verdict(edition as Edition)))?.value;
    editions.push({
      edition,
      draft: drafts.get(edition) ?? [],
      verdict: verdict?.decision ?? null,
      reasons: (verdict?.reasons ?? [])
        .filter(({ outcome }) => outcome !== 'passed')
        .map(({ id, outcome, detail }) => `${outcome} · ${id}: ${detail}`),
      published:
        published
          .find((one) => one.edition === edition)
          ?.revisions.map(({ revision, publishedAt }) => ({ revision, publishedAt })) ?? [],
    });
  }
  return { archive: archive.url, editions, snapshots: await ifAllowed(() => snapshots(archive)) };
}

async function snapshots(archive: Archive): Promise<NonNullable<Status['snapshots']>> {
  const sealed = new Map<string, string[]>();
  for await (const key of archive.list('snapshots/')) {
    const [, source, folder] = /^snapshots\/([^/]+)\/([^/]+)\/snapshot\.json$/.exec(key) ?? [];
    if (source && folder) sealed.set(source, [...(sealed.get(source) ?? []), folder]);
  }
  return [...sealed].map(([source, folders]) => ({
    source,
    sealed: folders.length,
    latest: folders.sort().at(-1) ?? '',
  }));
}

/** The status as a person reads it. */
export function statusText({ archive, editions, snapshots }: Status): string {
  const lines = [`Archive ${archive}`, ''];
  if (editions.length === 0) lines.push('No edition yet. Make the recorded one with: npm run report');
  for (const { edition, draft, verdict, reasons, published } of editions) {
    const revisions = published
      .map(({ revision, publishedAt }) => `${revision} of ${publishedAt.slice(0, 10)}`)
      .join(', ');
    lines.push(`${edition}  ${revisions ? `published ${revisions}` : 'not published'}`);
    lines.push(`         draft: ${draft.join(', ') || 'none'}${verdict ? ` · verdict: ${verdict}` : ''}`);
    for (const reason of reasons) lines.push(...wrapped(reason, ' '.repeat(9), ' '.repeat(11)));
  }
  if (snapshots === null) lines.push('', 'Snapshots: not to be seen with these credentials');
  else if (snapshots.length > 0) lines.push('', 'Snapshots');
  for (const { source, sealed, latest } of snapshots ?? [])
    lines.push(`  ${source.padEnd(18)} ${String(sealed).padStart(3)} sealed, latest ${latest}`);
  return lines.join('\n');
}
