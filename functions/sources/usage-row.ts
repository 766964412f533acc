import { changed, quoted, readValue } from './body.ts';
import { field } from './field.ts';
import type { RawBody } from './source.ts';

/** One row of a body: tokens of a model variant, or of the aggregated `other`, on one day. */
export interface UsageRow {
  readonly day: string;
  readonly slug: string;
  readonly tokens: bigint;
}

/** The rows of one body, with the instant its producer states for them. */
export interface UsageRows {
  readonly body: RawBody;
  readonly asOf: string;
  readonly rows: readonly UsageRow[];
}

/** Validates one row of any of the shapes. @throws SourceChanged naming row and field */
export function usageRow(
  body: RawBody,
  row: number,
  date: unknown,
  slug: unknown,
  tokens: unknown,
): UsageRow {
  return {
    day: readValue(body, field.day, date, { row, field: 'date' }),
    slug: slug === 'other' ? slug : readValue(body, field.slug, slug, { row, field: 'model_permaslug' }),
    tokens: readValue(body, field.count, tokens, { row, field: 'total_tokens' }),
  };
}

/** The producer's "as of" as it stands, once it is known to be a time. */
export function asOfInstant(body: RawBody, text: string): string {
  if (text.length > 40 || Number.isNaN(Date.parse(text)))
    throw changed(body, `expected an instant, found ${quoted(text)}`, {
      field: 'as_of',
    });
  return text;
}
