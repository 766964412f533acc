import type { Figures } from '../compute/figures.ts';
import { monthBefore, parseEdition } from '../edition.ts';
import { type PrintedCorrection, reasonIn } from '../publish/corrections.ts';
import { citationOf } from './citation.ts';
import { verdictOn } from './claims.ts';
import { FONTS, familyList } from './font-faces.ts';
import { headline } from './headline.ts';
import { Text, Written } from './html.ts';
import { lineHolding } from './json.ts';
import { completeLocales } from './locales.ts';
import { choicesOf, correctionText, lastCorrection, long, matchedPanel, told } from './page-values.ts';
import { settings } from './settings.ts';
import { wrongTemplate } from './template-error.ts';
import type { Templates } from './templates.ts';
import { fontsOf } from './theme.ts';
import type { Setting } from './vocabulary.ts';
import { directionOf, ownName } from './writing.ts';

/** The names a page's templates can use, as DATA.md lists them. */
export function pageContext(
  setting: Setting,
  templates: Templates,
  corrections: readonly PrintedCorrection[] = [],
): object {
  const { figures } = setting.book;
  const { publication, words, sentences, medium } = setting;
  const { files } = templates;
  const { complete } = completeLocales(templates);
  const spoken = headline(setting);
  const edition = parseEdition(figures.edition);
  const own = figures.sources.filter(({ serves }) => serves === 'edition');
  const days = own.map(({ asOf }) => asOf.slice(0, 10)).sort();
  return {
    publication,
    language: words.locale,
    languages: publication.languages
      .filter((one) => complete.includes(one))
      .map((locale) => ({
        locale,
        name: ownName(locale),
        direction: directionOf(locale),
        isHere: locale === words.locale,
      })),
    textDirection: directionOf(words.locale),
    print: medium === 'print',
    edition,
    month: edition,
    previousMonth: monthBefore(edition),
    url: `${publication.baseUrl}/${edition}/`,
    headline: spoken,
    headlineIsLong: String(spoken).length > LONG_HEADLINE,
    corrections: corrections.map((one) => ({
      corrects: one.corrects,
      because: correctionText(one, words.locale, reasonIn(one, words.locale)),
      at: one.at,
    })),
    lastCorrection: lastCorrection(corrections, words.locale),
    isRecorded: figures.kind === 'recorded',
    isSynthetic: figures.kind === 'synthetic',
    oldestData: days[0] ?? null,
    newestData: days.at(-1) ?? null,
    sections: sections(files),
    panel: matchedPanel(setting.book),
    choices: choicesOf(setting.book),
    hasUsageHistory: monthsOf(setting) >= LONG_ENOUGH,
    sizes: [...new Set((setting.book.table('releases-by-size')?.rows ?? []).map(({ size }) => String(size)))],
    axes: settings
      .axes(files)
      .axes.map(({ id, compares }) => ({ id, ...compares, ...standing(setting, id) })),
    labGroups: labGroups(setting, files),
    claims: claims(setting, files),
    events: events(setting, files),
    sources: own.map(described(setting)),
    comparisons: figures.sources.filter(({ serves }) => serves === 'comparison').map(described(setting)),
    absent: figures.absent.map(({ source, reason }) => ({
      source: told(sentences.source(source, source)),
      reason: told(sentences.of(reason)),
    })),
    methods: figures.methods.map(({ id, version, sentence }) => ({
      id: new Text(id),
      version,
      sentence: told(sentences.method(id, version, sentence)),
    })),
    registry: figures.registry,
    warnings: figures.checks
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ detail }) => told(sentences.of(detail))),
    fonts: new Written(FONTS, ''),
    labelFonts: new Written(familyList(fontsOf(setting.theme, words.locale).label), ''),
    style: new Written(styleSheet(files, medium), ''),
  };
}

/** Characters that the cover has room for in its largest type. */
const LONG_HEADLINE = 130;

/** Months from which on a chart of months says more than a table. */
const LONG_ENOUGH = 4;

function monthsOf({ book }: Setting): number {
  return new Set((book.table('usage-monthly')?.rows ?? []).map(({ month }) => month)).size;
}

