import { z } from 'zod';

/** Where a number comes from, as a reader would cite it. */
export const originSchema = z.strictObject({
  /** Who measures. */
  producer: z.string().min(1),
  /** What the data set is called. */
  title: z.string().min(1),
  /** A page a person can open. */
  url: z.url(),
  /** An SPDX id or a sentence on the terms; null where none is stated. */
  licence: z.string().min(1).nullable(),
  /** How its producer asks to be cited; `{as_of}` stands for the data's own date. */
  citation: z.string().min(1),
});

export type Origin = z.infer<typeof originSchema>;
