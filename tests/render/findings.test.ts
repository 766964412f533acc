import { describe, expect, it } from 'vitest';
import type { Figures, Table } from '../../functions/compute/figures.ts';
import { openNumbers } from '../../functions/render/numbers.ts';
import { render } from '../../functions/render/render.ts';
import { figures, section, templates, textOf } from './fixture.ts';

type Row = Table['rows'][number];

/** The figures with the rows of one table or series changed. */
function withRows(name: string, change: (rows: readonly Row[]) => Row[]): Figures {
  const all = figures();
  const kind = Object.hasOwn(all.tables, name) ? 'tables' : 'series';
  const table = all[kind][name];
  if (!table) throw new Error(`the fixture has no ${name}`);
  return { ...all, [kind]: { ...all[kind], [name]: { ...table, rows: change(table.rows) } } };
}

const said = async (of: Figures, id: string) =>
  textOf(section((await render(of, templates, 'en', [])).report, id));

describe('the title on how sure the lead in downloads is', () => {
  it('says that it holds only where every choice has the same leader', async () => {
    expect(await said(figures(), 'sensitivity')).toContain(
      'China leads in downloads under each other choice',
    );
    const oneOtherwise = withRows('sensitivity', (rows) =>
      rows.map((row) => (row.alternative === 'without-largest' ? { ...row, leader: 'close' } : row)),
    );
    expect(await said(oneOtherwise, 'sensitivity')).toContain('China’s lead in downloads depends on');
  });
});

describe('the panel of downloads', () => {
  it('is titled by the shares it draws, and the panel of the last two looks stands apart', async () => {
    const text = await said(figures(), 'downloads');
    expect(text).toMatch(/Among models seen at every look, China drew [\d.]+%, now [\d.]+%/);
    expect(text).toContain('panel of the last two looks alone');
  });

  it('is not drawn of a single look', async () => {
    const days = withRows('downloads-observations', (rows) => rows.filter(({ day }) => day === rows[0]?.day));
    expect(await said(days, 'downloads')).not.toContain('seen at every look');
  });
});

describe('a range in a table', () => {
  it('of a share names per cent once, as every other range does', async () => {
    expect(await said(figures(), 'usage')).not.toMatch(/\d%–\d/);
  });
});

describe('a date of which only the month is known', () => {
  it('is written without a day', () => {
    expect(openNumbers('en').date('2025-12')).toBe('December 2025');
    expect(openNumbers('en').date('2025-12-04')).toBe('December 4, 2025');
  });
});
