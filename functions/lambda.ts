import { z } from 'zod';
import type { Archive } from './archive/archive.ts';
import { openArchive } from './archive/open-store.ts';
import { type Edition, parseEdition } from './edition.ts';
import { BadRequest } from './errors.ts';
import type { Environment } from './sources/source.ts';

/** What Step Functions carries between the stages: which edition, and which part of it. Never data. */
const claimCheck = z.object({
  edition: z.string(),
  locale: z
    .string()
    .regex(/^[a-z]{2}(-[A-Za-z]+)?$/)
    .optional(),
  locales: z.array(z.string().regex(/^[a-z]{2}(-[A-Za-z]+)?$/)).optional(),
  source: z.string().optional(),
});

/** The part of Lambda's context we use. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** A claim check, read, with everything a stage is given from outside. */
export interface Claim {
  readonly archive: Archive;
  readonly edition: Edition;
  readonly environment: Environment;
  readonly now: () => Date;
  /** Milliseconds left, less what it takes to write the last objects. */
  readonly budgetMs: number;
  /** @throws BadRequest if the event does not name it */
  locale(): string;
  locales(): readonly string[];
  source(): string;
}

/** Kept back from the time budget, so that a stage that is out of time can still say so. */
const RESERVE_MS = 5_000;

/**
 * Puts a stage on Lambda: parses the event and the environment, opens the archive once per container.
 *
 * @throws BadRequest if the event is no claim check, or ARCHIVE_URL is not set
 */
export function onLambda<T>(
  main: (claim: Claim) => Promise<T>,
): (event: unknown, context: LambdaContext) => Promise<T> {
  let archive: Archive | undefined;
  return async (event, context) => {
    const parsed = claimCheck.safeParse(event);
    if (!parsed.success)
      throw new BadRequest(
        `The event is not a claim check {edition, locale?, locales?, source?}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
      );
    const claim = parsed.data;
    archive ??= openArchive(required('ARCHIVE_URL', process.env.ARCHIVE_URL, 'the environment'));
    const opened = archive;
    return main({
      archive: opened,
      edition: parseEdition(claim.edition),
      environment: process.env,
      now: () => new Date(),
      budgetMs: context.getRemainingTimeInMillis() - RESERVE_MS,
      locale: () => required('locale', claim.locale, 'the event'),
      locales: () => required('locales', claim.locales, 'the event'),
      source: () => required('source', claim.source, 'the event'),
    });
  };
}

function required<T>(name: string, value: T | undefined, where: string): T {
  if (value === undefined)
    throw new BadRequest(`${name} is missing from ${where}. Set it and start the stage again.`);
  return value;
}
