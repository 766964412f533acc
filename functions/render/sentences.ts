import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { SENTENCES } from '../sentences.ts';
import type { DataGuide } from './data-guide.ts';
import { drawable } from './drawable.ts';
import { cut } from './html.ts';
import { lineHolding, readJson } from './json.ts';
import type { Numbers } from './numbers.ts';
import { recognise } from './recognise.ts';
import { didYouMean, wrongTemplate } from './template-error.ts';
import { named } from './words.ts';
import { intlLocale } from './writing.ts';

/** The language that the figures themselves speak. */
const SPOKEN = 'en';

const sentencesSchema = z.record(z.string(), z.string().min(1));

/** What the figures say in words, in the language of the report. */
export interface Sentences {
  /** Reasons, universes, remarks and findings of checks: one sentence of `functions/sentences.ts`, or several. */
  of(english: string): string;
  /** How an indicator measures, in its version. */
  method(id: string, version: number, english: string): string;
  /** What a table is of. */
  title(table: string, english: string): string;
  /** What a source calls what we read of it. */
  source(name: string, english: string): string;
  /** The names a sentence has in braces; undefined for one that is no ICU message. */
  argumentsOf(key: string): readonly string[] | undefined;
}

/**
 * Opens a language's sentences.
 *
 * @throws TemplateError on use, if the language has no words for what the figures say; never the English instead
 */
export function openSentences(
  files: ReadonlyMap<string, string>,
  locale: string,
  numbers: Numbers,
): Sentences {
  if (locale === SPOKEN) {
    return {
      of: drawable,
      method: (_, __, english) => english,
      title: (_, english) => english,
      source: (_, english) => cut(drawable(english)),
      argumentsOf: () => [],
    };
  }
  const file = sentencesFile(locale);
  const known = readJson(files, file, sentencesSchema);
  const write = (key: string, values: Readonly<Record<string, string>> = {}): string => {
    const text = Object.hasOwn(known, key) ? known[key] : undefined;
    if (text === undefined)
      throw wrongTemplate(
        { file },
        `there is no sentence "${key}". Add it. ${didYouMean(key, Object.keys(known))}`,
      );
    try {
      const written = Object.entries(values).map(([name, value]) => [name, writtenValue(value, numbers)]);
      return String(new IntlMessageFormat(text, intlLocale(locale)).format(Object.fromEntries(written)));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw wrongTemplate(
        { file, ...lineHolding(files.get(file) ?? '', `"${key}"`) },
        `the sentence "${key}" cannot be written: ${why}. It may name ${Object.keys(values).join(', ') || 'nothing'}.`,
        cause,
      );
    }
  };
  return {
    of: (english) => {
      const found = recognise(english);
      if (!found)
        throw wrongTemplate(
          { file },
          `the figures say "${english.slice(0, 120)}", which is no sentence of functions/sentences.ts, so that no language has words for it. Let it be said by \`say\` there.`,
        );
      return found.map(({ code, values }) => write(code, values)).join(locale === 'zh' ? '' : ' ');
    },
    method: (id, version) => write(`method.${id}.v${version}`),
    title: (table) => write(`title.${table}`),
    source: (name) => write(`source.${name}`),
    argumentsOf: (key) => {
      try {
        return [...named(new IntlMessageFormat(known[key] ?? '', intlLocale(locale)).getAst())];
      } catch (error) {
        if (error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
  };
}

/** Where a language has its sentences; English has none of its own, the figures speak it. */
export function sentencesFile(locale: string): string {
  return `locales/${locale}/sentences.json`;
}

/** Names of the sentences that every language but English must have, whatever the month. */
export function sentenceKeys({ tables, indicators, sources }: DataGuide): readonly string[] {
  return [
    ...Object.keys(SENTENCES),
    ...indicators.map((one) => `method.${one.replace('@', '.v')}`),
    ...[...tables, ...ABOUT_FIGURES].map((table) => `title.${table}`),
    ...sources.map((source) => `source.${source}`),
  ];
}

/** Attached beside the tables: about the figures themselves. */
const ABOUT_FIGURES = ['figures.json', 'figures', 'origins'];

/** Names of the sentences that a language has. */
export function sentencesIn(files: ReadonlyMap<string, string>, locale: string): readonly string[] {
  const file = sentencesFile(locale);
  return files.has(file) ? Object.keys(readJson(files, file, sentencesSchema)) : [];
}

/**
 * What was put into a sentence, as the language writes it: whole numbers as numbers, so that a message can choose by
 * them; parts, months and days in words; spans of days as ranges; names as they are, listed as the language lists.
 */
function writtenValue(text: string, numbers: Numbers): string | number {
  if (/^(\d{1,15}|\d{1,3}(,\d{3})+)$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^-?[\d.]+ %$/.test(text)) return numbers.share(Number.parseFloat(text) / 100, 1);
  const items = text.split(', ').map((item) => dated(item, numbers));
  return items.length > 1 ? numbers.list(items) : (items[0] ?? '');
}

const DAY = /^\d{4}-\d{2}(-\d{2})?$/;

function dated(item: string, numbers: Numbers): string {
  if (DAY.test(item)) return numbers.date(item);
  const [from, to] = item.split(' to ');
  if (from && to && DAY.test(from) && DAY.test(to)) return `${numbers.date(from)} – ${numbers.date(to)}`;
  const instant = /^(\d{4}-\d{2}-\d{2})T[\d:.]+Z$/.exec(item)?.[1];
  return instant ? numbers.date(instant) : drawable(item);
}
