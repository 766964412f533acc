import type { Figure, Figures, Table } from '../compute/figures.ts';
import type { Datum } from './chart-spec.ts';
import { drawable } from './drawable.ts';
import { printable, Text } from './html.ts';
import type { Theme } from './theme.ts';
import type { Words } from './words.ts';

/** A table's row as a template sees it: text is escaped wherever it is written. */
export type Row = Readonly<Record<string, Text | string | number | boolean | null>>;

/** The edition's figures, to be looked up by the names an editor uses. */
export class FiguresBook {
  readonly figures: Figures;

  constructor(figures: Figures) {
    this.figures = figures;
  }

  figure(id: string): Figure | undefined {
    return Object.hasOwn(this.figures.figures, id) ? this.figures.figures[id] : undefined;
  }

  get figureIds(): readonly string[] {
    return Object.keys(this.figures.figures);
  }

  /** A table or a series. */
  table(name: string): Table | undefined {
    const { tables, series } = this.figures;
    if (Object.hasOwn(tables, name)) return tables[name];
    return Object.hasOwn(series, name) ? series[name] : undefined;
  }

  get tableNames(): readonly string[] {
    return [...Object.keys(this.figures.tables), ...Object.keys(this.figures.series)];
  }

  /** The rows of a table for a template: text as Text, counts and the rest as they are. */
  rows(table: Table): Row[] {
    return table.rows.map((row) =>
      Object.fromEntries(
        table.columns.map(({ name, type }) => {
          const value = row[name] ?? null;
          return [name, type === 'text' && typeof value === 'string' ? new Text(value) : value];
        }),
      ),
    );
  }

  /**
   * The rows of a table for a chart: counts as numbers, and beside each column of codes (`country`, `camp`,
   * `group`, `openness`) its `…Label`, `…Colour` and `…Order`.
   */
  data(table: Table, theme: Theme, words: Words): Datum[] {
    return table.rows.map((row) => {
      const datum: Record<string, string | number | boolean | null> = {};
      for (const { name, type } of table.columns) {
        const value = row[name] ?? null;
        datum[name] =
          type === 'count' && typeof value === 'string'
            ? Number(value)
            : typeof value === 'string'
              ? inChart(drawable(printable(value)))
              : value;
        if (CODED.has(name) && typeof value === 'string')
          Object.assign(datum, coded(name, value, theme, words));
      }
      return datum;
    });
  }
}

/** The longest name a chart has room for beside its bars. */
const CHART_NAME = 32;

function inChart(name: string): string {
  const letters = [...name];
  return letters.length > CHART_NAME ? `${letters.slice(0, CHART_NAME - 1).join('')}…` : name;
}

const CODED = new Set([
  ...[
    'country',
    'camp',
    'group',
    'openness',
    'measure',
    'relation',
    'licenceClass',
    'headline',
    'alternative',
  ],
  ...['behind', 'ahead'],
]);

/** How a code is drawn and called; a code may be drawn as another, so that small ones stand together. */
export function coded(column: string, code: string, theme: Theme, words: Words): Datum {
  const entry = Object.hasOwn(theme.codes, code) ? theme.codes[code] : undefined;
  const drawn = entry?.as ?? code;
  const style = (Object.hasOwn(theme.codes, drawn) ? theme.codes[drawn] : undefined) ?? entry;
  return {
    [`${column}Label`]: wordFor(column, drawn, words),
    [`${column}Colour`]: style ? (theme.colours[style.colour] ?? '#999999') : '#999999',
    [`${column}Order`]: style?.order ?? 99,
  };
}

/** The word for a code; a column may have its own, since a camp is closed otherwise than a model. */
export function wordFor(column: string, code: string, words: Words): string {
  const key = [`code.${column}.${code}`, `code.${code}`].find((one) => words.has(one));
  return key === undefined ? printable(code) : String(words.label(key));
}
