import { textArtefact } from '../archive/artefact.ts';
import type { Table } from './figures.ts';

/** What a spreadsheet would run as a formula if a cell began with it. */
const FORMULA = /^[=+\-@\t\r]/;

export const csvArtefact = textArtefact('table', /^[a-z][a-zA-Z0-9]*(,|\r\n)/);

/**
 * A table as RFC 4180 text. A text that a spreadsheet would take for a formula gets an apostrophe before it.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const lines = rows.map((row) =>
    columns.map(({ name, type }) => cell(row[name] ?? null, type === 'text')).join(','),
  );
  return [columns.map(({ name }) => name).join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function cell(value: string | number | boolean | null, text: boolean): string {
  if (value === null) return '';
  const plain = String(value);
  const safe = text && FORMULA.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
