import { fileURLToPath } from 'node:url';
import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import type { Edition } from '../edition.ts';
import { printJobArtefact } from '../render/print-job.ts';
import type { RunResult } from '../run.ts';

/** What a run ends with: the headline, what was made, how long it took, what to know, and where the files are. */
export interface Summary {
  readonly edition: string;
  readonly headline: string | null;
  readonly verdict: string | null;
  readonly revision: string | null;
  readonly changed: boolean | null;
  readonly stages: RunResult['stages'];
  readonly warnings: readonly string[];
  readonly files: readonly string[];
}

/** Gathers the summary of a run; the headline is the one the report prints. */
export async function summarise(
  archive: Archive,
  edition: Edition,
  locales: readonly string[],
  result: RunResult,
): Promise<Summary> {
  const [first] = locales;
  const job = first ? await archive.find(printJobArtefact, keys.printJob(edition, first)) : undefined;
  return {
    edition,
    headline: job?.value.subject ?? null,
    verdict: result.verdict?.decision ?? null,
    revision: result.published?.revision ?? null,
    changed: result.published?.changed ?? null,
    stages: result.stages,
    warnings: result.warnings,
    files: result.published
      ? [...result.published.files.map(local), local(`${archive.url}${keys.editions}`)]
      : [local(`${archive.url}${keys.draft(edition)}`)],
  };
}

/** The summary as a person reads it. */
export function summaryText({
  edition,
  headline,
  verdict,
  revision,
  changed,
  stages,
  warnings,
  files,
}: Summary): string {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  const made = revision
    ? `Edition ${edition}, ${revision}${changed ? '' : ' (the same bytes as before: nothing new to publish)'}`
    : `Draft of ${edition}`;
  return [
    '',
    ...(headline ? [headline, ''] : []),
    `${made}${verdict ? ` · verdict: ${verdict}` : ''} · ${total.toFixed(1)} s`,
    ...(warnings.length > 0 ? ['', 'To know:', ...warnings.map((warning) => `  · ${warning}`)] : []),
    '',
    'Files:',
    ...shown(files).map((file) => `  ${file}`),
  ].join('\n');
}

/** What a person opens first stands first; tables are one folder, and so are the charts of each language. */
function shown(files: readonly string[]): string[] {
  const rank = (file: string) => [/\.pdf$/, /\.html$/, /./].findIndex((kind) => kind.test(file));
  const folders = new Map<string, number>();
  const others: string[] = [];
  for (const file of files) {
    const folder = /^.*\/(?:tables|charts)\/(?=[^/]+\.(?:csv|svg)$)/.exec(file)?.[0];
    if (folder === undefined) others.push(file);
    else folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  return [
    ...others.sort((a, b) => rank(a) - rank(b)),
    ...[...folders].map(([folder, count]) => `${folder} (${count} ${/(\w+)\/$/.exec(folder)?.[1]})`),
  ];
}

/** A path where the URL is of a file: a person opens paths. */
function local(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}
