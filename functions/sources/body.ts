import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { SourceChanged } from '../errors.ts';
import type { RawBody } from './source.ts';

/** Longest excerpt of a foreign value in a message. */
const EXCERPT = 60;

/** A foreign value for a message: shortened, with control, format and private-use characters written out. */
export function quoted(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const short = text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text;
  return JSON.stringify(short).replace(
    /[\p{C}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** Where in a body something is not as documented. */
export interface Place {
  /** Counted from one, the header of a CSV not included. */
  readonly row?: number;
  readonly field?: string;
}

/** The error for a body that is not as documented; names the body, the row and the field. */
export function changed(body: RawBody, complaint: string, { row, field }: Place = {}): SourceChanged {
  const where = [row === undefined ? '' : `, row ${row}`, field === undefined ? '' : `, field ${field}`];
  return new SourceChanged(
    `The ${body.part} body at ${body.url}${where.join('')} is not as documented: ${complaint}. Nothing of it was used; compare the body with the documentation and adapt the source's file.`,
    { url: body.url, part: body.part, row: row ?? null, field: field ?? null },
  );
}

/** @throws SourceChanged if the body is not UTF-8 */
function textOf(body: RawBody): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body.body);
  } catch {
    throw changed(body, `its ${body.body.length} bytes are not UTF-8 text`);
  }
}

/**
 * Reads a JSON body by a schema.
 *
 * @throws SourceChanged naming the first row and field that is not of the schema
 */
export function readJson<T>(body: RawBody, schema: z.ZodType<T>): T {
  const text = textOf(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw changed(body, `it is not JSON, or cut short; it begins ${quoted(text.slice(0, EXCERPT))}`);
  }
  return readValue(body, schema, value);
}

/**
 * Reads one value by a schema.
 *
 * @param at added in front of the place the schema complains of
 * @throws SourceChanged naming the place
 */
export function readValue<T>(body: RawBody, schema: z.ZodType<T>, value: unknown, at: Place = {}): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path ?? [];
  const index = path.findIndex((step) => typeof step === 'number');
  const row = at.row ?? (index < 0 ? undefined : Number(path[index]) + 1);
  const field = path.slice(index + 1).join('.') || at.field;
  throw changed(body, `${issue?.message ?? 'unreadable'}, found ${quoted(reach(value, path))}`, {
    ...(row === undefined ? {} : { row }),
    ...(field === undefined ? {} : { field }),
  });
}

/** The value at a path, own properties only. */
function reach(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? Reflect.get(inner, step)
        : undefined,
    value,
  );
}

/** A CSV body as rows under its header; cells are found by column number, never by a foreign name. */
export interface Csv {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** @throws SourceChanged if the body is not CSV, or rows differ from the header in length */
export function readCsv(body: RawBody): Csv {
  const text = textOf(body);
  let table: string[][];
  try {
    table = z.array(z.array(z.string())).parse(parse(text, { bom: true, skip_empty_lines: true }));
  } catch (cause) {
    throw changed(
      body,
      `it is not CSV (${quoted(cause instanceof Error ? cause.message : cause)}); it begins ${quoted(text.slice(0, EXCERPT))}`,
    );
  }
  const [header = [], ...rows] = table;
  return { header: header.map((name) => name.trim()), rows };
}

/**
 * The number of the column whose header matches.
 *
 * @throws SourceChanged if there is none, or more than one
 */
export function column(body: RawBody, { header }: Csv, name: string, pattern: RegExp): number {
  const found = header.flatMap((title, index) => (pattern.test(title) ? [index] : []));
  if (found.length === 1 && found[0] !== undefined) return found[0];
  throw changed(
    body,
    `${found.length === 0 ? 'no' : 'more than one'} column is the ${name} (${pattern}) in the header ${quoted(header.join(','))}`,
    { field: name },
  );
}
