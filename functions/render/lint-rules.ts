import type { Figures } from '../compute/figures.ts';
import { TemplateError } from '../errors.ts';
import { fillChart } from './chart-spec.ts';
import { readDataGuide } from './data-guide.ts';
import { allHelpers, openSetting } from './document.ts';
import { EMAIL_FILES } from './email-document.ts';
import { strangeClasses } from './email-styles.ts';
import { chartNames, type Inspection, inspectTemplates } from './inspect.ts';
import { lineHolding } from './json.ts';
import { labelsOfSettings } from './labels-of-settings.ts';
import { lintTranslations } from './lint-translations.ts';
import { completeLocales, some } from './locales.ts';
import { settings } from './settings.ts';
import { didYouMean, type Place, wrongTemplate } from './template-error.ts';
import type { Templates } from './templates.ts';
import { readTheme } from './theme.ts';
import { openWords } from './words.ts';

/** The linter asks which helpers there are, not what they would write. */
const NO_FIGURES: Figures = {
  schemaVersion: 2,
  edition: '2026-01',
  kind: 'synthetic',
  registry: { organisations: '', openness: '', classifiedAt: '2026-01-01' },
  sources: [],
  absent: [],
  methods: [],
  figures: {},
  tables: {},
  series: {},
  checks: [],
};

/** One thing an editor should mend, with the rule it breaks. */
export interface Finding {
  readonly rule: string;
  /** True if it must be mended before an edition can be made; false for what is only good to know. */
  readonly grave: boolean;
  readonly message: string;
}

type Files = Templates['files'];

/** Holds the editor's folder against every rule, in the language the others are measured by. */
export function lintTemplates({ files, fonts }: Templates): Finding[] {
  const unreadable = readable(files);
  if (unreadable.length > 0) return unreadable;
  const guide = readDataGuide(files.get('DATA.md') ?? '');
  const words = openWords(files, 'en');
  const inspection = inspectTemplates({
    helpers: Object.keys(allHelpers(openSetting(NO_FIGURES, { files, fonts }, 'en', 'web'), files, [])),
    figures: guide.figures,
    tables: guide.tables,
    labels: words.keys,
    argumentsOf: words.argumentsOf,
    files,
    locale: 'en',
  });
  const named = labelsOfSettings(files);
  return [
    ...inspection.errors.map((error) => ({ rule: 'unknown-name', grave: true, message: error.message })),
    ...named
      .filter(({ key }) => !words.has(key))
      .map(({ key, place }) =>
        finding(
          'missing-label',
          place,
          `the label "${key}" is needed and not in locales/en/labels.json. Add it. ${didYouMean(key, words.keys)}`,
        ),
      ),
    ...unusedLabels(
      files,
      words.keys,
      inspection,
      named.map(({ key }) => key),
    ),
    ...messages(files),
    ...unusedFiles(files, inspection),
    ...charts(files, guide.tables),
    ...unknownFigures(files, guide.figures),
    ...outside(files),
    ...strangeClasses(files).map(({ message }) => ({ rule: 'unknown-class', grave: true, message })),
    ...lintTranslations(files).map(({ rule, place, what }) => finding(rule, place, what)),
    ...incomplete({ files, fonts }),
  ];
}

function finding(rule: string, place: Place, what: string): Finding {
  return { rule, grave: true, message: wrongTemplate(place, what).message };
}

/** What throws when it is read, as a finding. */
function attempt(rule: string, read: () => unknown): Finding[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof TemplateError) return [{ rule, grave: true, message: error.message }];
    throw error;
  }
}

function readable(files: Files): Finding[] {
  return [
    () => readTheme(files),
    () => settings.publication(files),
    () => settings.order(files),
    () => settings.axes(files),
    () => settings.labs(files),
    () => settings.claims(files),
    () => settings.events(files),
    () => openWords(files, 'en'),
  ].flatMap((read) => attempt('json', read));
}

function unusedLabels(
  files: Files,
  keys: readonly string[],
  { labels }: Inspection,
  named: readonly string[],
): Finding[] {
  const file = 'locales/en/labels.json';
  // A code of the figures may be asked for in any month.
  const used = new Set([...labels, ...named]);
  return keys
    .filter((key) => !used.has(key) && !key.startsWith('code.'))
    .map((key) =>
      finding(
        'unused-label',
        { file, ...lineHolding(files.get(file) ?? '', `"${key}"`) },
        `the label "${key}" is used nowhere. Remove it, or use it.`,
      ),
    );
}

