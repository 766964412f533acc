import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { z } from 'zod';
import type { FilledChart } from './chart-spec.ts';
import { escapeHtml } from './html.ts';
import { wrongTemplate } from './template-error.ts';
import { measureTexts } from './text-widths.ts';
import { fontsOf, type Theme } from './theme.ts';
import { directionOf, intlLocale, withoutMarks } from './writing.ts';

/** Vega-Lite validates a specification while it compiles it; before that it is only an object. */
const specification = z.custom<TopLevelSpec>((value) => typeof value === 'object' && value !== null);

measureTexts();

/** One drawing is numbered from nought in every document, so that the same input gives the same bytes. */
export function beginDocument(): void {
  vega.resetSVGDefIds();
}

/**
 * Draws a chart as SVG: without network, without files, and with expressions that are interpreted, not run.
 *
 * @param alt what the picture tells, for who does not see it
 * @throws TemplateError if the specification cannot be drawn
 */
export async function drawChart(
  chart: FilledChart,
  { theme, locale, alt, className }: { theme: Theme; locale: string; alt: string; className: string },
): Promise<string> {
  const complaints: string[] = [];
  const logger = quietLogger(complaints);
  try {
    const { spec } = compile(specification.parse(chart.spec), { config: config(theme, locale), logger });
    const runtime = vega.parse(spec, { locale: formats(locale) }, { ast: true });
    const view = new vega.View(runtime, {
      renderer: 'none',
      loader: refusing,
      logger,
      expr: expressionInterpreter,
    });
    const svg = await view.toSVG();
    view.finalize();
    if (complaints.length > 0) throw new Error(complaints.slice(0, 3).join('; '));
    if (/\bNaN\b|\bundefined\b|Infinity/.test(svg)) throw new Error('a field it draws is not in its data');
    return labelled(directionOf(locale) === 'rtl' ? inItsDirection(svg) : svg, alt, className);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw wrongTemplate(
      chart.place,
      `the chart cannot be drawn: ${why.slice(0, 300)}. Compare it with another chart and with DATA.md.`,
      cause,
    );
  }
}

/** Nothing is ever loaded. */
const refuse = async (uri: string): Promise<never> => {
  throw new Error(`it asks for "${uri.slice(0, 80)}", and a chart may not ask for anything outside itself`);
};
const refusing = { options: {}, load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** Warnings are gathered: a chart that is not as its editor meant it is an error, not a guess. */
function quietLogger(complaints: string[]): vega.LoggerInterface {
  let level = vega.Warn;
  const complain = (...words: readonly unknown[]): vega.LoggerInterface => {
    const text = words.join(' ');
    // Said of a layer without rows, as in a month in which nothing was counted.
    if (!text.startsWith('Infinite extent for field')) complaints.push(text);
    return logger;
  };
  const logger: vega.LoggerInterface = {
    level(value?: number): never {
      if (value !== undefined) level = value;
      return (value === undefined ? level : logger) as never;
    },
    error: complain,
    warn: complain,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

function labelled(svg: string, alt: string, className: string): string {
  const [, attributes = '', inner = ''] = /^<svg([^>]*)>([\s\S]*)<\/svg>\s*$/.exec(svg) ?? [];
  const kept = [...attributes.matchAll(/\s(?:width|height|viewBox)="[^"]*"/g)].map(([one]) => one).join('');
  const inert = inner.replace(/[{}]/g, (brace) => (brace === '{' ? '&#123;' : '&#125;'));
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeHtml(alt)}" class="${className}" style="direction:ltr"${kept}>${inert}</svg>`;
}

/** Arabic words of a drawing read from right to left, with the numbers among them; places and time stay as drawn. */
function inItsDirection(svg: string): string {
  return svg.replace(
    />([^<]*[\u0600-\u06ff][^<]*)<\/text>/g,
    (_, text: string) => `>\u2067${text.replace(/[\d][\d.,–]*%?/g, '\u2066$&\u2069')}\u2069</text>`,
  );
}

function config(theme: Theme, locale: string): Record<string, unknown> {
  const { charts, colours } = theme;
  const font = fontsOf(theme, locale).label.join(', ');
  const ink = colours.ink ?? '#000000';
  const quiet = colours.quiet ?? ink;
  const rule = colours.rule ?? quiet;
  const text = { font, fontSize: charts.size, fill: ink };
  return {
    aria: false,
    font,
    background: 'transparent',
    padding: 0,
    view: { stroke: null },
    text: { font, fontSize: charts.size, color: ink },
    axis: {
      labelFont: font,
      labelFontSize: charts.size,
      labelColor: quiet,
      labelPadding: 5,
      titleFont: font,
      titleFontSize: charts.size,
      titleFontWeight: 400,
      titleColor: quiet,
      domainColor: rule,
      tickColor: rule,
      gridColor: rule,
      gridWidth: 0.5,
      title: null,
    },
    axisY: { domain: false, ticks: false },
    axisX: { grid: false },
    legend: { disable: true },
    style: { 'guide-label': text },
  };
}

/** Vega's own locale format, derived from what the platform knows of the language. */
function formats(language: string): ChartLocale {
  const known = chartLocales.get(language) ?? formatsOf(language);
  chartLocales.set(language, known);
  return known;
}

type ChartLocale = NonNullable<vega.Config['locale']>;
const chartLocales = new Map<string, ChartLocale>();

function formatsOf(language: string): ChartLocale {
  const locale = intlLocale(language);
  const parts = new Intl.NumberFormat(locale).formatToParts(-1234567.8);
  const part = (type: Intl.NumberFormatPartTypes, otherwise: string) =>
    parts.find((one) => one.type === type)?.value ?? otherwise;
  const month = (style: 'long' | 'short') =>
    Array.from({ length: 12 }, (_, index) =>
      new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' }).format(Date.UTC(2026, index, 1)),
    );
  const day = (style: 'long' | 'short') =>
    Array.from({ length: 7 }, (_, index) =>
      // 4 January 2026 was a Sunday.
      new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(
        Date.UTC(2026, 0, 4 + index),
      ),
    );
  return {
    number: {
      decimal: part('decimal', '.'),
      thousands: part('group', ','),
      grouping: [3],
      currency: ['', ''],
      minus: '\u2212',
      percent: percentSign(locale),
    },
    time: {
      dateTime: '%x, %X',
      date: '%-d %B %Y',
      time: '%H:%M:%S',
      periods: ['AM', 'PM'],
      days: seven(day('long')),
      shortDays: seven(day('short')),
      months: twelve(month('long')),
      shortMonths: twelve(month('short')),
    },
  };
}

/** The sign with the space that some languages put before it. */
function percentSign(locale: string): string {
  const parts = new Intl.NumberFormat(locale, { style: 'percent' }).formatToParts(1);
  const sign = parts.filter(({ type }) => type === 'literal' || type === 'percentSign');
  return withoutMarks(sign.map(({ value }) => value).join(''));
}

type Seven = [string, string, string, string, string, string, string];
type Twelve = [...Seven, string, string, string, string, string];

function seven(words: readonly string[]): Seven {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = ''] = words;
  return [a, b, c, d, e, f, g];
}

function twelve(words: readonly string[]): Twelve {
  const [h = '', i = '', j = '', k = '', l = ''] = words.slice(7);
  return [...seven(words), h, i, j, k, l];
}
