import { z } from 'zod';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';
import type { Figures } from './figures.ts';

const day = z.iso.date();
const window = z.strictObject({ from: day, to: day });

const quantity = z.union([z.number(), z.string().regex(/^\d+$/)]);

const figureStatus = z.enum(['measured', 'partial', 'withheld', 'missing']);

const unit = z.enum(['share', 'downloads', 'tokens', 'models', 'points', 'months']);

const figureOrigin = z.strictObject({
  source: z.string(),
  snapshot: z.string(),
  sha256: sha256Schema,
  asOf: z.string(),
  retrievedAt: z.string(),
  transcribed: z.boolean(),
});

const previous = z.strictObject({
  value: quantity.nullable(),
  low: quantity.nullable(),
  high: quantity.nullable(),
  window: window.nullable(),
  comparable: z.boolean(),
  reason: z.string().nullable(),
});

const figureSchema = z.strictObject({
  value: quantity.nullable(),
  low: quantity.nullable(),
  high: quantity.nullable(),
  unit,
  subject: z.string().nullable(),
  window: window.nullable(),
  asOf: z.string().nullable(),
  retrievedAt: z.string().nullable(),
  classifiedAt: day.nullable(),
  universe: z.string(),
  coverage: z.number().min(0).max(1).nullable(),
  status: figureStatus,
  reason: z.string().nullable(),
  method: z.string(),
  previous: previous.nullable(),
  direction: z.enum(['up', 'down', 'not established', 'not comparable']),
  origins: z.array(figureOrigin),
});

const column = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  type: z.enum(['text', 'number', 'count', 'share', 'day', 'boolean']),
  description: z.string(),
});

const tableSchema = z.strictObject({
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

const checkSchema = z.strictObject({
  id: z.string(),
  sentence: z.string(),
  outcome: z.enum(['passed', 'warning', 'hold', 'refuse']),
  detail: z.string(),
});

/** Figures as they were published with `schemaVersion` 1, frozen: what is public is never written anew. */
export const figuresV1Schema = z.strictObject({
  schemaVersion: z.literal(1),
  edition: z.string().regex(/^\d{4}-\d{2}$/),
  kind: z.enum(['live', 'recorded', 'synthetic']),
  registry: z.strictObject({
    organisations: sha256Schema,
    openness: sha256Schema,
    trackedModels: sha256Schema.optional(),
    classifiedAt: day,
  }),
  sources: z.array(
    z.strictObject({
      source: z.string(),
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
  absent: z.array(z.strictObject({ source: z.string(), reason: z.string() })),
  methods: z.array(
    z.strictObject({ id: z.string(), version: z.int(), unit: z.string(), sentence: z.string() }),
  ),
  figures: z.record(z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/), figureSchema),
  tables: z.record(z.string(), tableSchema),
  series: z.record(z.string(), tableSchema),
  checks: z.array(checkSchema),
});
export type FiguresV1 = z.infer<typeof figuresV1Schema>;

export const figuresV1Artefact = jsonArtefact<FiguresV1>('figures of version 1', figuresV1Schema);

/** The same figures in today’s shape. In version 1 every snapshot served the edition, none a comparison. */
export function fromV1({ sources, ...figures }: FiguresV1): Figures {
  return {
    ...figures,
    schemaVersion: 2,
    sources: sources.map(({ source, ...rest }) => ({ source, serves: 'edition', ...rest })),
  };
}
