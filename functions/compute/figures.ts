import { z } from 'zod';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';

const day = z.iso.date();
const window = z.strictObject({ from: day, to: day }).describe('First and last day counted, inclusive, UTC');

/** A share as a fraction of one, an index or a number of months; counts are decimal strings, since they pass 2^53. */
const quantity = z.union([z.number(), z.string().regex(/^\d+$/)]);

export const figureStatus = z.enum(['measured', 'partial', 'withheld', 'missing']);

/** `index`: a Herfindahl index from 0 to 1. `dollars`: US dollars per million tokens. */
export const unit = z.enum([
  'share',
  'downloads',
  'tokens',
  'models',
  'points',
  'months',
  'index',
  'dollars',
]);
export type Unit = z.infer<typeof unit>;

/** Which snapshot a number was computed from. */
export const figureOrigin = z.strictObject({
  source: z.string(),
  snapshot: z.string().describe('Key of the seal in the archive'),
  sha256: sha256Schema.describe('SHA-256 of the seal, which lists the SHA-256 of every raw body'),
  asOf: z.string(),
  retrievedAt: z.string(),
  transcribed: z.boolean().describe('True if a body was typed or re-shaped from a copy'),
});
export type FigureOrigin = z.infer<typeof figureOrigin>;

/** The same figure a month earlier, by the same method and registry. */
const previous = z.strictObject({
  value: quantity.nullable(),
  low: quantity.nullable(),
  high: quantity.nullable(),
  window: window.nullable(),
  comparable: z.boolean(),
  reason: z.string().nullable().describe('Why not comparable'),
});

export const figureSchema = z.strictObject({
  value: quantity.nullable(),
  low: quantity.nullable().describe('All unknown put on the other side'),
  high: quantity.nullable().describe('All unknown put on this side'),
  unit,
  subject: z.string().nullable().describe('What it is a figure of, where that is not in the id: a model'),
  window: window.nullable(),
  asOf: z.string().nullable().describe("The data's own date"),
  retrievedAt: z.string().nullable(),
  classifiedAt: day
    .nullable()
    .describe('The date as of which makers, countries and openness were classified'),
  universe: z.string().describe('What could have been counted'),
  coverage: z.number().min(0).max(1).nullable().describe('The classified part of the universe'),
  status: figureStatus,
  reason: z.string().nullable().describe('Why it is not plainly measured'),
  method: z.string().describe('Indicator and its version'),
  previous: previous.nullable(),
  direction: z
    .enum(['up', 'down', 'not established', 'not comparable'])
    .describe('Stated only if it holds at both bounds'),
  origins: z.array(figureOrigin),
});
export type Figure = z.infer<typeof figureSchema>;
export type Quantity = z.infer<typeof quantity>;

const column = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  type: z
    .enum(['text', 'number', 'count', 'share', 'day', 'boolean'])
    .describe('count: a decimal string; share: a fraction of one'),
  description: z.string(),
});

/** A tidy table: one observation a row. */
export const tableSchema = z.strictObject({
  title: z.string(),
  columns: z.array(column).min(1),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  window: window.nullable(),
  asOf: z.string().nullable(),
  universe: z.string(),
  status: figureStatus,
  reason: z.string().nullable(),
  method: z.string(),
  origins: z.array(figureOrigin),
});
export type Table = z.infer<typeof tableSchema>;

/** One named sanity check: what it guards against, and what it found. */
export const checkSchema = z.strictObject({
  id: z.string(),
  sentence: z.string().describe('What would silently go wrong without it'),
  outcome: z.enum(['passed', 'warning', 'hold', 'refuse']),
  detail: z.string(),
});
export type Check = z.infer<typeof checkSchema>;

export const figuresSchema = z.strictObject({
  schemaVersion: z.literal(2),
  edition: z.string().regex(/^\d{4}-\d{2}$/),
  kind: z
    .enum(['live', 'recorded', 'synthetic'])
    .describe('recorded: from transcribed bodies; synthetic: generated, not about the world'),
  registry: z.strictObject({
    organisations: sha256Schema,
    openness: sha256Schema,
    trackedModels: sha256Schema.optional(),
    classifiedAt: day,
  }),
  sources: z.array(
    z.strictObject({
      source: z.string(),
      serves: z
        .enum(['edition', 'comparison'])
        .describe('comparison: an earlier or a further observation that the edition’s own is held against'),
      producer: z.string(),
      title: z.string(),
      url: z.url(),
      licence: z.string().nullable(),
      citation: z.string(),
      asOf: z.string(),
      retrievedAt: z.string(),
      window,
      universe: z.string(),
      remarks: z.array(z.string()),
      snapshot: z.string(),
      sha256: sha256Schema,
      bodies: z.array(
        z.strictObject({
          sha256: sha256Schema,
          bytes: z.int(),
          url: z.string(),
          transcribed: z.string().nullable(),
        }),
      ),
    }),
  ),
  absent: z
    .array(z.strictObject({ source: z.string(), reason: z.string() }))
    .describe('Sources without a usable snapshot'),
  methods: z.array(
    z.strictObject({ id: z.string(), version: z.int(), unit: z.string(), sentence: z.string() }),
  ),
  figures: z.record(z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/), figureSchema),
  tables: z.record(z.string(), tableSchema),
  series: z.record(z.string(), tableSchema),
  checks: z.array(checkSchema),
});
export type Figures = z.infer<typeof figuresSchema>;

/** The product of compute: every number of an edition. */
export const figuresArtefact = jsonArtefact<Figures>('figures', figuresSchema);
