import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { Work } from '../archive/work.ts';
import { type Figures, figuresArtefact } from '../compute/figures.ts';
import { type Edition, monthEnd, parseEdition } from '../edition.ts';
import { correctionsArtefact, type PrintedCorrection } from '../publish/corrections.ts';
import { citationOf } from './citation.ts';
import { openSetting, writeDocument } from './document.ts';
import { emailArtefact, emailHtmlArtefact, emailTextArtefact } from './email.ts';
import { type WrittenEmail, writeEmail } from './email-document.ts';
import { MAIL_PICTURES } from './email-picture.ts';
import { fontShorthands } from './font-faces.ts';
import { headline } from './headline.ts';
import { assertComplete } from './locales.ts';
import { madeFrom } from './made-from.ts';
import { htmlArtefact, type PrintJob, printJobArtefact, svgArtefact } from './print-job.ts';
import type { Sentences } from './sentences.ts';
import type { Templates } from './templates.ts';
import { writeWebEdition } from './web-edition.ts';
import { directionOf } from './writing.ts';

/** Width of the cover picture in pixels: sharp as a thumbnail and in a mail. */
const COVER_WIDTH = 1200;

/** What one language of an edition is, before it is printed. */
export interface Rendered {
  readonly report: string;
  readonly web: string;
  /** The web edition's charts as SVG files, by name. */
  readonly charts: ReadonlyMap<string, string>;
  readonly job: PrintJob;
  readonly mail: WrittenEmail;
}

/**
 * Renders one language of an edition: the pages to print, the web page, the mail, and the job for print.
 *
 * @throws TemplateError if an editor's file is wrong; it names the file, the line and what to do
 * @throws IncompleteEdition if the figures are not finished
 */
export async function renderEdition(options: {
  archive: Archive;
  edition: Edition;
  locale: string;
  templates: Templates;
}): Promise<Rendered> {
  const { archive, edition, locale, templates } = options;
  const work = await Work.open(archive, { stage: 'render', edition, locale });
  const figures = await work.read(figuresArtefact, keys.figures(edition));
  const corrected = await archive.find(correctionsArtefact, keys.corrections(edition));
  const corrections = (corrected?.value.corrections ?? []).map(({ by, ...printed }) => printed);
  const rendered = await render(figures, templates, locale, [...work.finished.keys()], corrections);
  await work.write(htmlArtefact, keys.reportHtml(edition, locale), rendered.report);
  await work.write(htmlArtefact, keys.webHtml(edition, locale), rendered.web);
  for (const [name, svg] of rendered.charts)
    await work.write(svgArtefact, keys.chart(edition, locale, name), svg);
  await work.write(printJobArtefact, keys.printJob(edition, locale), rendered.job);
  await work.write(emailHtmlArtefact, keys.emailHtml(edition, locale), rendered.mail.html);
  await work.write(emailTextArtefact, keys.emailText(edition, locale), rendered.mail.text);
  await work.write(emailArtefact, keys.email(edition, locale), rendered.mail.email);
  await work.finish();
  return rendered;
}

/**
 * Renders figures with templates. Touches nothing outside its arguments.
 *
 * @param finished keys of the draft, among which are the tables to attach
 * @param corrections what was corrected in the edition since it first came out, oldest first
 */
export async function render(
  figures: Figures,
  templates: Templates,
  locale: string,
  finished: readonly string[],
  corrections: readonly PrintedCorrection[] = [],
): Promise<Rendered> {
  assertComplete(templates, locale);
  const web = await writeWebEdition(figures, templates, locale, corrections);
  return {
    report: await writeDocument(figures, templates, locale, corrections),
    web: web.page,
    charts: web.charts,
    job: printJob(figures, templates, locale, finished, corrections),
    mail: writeEmail(figures, templates, locale, corrections),
  };
}

function printJob(
  figures: Figures,
  templates: Templates,
  locale: string,
  finished: readonly string[],
  corrections: readonly PrintedCorrection[],
): PrintJob {
  const setting = openSetting(figures, templates, locale, 'print');
  const { words, numbers, publication, theme } = setting;
  const edition = parseEdition(figures.edition);
  const month = numbers.month(edition);
  return {
    schemaVersion: 1,
    title: String(words.label('document.title', { publication: publication.name, month })),
    author: publication.publisher,
    subject: String(headline(setting)),
    keywords: publication.keywords,
    language: locale,
    direction: directionOf(locale),
    date: dateOf(figures, edition),
    attachments: attachments(figures, edition, finished, setting.sentences),
    pictures: [{ name: 'cover', selector: '#cover', width: COVER_WIDTH }, ...MAIL_PICTURES],
    fonts: fontShorthands(theme, locale),
    url: `${publication.baseUrl}/${edition}/`,
    publication: {
      publisher: publication.publisher,
      licence: publication.licence,
      edition,
      citations: figures.sources.map(citationOf),
    },
    madeFrom: madeFrom(templates, theme, locale),
    corrections: [...corrections],
  };
}

/** When the youngest of the bodies it was made from was read: never the clock, so that the same input gives the same bytes. */
function dateOf({ sources }: Figures, edition: Edition): string {
  const latest = sources.map(({ retrievedAt }) => Date.parse(retrievedAt)).filter(Number.isFinite);
  return new Date(latest.length > 0 ? Math.max(...latest) : monthEnd(edition).getTime()).toISOString();
}

/** Tables that are too long to travel with every copy of the PDF; they lie beside it. */
const BESIDE = ['bodies'];

/** Tables about the figures themselves, which are not among them. */
const ABOUT: Readonly<Record<string, string>> = {
  figures: 'Every figure of the edition, one a row',
  origins: 'Snapshots that every figure comes from',
};

/** The figures and every table of the draft: the data of every chart travels with the PDF. */
function attachments(
  figures: Figures,
  edition: Edition,
  finished: readonly string[],
  sentences: Sentences,
): PrintJob['attachments'] {
  const folder = `${keys.draft(edition)}tables/`;
  const tables = finished
    .filter((key) => key.startsWith(folder) && key.endsWith('.csv'))
    .map((key) => ({ key, id: key.slice(folder.length, -'.csv'.length) }))
    .filter(({ id }) => !BESIDE.includes(id))
    .map(({ key, id }) => {
      const english = (figures.tables[id] ?? figures.series[id])?.title ?? ABOUT[id] ?? id;
      const title = sentences.title(id, english);
      return { key, name: `${id}.csv`, mediaType: 'text/csv', description: title };
    });
  const all = {
    key: keys.figures(edition),
    name: 'figures.json',
    mediaType: 'application/json',
    description: sentences.title('figures.json', 'Every figure of the edition'),
  };
  return [all, ...tables];
}
