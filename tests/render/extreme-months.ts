import type { Figure, Figures } from '../../functions/compute/figures.ts';
import type { Templates } from '../../functions/render/templates.ts';
import { figures, templates, withFile } from './fixture.ts';

/** A month as it may come once, or never: figures, and the editor's folder it is rendered with. */
export interface ExtremeMonth {
  readonly figures: Figures;
  readonly templates: Templates;
}

type Rows = Figures['tables'][string]['rows'];

/** The axes of the balance, each with what its figures and tables begin with. */
export const AXES: Readonly<Record<string, readonly string[]>> = {
  downloads: ['downloads', 'concentration.downloads', 'licences'],
  usage: ['usage', 'concentration.usage', 'price'],
  derivatives: ['derivatives', 'dependency'],
  releases: ['releases'],
  capability: ['capability'],
};

/** Names as makers write them in five scripts, one of which the Latin faces can draw. */
export const NAMES: Readonly<Record<string, string>> = {
  Arabic: 'جيس-٣٠ب العربية',
  Chinese: '通义千问-3深度求索',
  Cyrillic: 'ГигаЧат-20Б «Сбер»',
  Devanagari: 'कृत्रिम-२ हिन्दी',
  emoji: '🤗 smol👩‍🔬-2🇨🇳',
};

const untouched = (): ExtremeMonth => ({ figures: figures(), templates });

function withEach(change: (figure: Figure, id: string) => Partial<Figure>): Figures {
  const all = figures();
  const changed = Object.entries(all.figures).map(([id, figure]) => [
    id,
    { ...figure, ...change(figure, id) },
  ]);
  return { ...all, figures: Object.fromEntries(changed) };
}

function withRows(all: Figures, change: (rows: Rows, id: string) => Rows): Figures {
  const changed = (tables: Figures['tables']) =>
    Object.fromEntries(
      Object.entries(tables).map(([id, table]) => [id, { ...table, rows: change(table.rows, id) }]),
    );
  return { ...all, tables: changed(all.tables), series: changed(all.series) };
}

/** A month without what begins with one of some names. */
function without(names: readonly string[]): Figures {
  const isLost = (id: string) =>
    names.some((name) => id === name || id.startsWith(`${name}.`) || id.startsWith(`${name}-`));
  const gap = {
    status: 'missing',
    value: null,
    low: null,
    high: null,
    reason: 'The source did not answer.',
  } as const;
  return withRows(
    withEach((_, id) => (isLost(id) ? gap : {})),
    (rows, id) => (isLost(id) ? [] : rows),
  );
}

/** The month with names, in turn, wherever a model's or a maker's comes in. */
export function named(names: readonly string[]): ExtremeMonth {
  let turn = 0;
  const next = () => names[turn++ % names.length] ?? '';
  const isName = (column: string) =>
    /^(model|slug|name|makerName|largestName|base|capabilityModel)$/.test(column);
  const all = figures();
  const renamed = withRows(all, (rows) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          value !== null && isName(column) ? next() : value,
        ]),
      ),
    ),
  );
  const subjects = Object.entries(all.figures).map(([id, figure]) => [
    id,
    figure.subject ? { ...figure, subject: next() } : figure,
  ]);
  return { figures: { ...renamed, figures: Object.fromEntries(subjects) }, templates };
}

/** The month with as many labs to follow on each side. */
function withLabs(count: number): ExtremeMonth {
  const makers = [...new Set(figures().tables.labs?.rows.map(({ maker }) => String(maker)))];
  const labs = (country: string) =>
    Array.from({ length: count / 2 }, (_, index) => ({
      maker: makers[index % makers.length] ?? '',
      brand: `Laboratory ${index + 1} of ${country}`,
    }));
  const groups = ['china', 'united-states'].map((country) => ({ country, labs: labs(country) }));
  return { figures: figures(), templates: withFile('labs.json', JSON.stringify({ groups })) };
}