/** A source as a page names it. */
function described({ sentences }: Setting): (source: Figures['sources'][number]) => object {
  return (source) => ({
    id: source.source,
    producer: new Text(source.producer),
    title: told(sentences.source(source.source, source.title)),
    url: new Text(source.url),
    licence: source.licence === null ? null : new Text(source.licence),
    citation: long(citationOf(source)),
    asOf: source.asOf,
    retrievedAt: source.retrievedAt,
    from: source.window.from,
    to: source.window.to,
    universe: told(sentences.of(source.universe)),
    remarks: source.remarks.map((remark) => told(sentences.of(remark))),
    sha256: source.sha256,
    bodies: source.bodies.length,
    transcribed: source.bodies.some((body) => body.transcribed !== null),
    transcribedFrom: [
      ...new Set(source.bodies.flatMap((body) => (body.transcribed === null ? [] : [body.transcribed]))),
    ].map((transcribed) => told(sentences.of(transcribed))),
  });
}

function sections(files: Templates['files']): object[] {
  const known = [...files.keys()].filter((file) => file.startsWith('report/sections/'));
  let number = 0;
  let page = '';
  const listed = settings.order(files).sections.map(({ id, numbered, follows }) => {
    if (!follows) page = id;
    if (!known.includes(`report/sections/${id}.hbs`)) {
      const file = 'report/order.json';
      throw wrongTemplate(
        { file, ...lineHolding(files.get(file) ?? '', `"${id}"`) },
        `there is no section report/sections/${id}.hbs. There are ${known.map((one) => one.slice(16, -4)).join(', ')}.`,
      );
    }
    if (numbered) number += 1;
    return { id, page, partial: `sections/${id}`, numbered, number: numbered ? number : 0 };
  });
  return listed.map((one) => ({ ...one, together: listed.filter((other) => other.page === one.page) }));
}

/** Whether an axis's lead changed hands in this edition, by the ledger: `first`, `yes`,
 * `contested`, `no`, `nobody` (nobody ever led) or `missing`. */
function standing({ book }: Setting, axis: string): { hands: string; since: string | null } {
  const row = book.table('leads')?.rows.find((one) => one.axis === axis);
  const changed = book
    .table('lead-changes')
    ?.rows.some((one) => one.axis === axis && one.edition === book.figures.edition);
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  if (!row || row.leader === 'missing') return { hands: 'missing', since: null };
  if (row.editions === 1) return { hands: 'first', since: null };
  if (changed) return { hands: 'yes', since: text(row.since) };
  if (row.contestedSince) return { hands: 'contested', since: text(row.contestedSince) };
  return row.since ? { hands: 'no', since: text(row.since) } : { hands: 'nobody', since: null };
}

/** The labs of `labs.json`, in its groups and order, each with its row of the table, or with nothing where it has none. */
function labGroups({ book }: Setting, files: Templates['files']): object[] {
  const table = book.table('labs');
  const rows = table ? book.rows(table) : [];
  const empty = Object.fromEntries((table?.columns ?? []).map(({ name }) => [name, null]));
  return settings.labs(files).groups.map(({ country, labs: followed }) => ({
    country,
    labs: followed.map(({ maker, brand, note = null }) => {
      const row = rows.find((one) => String(one.maker) === maker);
      return { ...empty, ...row, seen: row !== undefined, brand, note };
    }),
  }));
}

function claims({ book }: Setting, files: Templates['files']): object[] {
  return settings.claims(files).claims.map((claim) => {
    const verdict = verdictOn(claim, book.figures);
    return { ...claim, verdict, isOpen: verdict === 'notComparable' || verdict === 'notMeasured' };
  });
}

function styleSheet(files: Templates['files'], medium: Setting['medium']): string {
  const wanted = ['report/report.css', medium === 'print' ? 'report/print.css' : 'report/web.css'];
  return wanted
    .map((file) => {
      const text = files.get(file);
      if (text === undefined) throw wrongTemplate({ file }, 'the style sheet is missing.');
      return text;
    })
    .join('\n');
}

/** What happened until the month's end, oldest first. */
function events({ book, words }: Setting, files: Templates['files']): object[] {
  return settings
    .events(files)
    .events.filter(({ date }) => date.slice(0, 7) <= book.figures.edition)
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
    .map(({ id, date, side, source, confidence }) => ({
      date,
      side,
      what: words.label(`event.${id}`),
      source: new Text(source),
      confidence,
    }));
}
