import { z } from 'zod';
import {
  assertOver,
  type Edition,
  editionOf,
  monthBefore,
  monthEnd,
  parseEdition,
  runningMonth,
} from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { STAGE_NAMES, type StageName } from '../plan.ts';

const stage = z.enum(STAGE_NAMES as readonly [StageName, ...StageName[]]);

/** What the schedule says: which of its runs, and for when it was planned, however late it comes. */
const scheduledSchema = z.strictObject({
  run: z.enum(['draft', 'publish', 'observe']),
  at: z.iso.datetime({ offset: true }),
});
/** What a person asks for. */
const askedSchema = z.strictObject({
  edition: z.string(),
  from: stage.default('pull'),
  until: stage.default('publish'),
  locales: z.array(z.string()).min(1).optional(),
  by: z.string().max(300).optional(),
});

export const startSchema = z.union([scheduledSchema, askedSchema]);
export type StartEvent = z.infer<typeof startSchema>;

/** A run as it was asked for: which edition, from which stage, and the name that makes it the only one of its kind. */
export interface Asked {
  readonly edition: Edition;
  /** Null where it depends on how far the draft has come. */
  readonly from: StageName | null;
  readonly until: StageName;
  readonly locales: readonly string[] | null;
  /** Scheduled runs leave an edition alone that is public already: to publish it anew is for a person to decide. */
  readonly scheduled: boolean;
  /** Of the execution: the same event again has the same name. */
  readonly name: string;
}

/**
 * Reads what is asked for. A scheduled run is about the month before its planned time, which is not the time at which it
 * comes; an observation about the month that is running, on its first day, when no day of it is over, about the one before.
 *
 * @throws BadRequest if the edition is none or not over, or the stages are in the wrong order
 */
export function readAsked(event: StartEvent, now: Date): Asked {
  if ('run' in event) {
    const at = new Date(event.at);
    const edition = event.run === 'observe' ? runningMonth(at) : monthBefore(editionOf(at));
    return {
      edition,
      from: event.run === 'publish' ? null : 'pull',
      until: { draft: 'check', publish: 'publish', observe: 'pull' }[event.run] as StageName,
      locales: null,
      scheduled: true,
      name: `${edition}-${event.run}-${stamp(at)}`,
    };
  }
  const edition = parseEdition(event.edition);
  const { from, until } = event;
  if (STAGE_NAMES.indexOf(from) > STAGE_NAMES.indexOf(until))
    throw new BadRequest(`${from} comes after ${until}. The order is ${STAGE_NAMES.join(', ')}.`);
  if (until !== 'pull') assertOver(edition, now);
  else if (monthEnd(monthBefore(edition)) > now)
    throw new BadRequest(`${edition} has not begun: there is nothing to pull yet.`);
  return {
    edition,
    from,
    until,
    locales: event.locales ?? null,
    scheduled: false,
    name: `${edition}-${from}-${until}-${stamp(now)}`,
  };
}

/** An instant as names of executions may spell it. */
function stamp(moment: Date): string {
  return moment.toISOString().replace(/[-:]|\.\d+/g, '');
}
