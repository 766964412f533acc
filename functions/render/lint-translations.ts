import { SENTENCES } from '../sentences.ts';
import { readDataGuide } from './data-guide.ts';
import { lineHolding } from './json.ts';
import { openNumbers } from './numbers.ts';
import { openSentences, sentenceKeys, sentencesFile, sentencesIn } from './sentences.ts';
import { didYouMean, type Place } from './template-error.ts';
import type { Templates } from './templates.ts';
import { openWords } from './words.ts';

/** What is wrong in a translation, where, and by which rule. */
export interface Mistranslation {
  readonly rule: 'unused-label' | 'unused-sentence' | 'unknown-argument' | 'invisible-character' | 'icu';
  readonly place: Place;
  readonly what: string;
}

type Files = Templates['files'];

/** Marks that join, hide or reorder what is beside them; pages isolate what needs it. A joiner inside a word is none. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/**
 * Holds every translation against English: nothing in it that English has not, no argument that nobody gives, no sign
 * that cannot be seen. What it lacks is said elsewhere.
 */
export function lintTranslations(files: Files): Mistranslation[] {
  const english = openWords(files, 'en');
  const locales = [
    ...new Set([...files.keys()].flatMap((file) => /^locales\/([^/]+)\/labels\.json$/.exec(file)?.[1] ?? [])),
  ].filter((locale) => locale !== 'en');
  const keys = sentenceKeys(readDataGuide(files.get('DATA.md') ?? ''));
  return locales.flatMap((locale) => [
    ...labels(files, locale, english),
    ...sentences(files, locale, keys),
    ...invisible(files, locale),
  ]);
}

function at(files: Files, file: string, needle: string): Place {
  return { file, ...lineHolding(files.get(file) ?? '', needle) };
}

function labels(files: Files, locale: string, english: ReturnType<typeof openWords>): Mistranslation[] {
  const file = `locales/${locale}/labels.json`;
  const words = openWords(files, locale);
  return words.keys.flatMap((key): Mistranslation[] => {
    const place = at(files, file, `"${key}"`);
    if (!english.has(key))
      return [
        {
          rule: 'unused-label',
          place,
          what: `the label "${key}" is not in English and used nowhere. Remove it. ${didYouMean(key, english.keys)}`,
        },
      ];
    const given = english.argumentsOf(key);
    const strange = words.argumentsOf(key).find((name) => !given.includes(name));
    return strange === undefined
      ? []
      : [
          {
            rule: 'unknown-argument',
            place,
            what: `the label "${key}" names {${strange}}, which nobody gives it. ${given.length > 0 ? `It is given ${given.join(', ')}.` : 'It is given nothing.'}`,
          },
        ];
  });
}

function sentences(files: Files, locale: string, keys: readonly string[]): Mistranslation[] {
  const file = sentencesFile(locale);
  if (!files.has(file)) return [];
  const { argumentsOf } = openSentences(files, locale, openNumbers(locale));
  return sentencesIn(files, locale).flatMap((key): Mistranslation[] => {
    const place = at(files, file, `"${key}"`);
    if (!keys.includes(key))
      return [
        {
          rule: 'unused-sentence',
          place,
          what: `the figures never say "${key}". Remove it. ${didYouMean(key, keys)}`,
        },
      ];
    const names = argumentsOf(key);
    if (names === undefined)
      return [{ rule: 'icu', place, what: `the sentence "${key}" is not an ICU message. Look for a brace.` }];
    const english: Readonly<Record<string, string>> = SENTENCES;
    const given = [...(english[key] ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const strange = names.find((name) => !given.includes(name));
    return strange === undefined
      ? []
      : [
          {
            rule: 'unknown-argument',
            place,
            what: `the sentence "${key}" names {${strange}}, which the figures do not give it. ${given.length > 0 ? `They give ${given.join(', ')}.` : 'They give nothing.'}`,
          },
        ];
  });
}

function invisible(files: Files, locale: string): Mistranslation[] {
  return [...files]
    .filter(([file]) => file.startsWith(`locales/${locale}/`))
    .flatMap(([file, text]) =>
      text.split('\n').flatMap((line, index): Mistranslation[] => {
        const found = INVISIBLE.exec(line);
        return found
          ? [
              {
                rule: 'invisible-character',
                place: { file, line: index + 1 },
                what: `there is a sign that cannot be seen (U+${found[0].codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}) before "${line.slice(found.index + 1, found.index + 20)}". Remove it: the pages keep names and numbers in their order by themselves.`,
              },
            ]
          : [];
      }),
    );
}
