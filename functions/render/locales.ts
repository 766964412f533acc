import { BadRequest } from '../errors.ts';
import { readDataGuide } from './data-guide.ts';
import { lineHolding } from './json.ts';
import { sentenceKeys, sentencesIn } from './sentences.ts';
import { settings } from './settings.ts';
import { wrongTemplate } from './template-error.ts';
import type { Templates } from './templates.ts';
import { openWords } from './words.ts';

/** The language every other is measured by. */
const MEASURE = 'en';

/** Which languages an edition can be made in. */
export interface Locales {
  /** In order, the language the others are measured by first. */
  readonly complete: readonly string[];
  /** What each other folder misses: label keys, prose files, and sentences of the figures. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
}

/**
 * A folder under `locales` is an edition's language when it has every label and every prose file that English has, and
 * words for everything that the figures say in English.
 *
 * @throws TemplateError if a folder's labels cannot be read
 */
export function completeLocales(templates: Templates): Locales {
  const folders = [
    ...new Set([...templates.files.keys()].flatMap((file) => /^locales\/([^/]+)\//.exec(file)?.[1] ?? [])),
  ].sort();
  const guide = readDataGuide(templates.files.get('DATA.md') ?? '');
  const wanted = [...contents(templates, MEASURE), ...sentenceKeys(guide)];
  const missing: Record<string, readonly string[]> = {};
  const complete = [MEASURE];
  for (const locale of folders.filter((folder) => folder !== MEASURE)) {
    const has = templates.files.has(`locales/${locale}/labels.json`)
      ? contents(templates, locale)
      : new Set<string>();
    const lacking = wanted.filter((one) => !has.has(one));
    if (lacking.length === 0) complete.push(locale);
    else missing[locale] = lacking;
  }
  return { complete, missing };
}

/**
 * The languages an edition is made in: those that `publication.json` promises to its readers.
 *
 * @throws TemplateError if one of them is not complete: readers who wait for it would be left without an edition
 */
export function editionLocales(templates: Templates): readonly string[] {
  const { languages } = settings.publication(templates.files);
  const { complete, missing } = completeLocales(templates);
  const lacking = languages.find((locale) => !complete.includes(locale));
  if (lacking === undefined) return languages;
  const file = 'publication.json';
  throw wrongTemplate(
    { file, ...lineHolding(templates.files.get(file) ?? '', `"${lacking}"`) },
    `it promises the language "${lacking}", which ${Object.hasOwn(missing, lacking) ? `lacks ${some(missing[lacking] ?? [])}` : 'has no folder in locales'}. Complete it, or take it off the list.`,
  );
}

/** The first few of many. */
export function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

/** @throws BadRequest if there is no such complete language, with what it lacks */
export function assertComplete(templates: Templates, locale: string): void {
  const { complete, missing } = completeLocales(templates);
  if (complete.includes(locale)) return;
  const lacking = Object.hasOwn(missing, locale) ? (missing[locale] ?? []) : [];
  const why = lacking.length > 0 ? ` ${locale} lacks ${some(lacking)}.` : '';
  throw new BadRequest(
    `There is no complete language "${locale.slice(0, 40)}" in templates/locales.${why} Complete: ${complete.join(', ')}.`,
    { locale },
  );
}

function contents({ files }: Templates, locale: string): Set<string> {
  const folder = `locales/${locale}/`;
  const prose = [...files.keys()]
    .filter((file) => file.startsWith(`${folder}prose/`))
    .map((file) => file.slice(folder.length));
  return new Set([...openWords(files, locale).keys, ...prose, ...sentencesIn(files, locale)]);
}
