import type { Figures } from '../compute/figures.ts';
import { TemplateError } from '../errors.ts';
import type { PrintedCorrection } from '../publish/corrections.ts';
import { beginDocument, drawChart } from './chart.ts';
import { type ChartWish, chartHelper } from './chart-helper.ts';
import { pageContext } from './context.ts';
import { openEngine } from './engine.ts';
import { figureHelpers } from './figure-helpers.ts';
import { FiguresBook } from './figures-book.ts';
import { withFonts } from './font-faces.ts';
import { historyHelpers } from './history-helpers.ts';
import { inspectTemplates } from './inspect.ts';
import { openNumbers } from './numbers.ts';
import { pageHelpers } from './page-helpers.ts';
import { openSentences } from './sentences.ts';
import { settings } from './settings.ts';
import type { Templates } from './templates.ts';
import { readTheme } from './theme.ts';
import type { Helper, Setting } from './vocabulary.ts';
import { openWords } from './words.ts';

/** Everything the templates of one edition and language work with. */
export function openSetting(
  figures: Figures,
  { files }: Templates,
  locale: string,
  medium: Setting['medium'],
): Setting {
  const numbers = openNumbers(locale);
  return {
    book: new FiguresBook(figures),
    words: openWords(files, locale),
    sentences: openSentences(files, locale, numbers),
    numbers,
    theme: readTheme(files),
    publication: settings.publication(files),
    medium,
  };
}

/** Every helper a template can call. */
export function allHelpers(
  setting: Setting,
  files: Templates['files'],
  wishes: ChartWish[],
): Record<string, Helper> {
  return {
    ...figureHelpers(setting),
    ...historyHelpers(setting),
    ...pageHelpers(setting),
    chart: chartHelper(setting, files, wishes),
  };
}

/**
 * Writes one document of an edition: the pages to print, or the same content as a web page.
 *
 * @throws TemplateError naming the editor's file, the line and what to do
 */
export async function writeDocument(
  figures: Figures,
  templates: Templates,
  locale: string,
  medium: Setting['medium'],
  corrections: readonly PrintedCorrection[] = [],
): Promise<string> {
  const { files } = templates;
  const setting = openSetting(figures, templates, locale, medium);
  const wishes: ChartWish[] = [];
  const helpers = allHelpers(setting, files, wishes);
  const { errors } = inspectTemplates({
    helpers: Object.keys(helpers),
    figures: setting.book.figureIds,
    tables: setting.book.tableNames,
    labels: setting.words.keys,
    argumentsOf: setting.words.argumentsOf,
    files,
    locale,
  });
  const [first, ...others] = errors;
  if (first) {
    const more =
      others.length > 0 ? ` And ${others.length} more: npm run check:templates lists them all.` : '';
    throw new TemplateError(`${first.message}${more}`, first.evidence, first);
  }
  const write = openEngine(files, helpers);
  const file = medium === 'print' ? 'report/report.hbs' : 'report/web.hbs';
  const page = write(file, pageContext(setting, templates, corrections));
  return withFonts(await withCharts(page, wishes, setting), setting, templates.fonts);
}

/** Draws what the pages asked for, in their order, and puts it in place. */
async function withCharts(
  page: string,
  wishes: readonly ChartWish[],
  { theme, words }: Setting,
): Promise<string> {
  beginDocument();
  const drawn = new Map<string, string>();
  for (const wish of wishes) {
    const { locale } = words;
    const svgs: string[] = [];
    for (const { chart, className } of wish.drawings) {
      svgs.push(await drawChart(chart, { theme, locale, alt: wish.alt, className }));
    }
    drawn.set(wish.token, svgs.join(''));
  }
  return page.replace(/<!--chart:\d+-->/g, (token) => drawn.get(token) ?? token);
}
