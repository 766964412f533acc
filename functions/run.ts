import { availableParallelism } from 'node:os';
import type { Archive } from './archive/archive.ts';
import { checkEdition } from './check/check.ts';
import type { Verdict } from './check/verdict.ts';
import { computeEdition } from './compute/compute.ts';
import type { Check } from './compute/figures.ts';
import { assertPrintable } from './compute/printable.ts';
import { hubNamespaces } from './compute/registry.ts';
import type { Edition } from './edition.ts';
import { BadRequest, isReportError, type ReportError, SourceUnavailable } from './errors.ts';
import { PLAN, STAGE_NAMES, type Stage, type StageName } from './plan.ts';
import { chromium } from './print/chromium.ts';
import { printEdition } from './print/print.ts';
import { browserPrinter } from './print/printer.ts';
import { type Published, publishEdition } from './publish/publish.ts';
import { pull } from './pull/pull.ts';
import type { Recording } from './pull/recording.ts';
import { wishFor } from './pull/wish.ts';
import { renderEdition } from './render/render.ts';
import type { Templates } from './render/templates.ts';
import { openHttp } from './sources/http.ts';
import { SOURCES, sourceNamed } from './sources/index.ts';
import type { Environment, Http, SourceName } from './sources/source.ts';

/** Where a run gets its bodies: from the internet, or from the recording that travels with the program. */
export type From = { readonly kind: 'live' } | { readonly kind: 'recorded'; readonly recording: Recording };

/** What a run does, to which archive, and with which clock. */
export interface RunOptions {
  readonly archive: Archive;
  readonly edition: Edition;
  readonly bodies: From;
  readonly from: StageName;
  readonly until: StageName;
  readonly locales: readonly string[];
  readonly templates: Templates;
  readonly now: () => Date;
  readonly environment: Environment;
}

/** What a run tells while it is at work; a bar on a terminal, lines elsewhere. */
export interface Reporter {
  /** How many items there are in all stages together. */
  begin(items: number): void;
  stage(name: StageName, items: readonly string[]): void;
  /** One item of the stage is done; `remark` says what a person should know of it. */
  item(name: StageName, item: string, remark?: string): void;
  stageDone(name: StageName, seconds: number): void;
  /** The run ends with an error: what is on the screen makes room for it. */
  failed?(): void;
}

/** What a run made. */
export interface RunResult {
  readonly stages: readonly { readonly stage: StageName; readonly seconds: number }[];
  readonly warnings: readonly string[];
  readonly verdict: Verdict | null;
  readonly published: Published | null;
}

/** One print of one language: Chromium's first start unpacks it, which takes seconds, not minutes. */
const PRINT_BUDGET_MS = 120_000;

/**
 * Folds the plan into a sequence of calls: the laptop's counterpart of the state machine.
 *
 * @throws BadRequest if `from` comes after `until`
 * @throws the errors of the stages; what earlier stages finished stays in the archive
 */
