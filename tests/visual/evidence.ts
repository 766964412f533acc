import { mkdir, rm, writeFile } from 'node:fs/promises';
import { pageName } from './accepted.ts';
import type { ChangedPage } from './compare-pages.ts';
import { fullPng } from './png.ts';

/** Where a run leaves what changed, and the sheets of all pages; not under version control. */
export const CHANGED = new URL('changed/', import.meta.url);

/** The pictures of one changed page that there are, by their addresses within the folder. */
export interface Evidence {
  readonly changed: ChangedPage;
  readonly before: string | null;
  readonly after: string | null;
  readonly diff: string | null;
}

/** Empties the folder of what an earlier run left there. */
export async function clearEvidence(folder: URL): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** Leaves the page as accepted, as it is now, and where they differ. */
export async function leaveEvidence(folder: URL, changed: ChangedPage): Promise<Evidence> {
  const { language, page, before, after, difference } = changed;
  await mkdir(new URL(`${language}/`, folder), { recursive: true });
  const diff = difference.kind === 'pixels' ? difference.picture : null;
  const left: Record<string, string | null> = {};
  for (const [kind, picture] of Object.entries({ before, after, diff })) {
    const address = `${language}/${pageName(page)}.${kind}.png`;
    left[kind] = picture && address;
    if (picture) await writeFile(new URL(address, folder), fullPng(picture));
  }
  return { changed, before: left.before ?? null, after: left.after ?? null, diff: left.diff ?? null };
}