/** The month whose cover says three times as much. */
function withLongHeadline(): ExtremeMonth {
  const label = /("headline\.usage": ")([^"]*)(")/;
  const long = (text: string) => text.replace(label, '$1$2, $2, $2$3');
  return { figures: figures(), templates: withFile('locales/en/labels.json', long) };
}

/** Of each line of each series the last point alone: a source that began this month. */
function withSinglePoints(): ExtremeMonth {
  const drawn = drawnTables();
  const last = (rows: Rows) => [...new Map(rows.map((row) => [lineOf(row), row])).values()];
  return { figures: withRows(figures(), (rows, id) => (drawn.has(id) ? last(rows) : rows)), templates };
}

/** Which line of a series a row is a point of: what is neither a time nor a number. */
function lineOf(row: Rows[number]): string {
  const codes = Object.entries(row).filter(
    ([column, value]) =>
      typeof value === 'string' &&
      !/^(day|month|date|edition|model|leader)$/.test(column) &&
      !/^\d+$/.test(value),
  );
  return JSON.stringify(codes);
}

/** The tables and series that charts draw. */
function drawnTables(): ReadonlySet<string> {
  const charts = [...templates.files].filter(([file]) => file.startsWith('charts/'));
  return new Set(
    charts.flatMap(([, text]) => [...text.matchAll(/"name": "([^"]+)"/g)].map(([, name = '']) => name)),
  );
}

/** The month in which everything that is counted is nought. */
function withZeros(): ExtremeMonth {
  const zero = ({ value }: Figure) => {
    const to = typeof value === 'number' ? 0 : value === null ? null : '0';
    return { value: to, low: to, high: to };
  };
  const isCounted = (column: string) =>
    !/^(rank|parameters|size|day|month|date|edition|released|since)$/.test(column);
  const zeroRows = withRows(withEach(zero), (rows) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => {
          if (!isCounted(column)) return [column, value];
          if (typeof value === 'number') return [column, 0];
          return [column, typeof value === 'string' && /^\d+$/.test(value) ? '0' : value];
        }),
      ),
    ),
  );
  return { figures: zeroRows, templates };
}

/** A month with the longest name, whose cover tells each source and a day of its own for it. */
function withLongCover(): ExtremeMonth {
  const all = figures();
  const sources = all.sources.map((source, index) => ({ ...source, asOf: `2026-09-${30 - index}` }));
  return { figures: { ...all, kind: 'live', edition: '2026-09', sources }, templates };
}

/** The month in which both sides have the same, so that nobody leads. */
function level(): ExtremeMonth {
  const all = figures();
  const same = Object.entries(all.figures).map(([id, figure]) => {
    const other = all.figures[id.replace('united-states', 'china')];
    return [id, other ? { ...other, ...(figure.subject ? { subject: figure.subject } : {}) } : figure];
  });
  return { figures: { ...all, figures: Object.fromEntries(same) }, templates };
}

/** Months at the edge of what may come, by what is strange in them. */
export const EXTREME_MONTHS: Readonly<Record<string, () => ExtremeMonth>> = {
  'as it is': untouched,
  'whose headline is three times longer': withLongHeadline,
  'with a long name, each source of another day': withLongCover,
  'with 200 labs in its table': () => withLabs(200),
  'with a single point in each series': withSinglePoints,
  'of which every count is nought': withZeros,
  'in which nobody leads': level,
  ...Object.fromEntries(
    Object.entries(AXES).map(([axis, names]) => [
      `without ${axis}`,
      () => ({ figures: without(names), templates }),
    ]),
  ),
  'without any axis': () => ({ figures: without(Object.values(AXES).flat()), templates }),
  'whose every name has 200 characters and no break': () => named(['Unbreakable'.repeat(20).slice(0, 200)]),
  'with names in five scripts': () => named(Object.values(NAMES)),
};

/** One of them, by its name. */
export function extremeMonth(name: string): ExtremeMonth {
  const make = EXTREME_MONTHS[name];
  if (!make) throw new Error(`there is no month ${name}`);
  return make();
}
