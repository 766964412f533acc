import type { Figures } from '../compute/figures.ts';
import type { PrintedCorrection } from '../publish/corrections.ts';
import { drawWishes, inPlace, writePage } from './document.ts';
import { FONTS } from './font-faces.ts';
import { escapeHtml } from './html.ts';
import { inlineChart } from './inline-chart.ts';
import { slimCss } from './slim-css.ts';
import { standaloneChart } from './standalone-chart.ts';
import type { Templates } from './templates.ts';
import { fontsOf, type Theme } from './theme.ts';
import type { Setting } from './vocabulary.ts';
import { colourVariables, webColour } from './web-colours.ts';
import { withWebFonts } from './web-fonts.ts';
import { dressWebPage } from './web-page.ts';
import { directionOf } from './writing.ts';

/** The edition as a page, and its charts as files beside it. */
export interface WebEdition {
  readonly page: string;
  /** SVG documents by the name of the chart. */
  readonly charts: ReadonlyMap<string, string>;
}

/**
 * Writes the web edition in one language: one page that needs nothing from elsewhere and runs nothing, and each chart as
 * a picture of its own.
 *
 * @param corrections what was corrected in the edition since it first came out, oldest first
 * @throws TemplateError naming the editor's file, the line and what to do
 */
export async function writeWebEdition(
  figures: Figures,
  templates: Templates,
  locale: string,
  corrections: readonly PrintedCorrection[] = [],
): Promise<WebEdition> {
  const written = writePage(figures, templates, locale, 'web', corrections);
  const { wishes, setting } = written;
  const { theme, words } = setting;
  const { page, captions } = dressWebPage(written.page, { words, charts: wishes });
  const colour = webColour(theme);
  const drawn = await drawWishes(wishes, setting);
  const inline = new Map(
    [...drawn].map(([token, svgs]) => [token, svgs.map((svg) => inlineChart(svg, colour)).join('')]),
  );
  const charts = new Map<string, string>();
  for (const { token, name, alt, alone } of wishes) {
    const [svg, caption] = [drawn.get(token)?.[alone], captions.get(token)];
    if (svg === undefined || caption === undefined) continue;
    const colours = [theme.colours.china, theme.colours.unitedStates];
    const sides = caption.sides.map((side, index) => ({ name: side, colour: colours[index] ?? '#000000' }));
    const standing = { ...caption, sides, description: escapeHtml(alt), edition: editionLine(setting) };
    charts.set(name, standaloneChart(svg, { ...standing, ...lettering(theme, locale) }));
  }
  const coloured = withColours(inPlace(page, inline), colourVariables(theme), colour);
  return { page: await withWebFonts(coloured, setting, templates.fonts), charts };
}

/** Which edition a chart is of, where that is read, under what licence, and whether its figures are of the world. */
function editionLine({ book, words, numbers, publication }: Setting): string {
  const month = numbers.month(book.figures.edition);
  const title = words.label('document.title', { publication: publication.name, month });
  const address = `${publication.baseUrl}/${book.figures.edition}/`;
  const mark = book.figures.kind === 'synthetic' ? `${words.label('kind.syntheticMark')} · ` : '';
  return escapeHtml(`${mark}${title} · ${address} · ${publication.licence.name}`);
}

/** How the words of a chart that stands alone are set. */
function lettering(theme: Theme, locale: string) {
  return {
    families: fontsOf(theme, locale).label,
    language: locale,
    direction: directionOf(locale),
    ink: theme.colours.ink ?? '#000000',
    quiet: theme.colours.quiet ?? '#000000',
  };
}

/** The page with the theme's colours by name, in its style sheets and wherever an element has one of its own. */
function withColours(page: string, variables: string, colour: (colour: string) => string): string {
  let first = true;
  return page
    .replace(/<style>([\s\S]*?)<\/style>/g, (_, css: string) => {
      const before = first ? `${variables}\n` : '';
      first = false;
      return `<style>${before}${css === FONTS ? css : slimCss(css, page)}</style>`;
    })
    .replace(
      /(style="[^"]*?background:|stroke=")(#[0-9a-f]{6})/gi,
      (_, before: string, value: string) => `${before}${colour(value)}`,
    );
}
