import type { HttpLimits } from './http-limits.ts';

/** Statuses after which the same request may succeed a little later. */
const PASSING = new Set([408, 425, 429]);

export function isPassing(status: number): boolean {
  return PASSING.has(status) || status >= 500;
}

/**
 * How long an answer asks to be left alone, in milliseconds; undefined where it does not say. `Retry-After`
 * holds seconds or a date; `RateLimit` holds, per policy, `r`, calls left, and `t`, seconds until there are more.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @see https://huggingface.co/docs/hub/rate-limits
 */
export function askedWait(header: (name: string) => string | undefined, now: number): number | undefined {
  const after = header('retry-after')?.trim();
  if (after !== undefined && /^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const date = Date.parse(after ?? '');
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const waits = (header('ratelimit') ?? '')
    .split(',')
    .filter((policy) => /;\s*r=0\b/.test(policy))
    .map((policy) => Number(/;\s*t=(\d{1,9})\b/.exec(policy)?.[1] ?? Number.NaN) * 1000)
    .filter((wait) => !Number.isNaN(wait));
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/**
 * The wait after a failed attempt where the answer asks for none: doubled each time, and scattered between half
 * and whole, so that clients which failed together do not return together.
 *
 * @param attempt counted from one
 * @param random from 0 to 1
 */
export function backOff(attempt: number, random: number, { backOffMs }: HttpLimits): number {
  return backOffMs * 2 ** (attempt - 1) * (0.5 + random / 2);
}
