import { z } from 'zod';
import { readJson } from './json.ts';

const figureId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/, 'A figure’s id is dotted, as in DATA.md');
const labelKey = z.string().regex(/^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+)+$/, 'A label’s key is dotted');

const publicationSchema = z.strictObject({
  name: z.string().min(1),
  publisher: z.string().min(1),
  contact: z.string().min(1),
  /** The publisher's postal address by line, as laws on mail to many ask for; mails have none where it is not given. */
  postalAddress: z.array(z.string().min(1)).min(1).max(6).optional(),
  licence: z.strictObject({ name: z.string(), url: z.url() }),
  baseUrl: z.url({ protocol: /^https$/ }).refine((url) => !url.endsWith('/'), 'Without a slash at the end'),
  /** The languages every edition is made in, in the order in which they are offered. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).min(1),
  keywords: z.array(z.string()),
});
export type Publication = z.infer<typeof publicationSchema>;

/** Which sections stand in the report, and in which order. */
const orderSchema = z.strictObject({
  sections: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z-]+$/),
        numbered: z.boolean(),
        /** Goes on where the section before it ends, instead of on a page of its own. */
        follows: z.boolean().optional(),
      }),
    )
    .min(1),
});
export type Order = z.infer<typeof orderSchema>;

const sides = z.strictObject({ china: figureId, unitedStates: figureId });

/** The axes of the balance: which two figures are compared, and which are drawn. */
const axesSchema = z.strictObject({
  axes: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z-]+$/),
      compares: sides,
      /** The two figures drawn as bars, where they are others than those compared. */
      draws: sides.optional(),
      /** What a bar of full length stands for at least, in the drawn figures' unit. */
      full: z.number().positive(),
    }),
  ),
});
export type Axes = z.infer<typeof axesSchema>;

const labsSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      country: z.string(),
      labs: z.array(z.strictObject({ maker: z.string(), brand: z.string(), note: labelKey.optional() })),
    }),
  ),
});
export type Labs = z.infer<typeof labsSchema>;

/** When a statement still holds: an order, a level within bounds, or who is largest. */
const testSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('order'), first: figureId, second: figureId }),
  z.strictObject({ kind: z.literal('level'), figure: figureId, from: z.number(), to: z.number() }),
  z.strictObject({
    kind: z.literal('largest'),
    table: z.string(),
    column: z.string(),
    makers: z.array(z.string()).min(1),
  }),
]);

const claimsSchema = z.strictObject({
  claims: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      source: z.string(),
      published: z.string(),
      /** `read` in the source's own text, or `secondary`: as quoted by others. */
      confidence: z.enum(['read', 'secondary']),
      measuredBy: z.array(figureId),
      /** Only where window and scope allow a verdict; the default is that they do not. */
      comparable: z.boolean(),
      test: testSchema,
    }),
  ),
});
export type Claims = z.infer<typeof claimsSchema>;
export type Claim = Claims['claims'][number];

const eventsSchema = z.strictObject({
  events: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      date: z.iso.date(),
      /** Whose step it was, as a code of a country; `other` where it was nobody's. */
      side: z.enum(['china', 'united-states', 'other']),
      source: z.string(),
      /** `read` in the source's own text, or `secondary`: as told by others. */
      confidence: z.enum(['read', 'secondary']),
    }),
  ),
});
export type Events = z.infer<typeof eventsSchema>;

type Files = ReadonlyMap<string, string>;

/** The editor's settings, each from its file. Every reader throws TemplateError naming the file. */
export const settings = {
  publication: (files: Files) => readJson(files, 'publication.json', publicationSchema),
  order: (files: Files) => readJson(files, 'report/order.json', orderSchema),
  axes: (files: Files) => readJson(files, 'report/axes.json', axesSchema),
  labs: (files: Files) => readJson(files, 'labs.json', labsSchema),
  claims: (files: Files) => readJson(files, 'claims.json', claimsSchema),
  events: (files: Files) => readJson(files, 'events.json', eventsSchema),
} as const;
