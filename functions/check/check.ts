import type { Archive } from '../archive/archive.ts';
import { bytesArtefact } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import { Work } from '../archive/work.ts';
import { type Check, type Figures, figuresArtefact } from '../compute/figures.ts';
import type { Edition } from '../edition.ts';
import { IncompleteEdition } from '../errors.ts';
import { pdfArtefact, pngArtefact } from '../print/printed.ts';
import { emailArtefact, emailHtmlArtefact, emailTextArtefact } from '../render/email.ts';
import { htmlArtefact, type PrintJob, printJobArtefact, svgArtefact } from '../render/print-job.ts';
import { chartsLinked, judgeCharts } from './charts.ts';
import { judgeCorrections } from './corrections.ts';
import { judgeFigures } from './figures.ts';
import { type JudgedMail, judgeMail } from './mail.ts';
import { inspectPdf, type PdfFacts } from './pdf.ts';
import { judgeConformance } from './pdf-conformance.ts';
import { judgePdf } from './pdf-judge.ts';
import { judgePages } from './pdf-pages.ts';
import { type Decision, type Verdict, verdictArtefact } from './verdict.ts';
import { judgeWeb } from './web.ts';

const anyArtefact = bytesArtefact();

/** What is judged of one language. */
export interface JudgedLocale {
  readonly locale: string;
  readonly job: PrintJob;
  readonly pdf: PdfFacts;
  /** What the PDF's stamp says of it, held against the file. */
  readonly conformance: readonly Check[];
  /** The page that was printed. */
  readonly report: string;
  readonly web: string;
  /** The web edition's charts as SVG files, by name. */
  readonly charts: ReadonlyMap<string, string>;
  readonly mail: JudgedMail;
}

/**
 * Judges a whole draft: its figures, and in each language what a reader will hold.
 *
 * @returns the verdict, which is also written; a hold or a refusal is an answer, not an error
 * @throws IncompleteEdition if a language is not printed, or anything changed since a stage finished it
 */
export async function checkEdition(options: {
  archive: Archive;
  edition: Edition;
  locales: readonly string[];
}): Promise<Verdict> {
  const { archive, edition, locales } = options;
  if (locales.length === 0)
    throw new IncompleteEdition(`Nothing to judge: no language of ${edition} was named.`);
  const work = await Work.open(archive, { stage: 'check', edition });
  const figures = await work.read(figuresArtefact, keys.figures(edition));
  const judgedLocales: JudgedLocale[] = [];
  for (const locale of locales) {
    const printed = await work.read(pdfArtefact, keys.reportPdf(edition, locale));
    judgedLocales.push({
      locale,
      job: await work.read(printJobArtefact, keys.printJob(edition, locale)),
      pdf: await inspectPdf(printed),
      conformance: await judgeConformance(printed),
      report: await work.read(htmlArtefact, keys.reportHtml(edition, locale)),
      web: await work.read(htmlArtefact, keys.webHtml(edition, locale)),
      charts: await readCharts(work, edition, locale),
      mail: await readMail(work, edition, locale),
    });
  }
  const judged = Object.fromEntries([...work.finished].filter(([key]) => belongs(key, edition, locales)));
  for (const key of Object.keys(judged)) await work.read(anyArtefact, key);

  const verdict = judge(edition, figures, judgedLocales, judged);
  await work.write(verdictArtefact, keys.verdict(edition), verdict);
  await work.finish();
  return verdict;
}

/** The charts of a language that lie beside its web page. */
async function readCharts(work: Work, edition: Edition, locale: string): Promise<Map<string, string>> {
  const folder = keys.chart(edition, locale, '').replace(/\.svg$/, '');
  const charts = new Map<string, string>();
  for (const key of work.finished.keys())
    if (key.startsWith(folder))
      charts.set(key.slice(folder.length).replace(/\.svg$/, ''), await work.read(svgArtefact, key));
  return charts;
}

/** The mail of a language with its pictures. */
async function readMail(work: Work, edition: Edition, locale: string): Promise<JudgedMail> {
  const email = await work.read(emailArtefact, keys.email(edition, locale));
  const pictures = new Map<string, Uint8Array>();
  for (const { name } of email.pictures)
    pictures.set(name, await work.read(pngArtefact, keys.picture(edition, locale, name)));
  return {
    email,
    html: await work.read(emailHtmlArtefact, keys.emailHtml(edition, locale)),
    text: await work.read(emailTextArtefact, keys.emailText(edition, locale)),
    pictures,
  };
}

/** The verdict on what was read. Pure. */
export function judge(
  edition: Edition,
  figures: Figures,
  locales: readonly JudgedLocale[],
  judged: Record<string, string>,
): Verdict {
  const reasons = [
    ...judgeFigures(figures, edition),
    ...locales.flatMap(({ locale, job, pdf, conformance, report, web, charts, mail }) =>
      [
        ...judgePdf(pdf, {
          title: job.title,
          language: job.language,
          onCover: [job.subject],
          families: familiesOf(job),
          attachments: job.attachments.map(({ name }) => name),
        }),
        ...judgePages(pdf, report),
        ...conformance,
        ...judgeWeb(web, {
          language: job.language,
          direction: job.direction,
          files: new Set(Object.keys(judged).map((key) => key.slice(keys.draft(edition).length))),
          locales: locales.map((one) => one.locale),
        }),
        ...judgeCharts(charts, chartsLinked(web)),
        ...judgeMail(mail, job.corrections ?? []),
        ...judgeCorrections(job.corrections ?? [], { cover: pdf.textByPage[0] ?? '', web, locale }),
      ].map((check) => ({
        ...check,
        id: `${locale}.${check.id}`,
      })),
    ),
  ];
  return {
    schemaVersion: 1,
    edition,
    decision: decide(reasons),
    reasons,
    locales: locales.map(({ locale }) => locale),
    judged,
  };
}

/** The gravest outcome decides. */
export function decide(reasons: readonly Check[]): Decision {
  const outcomes = new Set(reasons.map((reason) => reason.outcome));
  if (outcomes.has('refuse')) return 'refuse';
  if (outcomes.has('hold')) return 'hold';
  return outcomes.has('warning') ? 'publish with warnings' : 'publish';
}

/** Of the draft: what is of the whole edition, and of the languages judged. */
function belongs(key: string, edition: Edition, locales: readonly string[]): boolean {
  const path = key.slice(keys.draft(edition).length);
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : null;
  return folder === null || folder === 'tables' || locales.includes(folder);
}

/** The families of a print job as PDF names spell them: without spaces. */
function familiesOf(job: PrintJob): string[] {
  const families = job.fonts.flatMap((font) =>
    [.../"([^"]+)"|'([^']+)'/g[Symbol.matchAll](font)].map(([, double, single]) => double ?? single ?? ''),
  );
  return [...new Set(families.map((family) => family.replaceAll(' ', '')))];
}
