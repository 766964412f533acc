import type { Archive } from '../archive/archive.ts';
import type { Edition } from '../edition.ts';
import { pointerHistory, type TemplatesRef } from '../render/published.ts';
import type { Deployment } from './deployment.ts';
import { ifAllowed } from './if-allowed.ts';
import { aligned, duration, minute, wrapped } from './lines.ts';
import { failureOf } from './run-failure.ts';
import { endingOf, type Outcome } from './run-outcome.ts';
import { editionOfRun, type Run, type RunStatus, type Runs } from './runs.ts';
import { type Status, status, statusText } from './status.ts';

/** What a deployment holds and does. */
export interface CloudStatus extends Status {
  readonly env: string;
  readonly site: string | null;
  readonly runs: readonly RunShown[];
  /** Null where these credentials may not see them. */
  readonly templates: { readonly current: TemplatesRef; readonly commit: string | null } | null;
}

export interface RunShown {
  readonly name: string;
  readonly edition: string | null;
  readonly status: RunStatus;
  readonly outcome: Outcome;
  readonly revision: string | null;
  readonly startedAt: string;
  /** Of a run that is at work: so far. */
  readonly seconds: number;
  readonly failure: {
    readonly state: string | null;
    readonly error: string;
    readonly message: string;
  } | null;
}

const SHOWN = 6;

/** Looks at a deployment; changes nothing. */
export async function cloudStatus(options: {
  archive: Archive;
  deployment: Deployment;
  runs: Runs;
  now: Date;
  only?: Edition | undefined;
}): Promise<CloudStatus> {
  const { archive, deployment, runs, now, only } = options;
  const [held, templates, latest] = await Promise.all([
    status(archive, only),
    currentOf(archive),
    latestRuns(runs, only),
  ]);
  const shown = await Promise.all(latest.map((run) => look(runs, run, now)));
  return { ...held, env: deployment.env, site: deployment.siteUrl ?? null, runs: shown, templates };
}

async function latestRuns(runs: Runs, only: string | undefined): Promise<Run[]> {
  const latest: Run[] = [];
  for await (const run of runs.list()) {
    if (only !== undefined && editionOfRun(run.name) !== only) continue;
    latest.push(run);
    if (latest.length === SHOWN) break;
  }
  return latest;
}

async function look(runs: Runs, run: Run, now: Date): Promise<RunShown> {
  const full = await runs.find(run.name);
  const ending = endingOf(full ?? { ...run, output: null });
  const failed = ['failed', 'timed out', 'stopped'].includes(ending.outcome);
  const failure = failed ? failureOf(await runs.history(run.name)) : undefined;
  return {
    name: run.name,
    edition: editionOfRun(run.name) ?? null,
    status: run.status,
    outcome: ending.outcome,
    revision: ending.revision,
    startedAt: run.startedAt.toISOString(),
    seconds: Math.round(((run.endedAt ?? now).getTime() - run.startedAt.getTime()) / 1000),
    failure: failure ? { state: failure.state, error: failure.error, message: failure.message } : null,
  };
}

function currentOf(archive: Archive): Promise<CloudStatus['templates']> {
  return ifAllowed(async () => {
    const { current, history } = await pointerHistory(archive);
    return { current, commit: history[0]?.commit ?? null };
  });
}

/** The status of a deployment as a person reads it. */
export function cloudStatusText(all: CloudStatus): string {
  const { env, site, runs, templates } = all;
  const lines = [
    `Environment ${env}${site ? `, site ${site}` : ''}`,
    statusText(all).replace(
      /No edition yet\..*/,
      `No edition yet. Make one with: report run --env ${env} --edition YYYY-MM`,
    ),
    '',
    'Latest runs (UTC)',
  ];
  if (runs.length === 0) lines.push('  none');
  const rows = runs.map(({ name, outcome, revision, startedAt, seconds }) => [
    `${outcome}${revision ? ` ${revision}` : ''}`,
    minute(new Date(startedAt)),
    duration(seconds),
    name,
  ]);
  for (const [index, line] of aligned(rows, '  ').entries()) {
    lines.push(line);
    const failure = runs[index]?.failure;
    if (failure)
      lines.push(
        ...wrapped(
          `${failure.state ? `at "${failure.state}": ` : ''}${failure.error}: ${failure.message}`,
          '    ',
        ),
      );
  }
  const named = !templates
    ? 'not to be seen with these credentials'
    : templates.current === 'release'
      ? 'those of the release'
      : `${templates.current.slice(0, 12)}${templates.commit ? `, of commit ${templates.commit.slice(0, 12)}` : ''}`;
  lines.push('', `Templates: ${named}`);
  return lines.join('\n');
}
