import { z } from 'zod';
import { jsonArtefact } from '../archive/artefact.ts';
import { type Edition, monthEnd, parseEdition } from '../edition.ts';
import type { Figures, Table } from './figures.ts';
import type { TidyTable } from './tidy-figures.ts';

const fieldSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['string', 'number', 'integer', 'date', 'boolean']),
  description: z.string(),
  unit: z.string().optional(),
  constraints: z.strictObject({ minimum: z.number(), maximum: z.number().optional() }).optional(),
});

const resourceSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9.-]+$/),
  path: z.string(),
  title: z.string(),
  description: z.string().optional(),
  type: z.literal('table'),
  format: z.literal('csv'),
  mediatype: z.literal('text/csv'),
  encoding: z.literal('utf-8'),
  bytes: z.int().nonnegative(),
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  dialect: z.strictObject({ lineTerminator: z.literal('\r\n'), doubleQuote: z.literal(true) }),
  schema: z.strictObject({
    fields: z.array(fieldSchema).min(1),
    missingValues: z.tuple([z.literal('')]),
    primaryKey: z.array(z.string()).optional(),
    foreignKeys: z
      .array(
        z.strictObject({
          fields: z.array(z.string()),
          reference: z.strictObject({ resource: z.string(), fields: z.array(z.string()) }),
        }),
      )
      .optional(),
  }),
});

/** The parts of a Data Package that we write. */
const dataPackageSchema = z.strictObject({
  $schema: z.literal('https://datapackage.org/profiles/2.0/datapackage.json'),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  created: z.iso.datetime(),
  keywords: z.array(z.string()).min(1),
  licenses: z.array(z.strictObject({ name: z.string(), path: z.url(), title: z.string() })).min(1),
  sources: z.array(
    z.strictObject({
      title: z.string(),
      path: z.url(),
      version: z.string(),
      /** Not of the standard: the source’s own licence, where it says one. */
      licence: z.string().nullable(),
    }),
  ),
  resources: z.array(resourceSchema).min(1),
});
export type DataPackage = z.infer<typeof dataPackageSchema>;

export const dataPackageArtefact = jsonArtefact<DataPackage>('data package', dataPackageSchema);

/** A table of the edition as it was written, its path beside `datapackage.json`. */
export interface PackagedTable {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly table: TidyTable & { readonly universe?: string };
  readonly primaryKey?: readonly string[];
  /** A column that names figures, by their id. */
  readonly figureColumn?: string;
}

/**
 * The edition’s tables as a Data Package: what lies in which file, in which columns, of which type, with its checksum.
 * Its date is that of the youngest body read, never the clock. The JSON files beside it are no resources of it: the
 * standard’s reference reader takes them for descriptors of its own.
 *
 * @see https://datapackage.org/standard/data-package/ version 2.0
 */
export function dataPackage(
  { edition, sources }: Pick<Figures, 'edition' | 'sources'>,
  tables: readonly PackagedTable[],
): DataPackage {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'open-model-balance',
    title: `Open Model Balance, ${edition}`,
    description:
      'The China–US balance in open AI models, one calendar month (UTC). figures.json beside it holds the same as one document, figures.schema.json is its JSON Schema. In the CSV files a text that a spreadsheet would run as a formula has an apostrophe before it.',
    version: edition,
    created: createdAt(sources, parseEdition(edition)),
    keywords: ['open-weight models', 'artificial intelligence', 'China', 'United States'],
    licenses: [
      {
        name: 'CC-BY-4.0',
        path: 'https://creativecommons.org/licenses/by/4.0/',
        title: 'Creative Commons Attribution 4.0 International',
      },
    ],
    sources: sources
      .map(({ producer, title, url, asOf, licence }) => ({
        title: `${producer}: ${title}`,
        path: url,
        version: asOf,
        licence,
      }))
      .filter((one, index, all) => all.findIndex((other) => same(one, other)) === index),
    resources: tables.map(tableResource),
  };
}

function tableResource({
  id,
  path,
  bytes,
  sha256,
  table,
  primaryKey,
  figureColumn,
}: PackagedTable): DataPackage['resources'][number] {
  return {
    name: id,
    path,
    title: table.title,
    ...(table.universe ? { description: table.universe } : {}),
    type: 'table',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes,
    hash: `sha256:${sha256}`,
    dialect: { lineTerminator: '\r\n', doubleQuote: true },
    schema: {
      fields: table.columns.map(field),
      missingValues: [''],
      ...(primaryKey ? { primaryKey: [...primaryKey] } : {}),
      ...(figureColumn
        ? {
            foreignKeys: [{ fields: [figureColumn], reference: { resource: 'figures', fields: ['id'] } }],
          }
        : {}),
    },
  };
}

type Field = z.infer<typeof fieldSchema>;

/** How the types of our tables are called in Table Schema, and what must be known to read them. */
const TYPES: Readonly<Record<Table['columns'][number]['type'], Omit<Field, 'name' | 'description'>>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  share: { type: 'number', unit: 'fraction of one', constraints: { minimum: 0, maximum: 1 } },
  count: { type: 'integer', unit: 'count', constraints: { minimum: 0 } },
  day: { type: 'date' },
  boolean: { type: 'boolean' },
};

function field({ name, type, description }: Table['columns'][number]): Field {
  const exact =
    type === 'count'
      ? `${description}. May exceed 2^53: read it as a whole number of any length.`
      : description;
  return { name, ...TYPES[type], description: exact };
}

function same(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function createdAt(sources: Figures['sources'], edition: Edition): string {
  const read = sources.map(({ retrievedAt }) => Date.parse(retrievedAt)).filter(Number.isFinite);
  return new Date(read.length > 0 ? Math.max(...read) : monthEnd(edition).getTime()).toISOString();
}
