import { BadRequest } from './errors.ts';

declare const brand: unique symbol;
/** A UTC calendar month as `YYYY-MM`: the month an edition describes. */
export type Edition = string & { readonly [brand]: 'Edition' };
/** A UTC calendar day as `YYYY-MM-DD`. */
export type Day = string;
/** First and last day a figure counts, both inclusive, UTC. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

/** The first month any source has figures for: OpenRouter's daily dataset begins 2025-01-01. */
export const FIRST_EDITION = '2025-01' as Edition;

/**
 * Reads an edition from what a person or an event said.
 *
 * @param text a month as `YYYY-MM`
 * @throws BadRequest if it is no month, or earlier than any source's figures
 */
export function parseEdition(text: string): Edition {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) {
    throw new BadRequest(
      `"${text.slice(0, 40)}" is not an edition. Write the month as YYYY-MM, for example 2026-07.`,
    );
  }
  if (text < FIRST_EDITION) {
    throw new BadRequest(`There are no figures for ${text}: the first possible edition is ${FIRST_EDITION}.`);
  }
  return text as Edition;
}

/**
 * Refuses a month that is not over: its figures would be of a part of it.
 *
 * @param now the time of the run
 * @throws BadRequest if the month ends after `now`
 */
export function assertOver(edition: Edition, now: Date): void {
  if (monthEnd(edition).getTime() > now.getTime()) {
    throw new BadRequest(
      `${edition} is not over (it is ${now.toISOString().slice(0, 10)}, UTC). The latest possible edition is ${monthBefore(editionOf(now))}.`,
    );
  }
}

/** The month a moment lies in, UTC. */
export function editionOf(moment: Date): Edition {
  return moment.toISOString().slice(0, 7) as Edition;
}

/** The first moment after the month, UTC. */
export function monthEnd(edition: Edition): Date {
  const [year, month] = parts(edition);
  return new Date(Date.UTC(year, month, 1));
}

/** The month's first and last day. */
export function monthWindow(edition: Edition): Window {
  const last = new Date(monthEnd(edition).getTime() - 86_400_000);
  return { from: `${edition}-01`, to: last.toISOString().slice(0, 10) };
}

/** The month that yesterday lies in, UTC: on the first of a month, when no day of it is over, the month before. */
export function runningMonth(now: Date): Edition {
  return editionOf(new Date(now.getTime() - 86_400_000));
}

export function monthBefore(edition: Edition): Edition {
  const [year, month] = parts(edition);
  return editionOf(new Date(Date.UTC(year, month - 2, 1)));
}

/** The days of a window, in order. */
export function daysOf(window: Window): Day[] {
  const days: Day[] = [];
  for (let day = Date.parse(window.from); day <= Date.parse(window.to); day += 86_400_000) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}

function parts(edition: Edition): [year: number, month: number] {
  return [Number(edition.slice(0, 4)), Number(edition.slice(5, 7))];
}
