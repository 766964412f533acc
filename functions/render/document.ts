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
import { withQuotedIds } from './quoted-ids.ts';
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

/** A page as its template writes it: with tokens where charts and fonts will stand. */
export interface WrittenPage {
  readonly page: string;
  readonly wishes: readonly ChartWish[];
  readonly setting: Setting;
}

/**
 * Writes one document of an edition: the pages to print, or the same content as a web page.
 *
 * @throws TemplateError naming the editor's file, the line and what to do
 */
export function writePage(
  figures: Figures,
  templates: Templates,
  locale: string,
  medium: Setting['medium'],
  corrections: readonly PrintedCorrection[] = [],
): WrittenPage {
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
  const write = openEngine(medium === 'print' ? files : withQuotedIds(files), helpers);
  const file = medium === 'print' ? 'report/report.hbs' : 'report/web.hbs';
  return { page: write(file, pageContext(setting, templates, corrections)), wishes, setting };
}

/**
 * Writes the pages to print.
 *
 * @throws TemplateError naming the editor's file, the line and what to do
 */
export async function writeDocument(
  figures: Figures,
  templates: Templates,
  locale: string,
  corrections: readonly PrintedCorrection[] = [],
): Promise<string> {
  const { page, wishes, setting } = writePage(figures, templates, locale, 'print', corrections);
  const drawn = new Map(
    [...(await drawWishes(wishes, setting))].map(([token, svgs]) => [token, svgs.join('')]),
  );
  return withFonts(inPlace(page, drawn), setting, templates.fonts);
}

/** Draws what a page asked for, in its order: the drawings of each wish by its token. */
export async function drawWishes(
  wishes: readonly ChartWish[],
  { theme, words }: Pick<Setting, 'theme' | 'words'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  beginDocument();
  const { locale } = words;
  const drawn = new Map<string, readonly string[]>();
  for (const wish of wishes) {
    const svgs: string[] = [];
    for (const { chart, className } of wish.drawings) {
      svgs.push(await drawChart(chart, { theme, locale, alt: wish.alt, className }));
    }
    drawn.set(wish.token, svgs);
  }
  return drawn;
}

/** Puts each chart where its token stands. */
export function inPlace(page: string, drawn: ReadonlyMap<string, string>): string {
  return page.replace(/<!--chart:\d+-->/g, (token) => drawn.get(token) ?? token);
}
