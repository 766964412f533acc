import { z } from 'zod';

/** Longest text taken from outside: the longest real model name is under 150 characters. */
const MAX_TEXT = 500;
/** The largest signed 64-bit integer: what the producers' own counters are held in. */
const MAX_COUNT = 2n ** 63n - 1n;
/** Controls, line and paragraph separators, lone surrogates, and the characters that turn the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const PART = '[\\w.-]{1,200}';

/** What foreign bodies are made of. Markup, braces and names such as `__proto__` are data and pass through. */
export const field = {
  /** A non-negative integer up to 2^63-1, as a number that holds it exactly or as a decimal string. */
  count: z
    .union([z.number(), z.string().max(40)], 'expected a count')
    .refine(
      (value) => (typeof value === 'number' ? Number.isSafeInteger(value) : /^\d+$/.test(value)),
      'expected a whole number, not negative, exactly written',
    )
    .refine((value) => {
      const count = typeof value === 'number' ? value : BigInt(/^\d+$/.test(value) ? value : -1);
      return count >= 0 && count <= MAX_COUNT;
    }, 'expected a count from 0 to 2^63-1')
    .transform((value) => BigInt(value)),
  /** `owner/name` as the Hub writes it. */
  hubId: z.string().regex(new RegExp(`^${PART}/${PART}$`), 'expected owner/name'),
  /** A permaslug: `vendor/model`, `~vendor/alias`, each perhaps with `:variant`. */
  slug: z
    .string()
    .regex(
      new RegExp(`^~?${PART}/${PART}(:[\\w.-]{1,50})?$`),
      'expected vendor/model or vendor/model:variant',
    ),
  /** Text meant for people. */
  name: z
    .string()
    .min(1, 'expected a name')
    .max(MAX_TEXT, `expected at most ${MAX_TEXT} characters`)
    .refine((text) => !UNPRINTABLE.test(text), 'contains control or text-direction characters'),
  day: z.iso.date('expected a day as YYYY-MM-DD'),
  /** US dollars as a decimal string; a catalogue writes -1 where the price depends on the request. */
  price: z.string().regex(/^-?\d{1,20}(\.\d{1,40})?$/, 'expected a price as a decimal string'),
} as const;

/** Splits a permaslug from its variant. */
export function splitVariant(slug: string): { slug: string; variant: string | null } {
  const colon = slug.indexOf(':');
  return colon < 0 ? { slug, variant: null } : { slug: slug.slice(0, colon), variant: slug.slice(colon + 1) };
}
