import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../functions/compute/csv.ts';
import { columns, table } from '../../functions/compute/table.ts';

const basis = {
  method: 'x@1',
  window: null,
  asOf: null,
  retrievedAt: null,
  classifiedAt: null,
  universe: 'x',
  origins: [],
};
const made = (cells: (string | number | null)[]) =>
  toCsv(
    table(
      basis,
      'x',
      columns({ name: ['text', 'x'], amount: ['number', 'x'] }),
      cells.map((name) => ({ name, amount: -1 })),
    ),
  );

describe('a table as CSV', () => {
  it('is read back as it was, with quotes, commas and line breaks', () => {
    const names = ['plain', 'a,b', 'a "b"', 'line\nbreak', 'trailing ', ''];
    const rows = parse(made(names), { columns: true, record_delimiter: '\r\n' }) as { name: string }[];
    expect(rows.map(({ name }) => name)).toEqual(names);
  });

  it('cannot run as a formula in a spreadsheet; numbers stay numbers', () => {
    const text = made(['=cmd()', '+1', '-1', '@sum', '\tx', 'fine']);
    const rows = parse(text, { columns: true, record_delimiter: '\r\n' }) as {
      name: string;
      amount: string;
    }[];
    expect(rows.map(({ name }) => name)).toEqual(["'=cmd()", "'+1", "'-1", "'@sum", "'\tx", 'fine']);
    expect(rows[0]?.amount).toBe('-1');
  });

  it('ends every line with CRLF and leaves empty what is not known', () => {
    expect(made([null])).toBe('name,amount\r\n,-1\r\n');
  });
});
