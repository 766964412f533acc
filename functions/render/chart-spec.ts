import { z } from 'zod';
import { lineHolding, readJson } from './json.ts';
import { didYouMean, type Place, wrongTemplate } from './template-error.ts';
import type { Theme } from './theme.ts';
import type { Words } from './words.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };
const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);

/** A row as a chart sees it. */
export type Datum = Readonly<Record<string, string | number | boolean | null>>;

/** What a chart's file may refer to by name. */
export interface ChartNames {
  readonly theme: Theme;
  readonly words: Words;
  /** The rows of a table, a series or a picture of the balance; undefined where there is none of that name. */
  rows(name: string): readonly Datum[] | undefined;
  readonly known: readonly string[];
}

/** A chart's file, filled: its data by name, colours and words in place. */
export interface FilledChart {
  readonly place: Place;
  readonly spec: JsonObject;
  /** Names of the tables, series or pictures it draws. */
  readonly data: readonly string[];
  /** True if it would draw nothing. */
  readonly empty: boolean;
}

/** A width is that of the whole drawing, with its axes and the room for its labels. */
const WHOLE = { type: 'fit', contains: 'padding' };

/** What names the outside: a URL, a path, a script. */
const OUTSIDE = /^\s*(?:[a-z][a-z0-9+.-]*:\/\/|\/\/|data:|file:|javascript:|blob:)/i;

export function chartFile(name: string): string {
  return `charts/${name}.vl.json`;
}

/**
 * Reads a Vega-Lite file and puts in what it names: `theme:<colour>`, `t:<label key>`, data by name.
 *
 * @param medium in print, on a phone, or in the picture of the mail; `usermeta.phone` and `usermeta.mail` of the file hold
 * what differs there
 * @param width of the drawing, CSS pixels, where the file says `"width": "container"`
 * @throws TemplateError if it asks for anything outside itself, or for a name that is not there
 */
export function fillChart(
  files: ReadonlyMap<string, string>,
  name: string,
  names: ChartNames,
  { phone, mail = false, width }: { phone: boolean; mail?: boolean; width: number },
): FilledChart {
  const file = chartFile(name);
  const source = readJson(files, file, z.record(z.string(), json));
  const text = files.get(file) ?? '';
  const at = (needle: string): Place => ({ file, ...lineHolding(text, needle) });
  refuseOutside(source, at);

  const { usermeta, $schema: _schema, ...plain } = source;
  const other = isObject(usermeta) ? usermeta[mail ? 'mail' : 'phone'] : undefined;
  const differs = (phone || mail) && isObject(other) ? other : {};
  const asked = new Set<string>();
  const fill = (value: Json, key: string): Json => {
    if (typeof value === 'string') return named(value, names, at);
    if (Array.isArray(value)) return value.map((one) => fill(one, key));
    if (!isObject(value)) return value;
    if (key === 'data' && typeof value.name === 'string') asked.add(value.name);
    return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, fill(one, inner)]));
  };
  const filled = fill({ ...plain, ...differs }, '');
  if (!isObject(filled)) throw wrongTemplate({ file }, 'a chart is a JSON object.');

  const datasets: Record<string, Json> = {};
  for (const one of asked) {
    const rows = names.rows(one);
    if (!rows)
      throw wrongTemplate(
        at(`"${one}"`),
        `there is no table or series "${one}". ${didYouMean(one, names.known)}`,
      );
    datasets[one] = rows;
  }
  const sized = filled.width === 'container' ? { autosize: WHOLE, ...filled, width } : filled;
  return {
    place: { file },
    spec: { ...sized, datasets },
    data: [...asked],
    empty:
      asked.size === 0 || Object.values(datasets).every((rows) => Array.isArray(rows) && rows.length === 0),
  };
}

function named(value: string, { theme, words }: ChartNames, at: (needle: string) => Place): Json {
  if (value.startsWith('theme:')) {
    const colour = Object.hasOwn(theme.colours, value.slice(6)) ? theme.colours[value.slice(6)] : undefined;
    if (colour === undefined)
      throw wrongTemplate(
        at(value),
        `theme.json has no colour "${value.slice(6)}". ${didYouMean(value.slice(6), Object.keys(theme.colours))}`,
      );
    return colour;
  }
  return value.startsWith('t:') ? String(words.label(value.slice(2))) : value;
}

function refuseOutside(value: Json, at: (needle: string) => Place, key = ''): void {
  if (typeof value === 'string' && key !== '$schema' && OUTSIDE.test(value)) {
    throw wrongTemplate(
      at(value),
      `a chart may not ask for "${value.slice(0, 80)}". Name a table or series of DATA.md instead.`,
    );
  }
  if (key === 'mark' && (value === 'image' || (isObject(value) && value.type === 'image'))) {
    throw wrongTemplate(at('image'), 'a chart may not show an image. Draw it with another mark.');
  }
  if (Array.isArray(value)) for (const one of value) refuseOutside(one, at, key);
  if (!isObject(value)) return;
  for (const forbidden of ['url', 'href']) {
    if (Object.hasOwn(value, forbidden))
      throw wrongTemplate(
        at(`"${forbidden}"`),
        `a chart may not have "${forbidden}": it takes its data by name, as {"data": {"name": "usage-daily"}}.`,
      );
  }
  if (
    value.type === 'temporal' &&
    !(isObject(value.scale ?? null) && (value.scale as JsonObject).type === 'utc')
  ) {
    throw wrongTemplate(
      at('temporal'),
      'a time axis needs "scale": {"type": "utc"}, or days move with the machine’s time zone.',
    );
  }
  for (const [inner, one] of Object.entries(value)) refuseOutside(one, at, inner);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