/** Every label of every language must be an ICU message. */
function messages(files: Files): Finding[] {
  const locales = [
    ...new Set([...files.keys()].flatMap((file) => /^locales\/([^/]+)\/labels\.json$/.exec(file)?.[1] ?? [])),
  ];
  return locales.flatMap((locale) => {
    const words = openWords(files, locale);
    return words.keys.flatMap((key) => attempt('icu', () => words.check(key)));
  });
}

function unusedFiles(files: Files, { partials, charts: drawn, prose }: Inspection): Finding[] {
  const sections = settings.order(files).sections.map(({ id }) => `report/sections/${id}.hbs`);
  const known = (file: string): boolean => {
    if (file.startsWith('report/partials/')) return partials.has(file.slice(7, -4));
    if (file.startsWith('report/sections/')) return sections.includes(file);
    if (file.startsWith('email/'))
      return EMAIL_FILES.includes(file) || (file.endsWith('.hbs') && partials.has(file.slice(0, -4)));
    if (file.startsWith('charts/')) return drawn.has(file.slice(7).replace(/\.vl\.json$/, ''));
    if (file.startsWith('locales/en/prose/')) return prose.has(file.slice(17, -3));
    return true;
  };
  return [...files.keys()]
    .filter((file) => !known(file))
    .map((file) => finding('unused-file', { file }, 'nothing uses this file. Remove it, or use it.'));
}

function charts(files: Files, tables: readonly string[]): Finding[] {
  const theme = readTheme(files);
  const words = openWords(files, 'en');
  const known = ['balance', ...tables];
  const rows = (name: string) => (known.includes(name) ? [] : undefined);
  return chartNames(files).flatMap((name) =>
    attempt('chart', () =>
      fillChart(files, name, { theme, words, rows, known }, { phone: false, width: theme.charts.full }),
    ),
  );
}

function unknownFigures(files: Files, known: readonly string[]): Finding[] {
  const axes = settings
    .axes(files)
    .axes.flatMap(({ compares, draws }) =>
      [compares, ...(draws ? [draws] : [])].flatMap(({ china, unitedStates }) =>
        [china, unitedStates].map((id) => ({ id, file: 'report/axes.json' })),
      ),
    );
  const claims = settings
    .claims(files)
    .claims.flatMap(({ measuredBy, test }) => [
      ...measuredBy,
      ...(test.kind === 'order' ? [test.first, test.second] : test.kind === 'level' ? [test.figure] : []),
    ])
    .map((id) => ({ id, file: 'claims.json' }));
  return [...axes, ...claims]
    .filter(({ id }) => !known.includes(id))
    .map(({ id, file }) =>
      finding(
        'unknown-figure',
        { file, ...lineHolding(files.get(file) ?? '', `"${id}"`) },
        `there is no figure "${id}" in DATA.md. ${didYouMean(id, known)}`,
      ),
    );
}

/** What would load or run something from outside the document. */
const OUTSIDE =
  /\b(?:src|srcset|poster|data)\s*=\s*["']?\s*(?:https?:|\/\/)|url\(\s*["']?(?!data:|#)|@import\b|<script\b|<iframe\b|<object\b|<embed\b|<link\b[^>]*stylesheet|\son[a-z]+\s*=/gi;

function outside(files: Files): Finding[] {
  return [...files]
    .filter(([file]) => /\.(css|hbs)$/.test(file))
    .flatMap(([file, text]) =>
      [...text.matchAll(OUTSIDE)].map((match) =>
        finding(
          'outside',
          { file, line: text.slice(0, match.index).split('\n').length },
          `"${match[0].trim().slice(0, 60)}" reaches outside the document or runs a script. Print refuses it: put it into the templates, or leave it out.`,
        ),
      ),
    );
}

/** What is promised to readers must be there; any other language may be on its way. */
function incomplete(templates: Templates): Finding[] {
  const { languages } = settings.publication(templates.files);
  return Object.entries(completeLocales(templates).missing).map(([locale, missing]) => ({
    ...finding(
      'incomplete-language',
      { file: `locales/${locale}/labels.json` },
      `this language lacks ${some(missing)}, and is no edition’s language until it has them.${languages.includes(locale) ? ' publication.json promises it.' : ''}`,
    ),
    grave: languages.includes(locale),
  }));
}