export async function runEdition(options: RunOptions, reporter: Reporter): Promise<RunResult> {
  const stages = stagesBetween(options.from, options.until);
  const clients =
    options.bodies.kind === 'live' && options.from === 'pull'
      ? openClients(options)
      : new Map<string, Http>();
  const timings: { stage: StageName; seconds: number }[] = [];
  const warnings: string[] = [];
  let verdict: Verdict | null = null;
  let published: Published | null = null;

  const work: Record<StageName, (item: string) => Promise<string | undefined>> = {
    pull: async (source) => (await pullOne(options, source, clients.get(source))).join(' ') || undefined,
    compute: async () => {
      const figures = await computeEdition(options);
      assertPrintable(figures);
      warnings.push(...raised(figures.checks));
      return undefined;
    },
    render: async (locale) => void (await renderEdition({ ...options, locale })),
    print: async (locale) =>
      void (await printEdition({
        ...options,
        locale,
        printer: browserPrinter(chromium(options.environment)),
        budgetMs: PRINT_BUDGET_MS,
      })),
    check: async () => {
      verdict = await checkEdition(options);
      warnings.push(...raised(verdict.reasons));
      return undefined;
    },
    publish: async () => {
      published = await publishEdition({ ...options, now: options.now() });
      return undefined;
    },
  };

  reporter.begin(stages.reduce((sum, stage) => sum + itemsOf(stage, options).length, 0));
  for (const stage of stages) {
    const items = itemsOf(stage, options);
    const started = performance.now();
    reporter.stage(stage.name, items);
    const failures: { item: string; error: ReportError }[] = [];
    const one = async (item: string) => {
      try {
        const remark = await work[stage.name](item);
        if (remark) warnings.push(`${item}: ${remark}`);
        reporter.item(stage.name, item, remark);
      } catch (error) {
        if (stage.name !== 'pull' || !isReportError(error) || !/^Source/.test(error.name)) throw error;
        failures.push({ item, error });
        reporter.item(stage.name, item, `${error.name}: ${error.message}`);
      }
    };
    try {
      if (stage.per === 'source') await all(items.map(one));
      else if (stage.name === 'print') await some(items, availableParallelism(), one);
      else for (const item of items) await one(item);
      settle(failures, items.length, warnings);
    } catch (error) {
      reporter.failed?.();
      throw error;
    }
    const seconds = Math.round(performance.now() - started) / 1000;
    timings.push({ stage: stage.name, seconds });
    reporter.stageDone(stage.name, seconds);
  }
  return { stages: timings, warnings: [...new Set(warnings)], verdict, published };
}

/** What the checks that did not pass found. */
function raised(checks: readonly Check[]): string[] {
  return checks.filter(({ outcome }) => outcome !== 'passed').map(({ detail }) => detail);
}

/** The stages from one to another, both included. */
function stagesBetween(from: StageName, until: StageName): readonly Stage[] {
  const [first, last] = [STAGE_NAMES.indexOf(from), STAGE_NAMES.indexOf(until)];
  if (first > last)
    throw new BadRequest(
      `--from ${from} comes after --until ${until}. The order is ${STAGE_NAMES.join(', ')}.`,
    );
  return PLAN.slice(first, last + 1);
}

function itemsOf(stage: Stage, { bodies, locales, edition }: RunOptions): readonly string[] {
  if (stage.per === 'locale') return locales;
  if (stage.per === 'edition') return [edition];
  return bodies.kind === 'recorded' ? bodies.recording.sources : SOURCES.map(({ name }) => name);
}

/** Every source settles on its own: an edition says what is missing; without any source there is none. */
function settle(
  failures: readonly { item: string; error: ReportError }[],
  asked: number,
  warnings: string[],
): void {
  if (failures.length === 0) return;
  const [first] = failures;
  if (first && failures.length === asked) {
    throw new SourceUnavailable(
      `No source gave figures (${failures.map(({ item }) => item).join(', ')}); ${first.item}: ${first.error.message} Nothing was made.`,
      Object.fromEntries(failures.map(({ item, error }) => [item, error.message])),
      first.error,
    );
  }
  warnings.push(...failures.map(({ item, error }) => `${item}: ${error.message}`));
}

/** Waits for all, then fails as the first that failed: nothing is at work any more when a person reads the error. */
async function all(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Works through items, so many at a time: a browser of its own prints each language. */
async function some(
  items: readonly string[],
  at: number,
  work: (item: string) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const next = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await all(Array.from({ length: Math.min(at, items.length) }, next));
}

/** @throws BadRequest if the environment names a base URL that is none, before anything is asked */
function openClients({ environment, now }: RunOptions): Map<string, Http> {
  return new Map(
    SOURCES.map((source) => [source.name, openHttp({ source, environment, now: () => now().getTime() })]),
  );
}

async function pullOne(
  options: RunOptions,
  name: SourceName,
  http: Http | undefined,
): Promise<readonly string[]> {
  const { archive, bodies, environment, now } = options;
  if (bodies.kind === 'recorded') {
    await bodies.recording.seal(archive, name);
    return [];
  }
  const source = sourceNamed(name);
  if (!http) throw new BadRequest(`There is no source "${name}".`);
  await pull({
    archive,
    source,
    http,
    wish: wishFor(options.edition, hubNamespaces(), now()),
    now,
    environment,
  });
  return source.limits(environment);
}
