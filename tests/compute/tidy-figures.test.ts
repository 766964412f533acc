import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../functions/compute/csv.ts';
import { missing } from '../../functions/compute/figure.ts';
import { type Figure, type Figures, figuresArtefact } from '../../functions/compute/figures.ts';
import { bodiesTable, figuresTable, originsTable } from '../../functions/compute/tidy-figures.ts';

const fixture = figuresArtefact.parse(
  readFileSync(new URL('../fixtures/figures.json', import.meta.url)),
  'fixture',
);
/** The same with one figure that could not be measured. */
const gappy: Figures = {
  ...fixture,
  figures: {
    ...fixture.figures,
    'usage.open-share': missing('share', 'usage@1', 'All tokens.', 'No snapshot covers a day.'),
  },
};
const rowsOf = (table: Parameters<typeof toCsv>[0]) =>
  parse<Record<string, string>>(toCsv(table), { columns: true, record_delimiter: '\r\n' });

function changed(changes: Partial<Figure>): Pick<Figures, 'figures'> {
  const [figure] = Object.values(fixture.figures);
  if (!figure) throw new Error('the fixture has no figure');
  return { figures: { 'usage.tokens.total': { ...figure, ...changes } } };
}

describe('figures as a table', () => {
  it('have one row each, in the order of their ids, also where nothing was measured', () => {
    const rows = rowsOf(figuresTable(gappy));
    expect(rows.map(({ id }) => id)).toEqual(Object.keys(fixture.figures).sort());
    const missing = rows.filter(({ status }) => status === 'missing');
    expect(missing.length).toBeGreaterThan(0);
    for (const { value, reason } of missing) {
      expect(value).toBe('');
      expect(reason).not.toBe('');
    }
  });

  it('keep every digit of a count past 2^53', () => {
    const count = '9007199254740993';
    const [row] = rowsOf(figuresTable(changed({ unit: 'tokens', value: count, low: count, high: count })));
    expect(row).toMatchObject({ value: count, low: count, high: count, unit: 'tokens' });
  });

  it('carry the month before beside the month, with whether the two may be compared', () => {
    const previous = {
      value: 0.25,
      low: 0.2,
      high: 0.3,
      window: { from: '2026-06-01', to: '2026-06-30' },
      comparable: false,
      reason: 'Another universe.',
    };
    const [row] = rowsOf(figuresTable(changed({ previous })));
    expect(row).toMatchObject({
      previousValue: '0.25',
      previousWindowTo: '2026-06-30',
      previousComparable: 'false',
      previousReason: 'Another universe.',
    });
    const [alone] = rowsOf(figuresTable(changed({ previous: null })));
    expect(alone).toMatchObject({ previousValue: '', previousComparable: '' });
  });

  it('cannot make a spreadsheet run what a source has written', () => {
    const [row] = rowsOf(figuresTable(changed({ subject: '=HYPERLINK("https://evil.example")' })));
    expect(row?.subject).toBe('\'=HYPERLINK("https://evil.example")');
  });
});

describe('origins as a table', () => {
  it('lead every figure down to the checksums of the raw bodies it comes from', () => {
    const rows = rowsOf(originsTable(fixture));
    const bodies = rowsOf(bodiesTable(fixture));
    expect(rows.length).toBe(Object.values(fixture.figures).flatMap(({ origins }) => origins).length);
    expect(bodies.length).toBe(fixture.sources.flatMap((source) => source.bodies).length);
    for (const { figure = '', sealSha256 } of rows) {
      expect(fixture.figures[figure]?.origins).toContainEqual(
        expect.objectContaining({ sha256: sealSha256 }),
      );
      const own = bodies.filter((body) => body.sealSha256 === sealSha256);
      const source = fixture.sources.find(({ sha256 }) => sha256 === sealSha256);
      expect(own.map(({ bodySha256 }) => bodySha256)).toEqual(source?.bodies.map(({ sha256 }) => sha256));
      expect(own.length).toBeGreaterThan(0);
    }
  });

  it('have none for a figure that was not measured', () => {
    expect(rowsOf(originsTable(fixture)).map(({ figure }) => figure)).toContain('usage.open-share');
    expect(rowsOf(originsTable(gappy)).map(({ figure }) => figure)).not.toContain('usage.open-share');
  });
});
