import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { z } from 'zod';
import type { Archive } from './archive/archive.ts';
import { openArchive } from './archive/open-store.ts';
import { type Edition, parseEdition } from './edition.ts';
import { BadRequest, isReportError } from './errors.ts';
import type { Environment } from './sources/source.ts';

const language = z.string().regex(/^[a-z]{2}(-[A-Za-z]+)?$/);
/** What Step Functions carries between the stages: which edition, and which part of it. Never data. */
const claimCheck = z.object({
  edition: z.string(),
  locale: language.optional(),
  locales: z.array(language).optional(),
  source: z.string().optional(),
  templates: z.string().optional(),
});

/** The part of Lambda's context we use. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
}

/** What every function is given from outside. */
export interface Given {
  readonly archive: Archive;
  readonly environment: Environment;
  readonly now: () => Date;
  /** Milliseconds left, less what it takes to write the last objects. */
  readonly budgetMs: number;
  /** Adds a number to the metrics of this function, with dimensions of its own where it needs them. */
  measure(name: string, value: number, dimensions?: Readonly<Record<string, string>>): void;
}

/** A claim check, read: what a stage is given. Each getter throws BadRequest if the event does not name it. */
export interface Claim extends Given {
  readonly edition: Edition;
  locale(): string;
  locales(): readonly string[];
  source(): string;
  templates(): string;
}

/** Kept back from the time budget, so that a stage that is out of time can still say so. */
const RESERVE_MS = 5_000;

/**
 * Puts a stage on Lambda: parses the claim check, opens the archive once per container.
 *
 * @throws BadRequest if the event is no claim check, or ARCHIVE_URL is not set
 */
export function onLambda<T>(main: (claim: Claim) => Promise<T>) {
  return asFunction(
    'a claim check {edition, locale?, locales?, source?, templates?}',
    claimCheck,
    (event, given) =>
      main({
        ...given,
        edition: parseEdition(event.edition),
        locale: () => required('locale', event.locale, 'the event'),
        locales: () => required('locales', event.locales, 'the event'),
        source: () => required('source', event.source, 'the event'),
        templates: () => required('templates', event.templates, 'the event'),
      }),
  );
}

/**
 * Puts something on Lambda. Each invocation logs what it was asked and how it ended as JSON, with the edition on every
 * line, and emits how long it took and whether it failed.
 *
 * @param what the event is called in messages
 * @throws BadRequest if the event is not of the schema, or ARCHIVE_URL is not set
 */
export function asFunction<E extends object, T>(
  what: string,
  schema: z.ZodType<E>,
  main: (event: E, given: Given) => Promise<T>,
): (event: unknown, context: LambdaContext) => Promise<T> {
  const logger = new Logger();
  const metrics = new Metrics();
  let archive: Archive | undefined;
  return async (event, context) => {
    const began = performance.now();
    const parsed = schema.safeParse(event);
    logger.resetKeys();
    logger.appendKeys({ requestId: context.awsRequestId, ...(parsed.success ? parsed.data : {}) });
    logger.info('began');
    try {
      if (!parsed.success)
        throw new BadRequest(
          `The event is not ${what}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
        );
      archive ??= openArchive(required('ARCHIVE_URL', process.env.ARCHIVE_URL, 'the environment'));
      const answer = await main(parsed.data, {
        archive,
        environment: process.env,
        now: () => new Date(),
        budgetMs: context.getRemainingTimeInMillis() - RESERVE_MS,
        measure: (name, value, dimensions = {}) => {
          const alone = metrics.singleMetric();
          for (const [dimension, of] of Object.entries(dimensions)) alone.addDimension(dimension, of);
          alone.addMetric(name, MetricUnit.NoUnit, value);
        },
      });
      logger.info('done', { answer: { ...answer }, seconds: seconds(began) });
      metrics.addMetric('StageFailed', MetricUnit.Count, 0);
      return answer;
    } catch (error) {
      logger.error('failed', {
        error: error instanceof Error ? error : new Error(String(error)),
        evidence: isReportError(error) ? error.evidence : {},
        seconds: seconds(began),
      });
      metrics.addMetric('StageFailed', MetricUnit.Count, 1);
      throw error;
    } finally {
      metrics.addMetric('StageSeconds', MetricUnit.Seconds, seconds(began));
      if (parsed.success && 'edition' in parsed.data)
        metrics.addMetadata('edition', String(parsed.data.edition));
      metrics.publishStoredMetrics();
    }
  };
}

function seconds(began: number): number {
  return Math.round(performance.now() - began) / 1000;
}

function required<T>(name: string, value: T | undefined, where: string): T {
  if (value === undefined)
    throw new BadRequest(`${name} is missing from ${where}. Set it and start the stage again.`);
  return value;
}
