import { IntlMessageFormat } from 'intl-messageformat';
import MarkdownIt from 'markdown-it';
import { z } from 'zod';
import { TemplateError } from '../errors.ts';
import { escapeHtml, toHtml, Written } from './html.ts';
import { lineHolding, readJson } from './json.ts';
import { didYouMean, wrongTemplate } from './template-error.ts';
import { intlLocale, percentagesOrdered } from './writing.ts';

const labelsSchema = z.record(
  z
    .string()
    .regex(/^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+)+$/, 'A label’s key is dotted, as section.usage.title'),
  z.string().min(1),
);

/** Kinds of elements of an ICU message that name no argument, as its parser numbers them: text, and `#`. */
const [LITERAL, POUND] = [0, 7];

/** All text of one language. */
export interface Words {
  readonly locale: string;
  readonly keys: readonly string[];
  has(key: string): boolean;
  /**
   * A label with its arguments, as HTML: text is escaped, what is HTML already stays.
   *
   * @throws TemplateError if there is no such label, an argument is missing, or the label is not an ICU message
   */
  label(key: string, values?: Readonly<Record<string, unknown>>): Written;
  /** @throws TemplateError if the label is not an ICU message */
  check(key: string): void;
  /** The arguments a label names, in whichever of its choices; none for a label that is no ICU message. */
  argumentsOf(key: string): readonly string[];
  /** A Markdown file of the language's `prose` folder, as HTML. */
  prose(name: string): Written;
}

/** @throws TemplateError if the language has no labels, or they are no dotted keys with ICU messages */
export function openWords(files: ReadonlyMap<string, string>, locale: string): Words {
  const file = `locales/${locale}/labels.json`;
  const labels = new Map(Object.entries(readJson(files, file, labelsSchema)));
  const source = files.get(file) ?? '';
  const compiled = new Map<string, IntlMessageFormat>();
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
  markdown.validateLink = (link) => /^(https:|mailto:|#)/.test(link);

  const message = (key: string): IntlMessageFormat => {
    const known = compiled.get(key);
    if (known) return known;
    const text = labels.get(key);
    if (text === undefined) {
      throw wrongTemplate({ file }, `there is no label "${key}". Add it. ${didYouMean(key, labels.keys())}`);
    }
    try {
      const made = new IntlMessageFormat(text, intlLocale(locale));
      compiled.set(key, made);
      return made;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw wrongTemplate(
        { file, ...lineHolding(source, `"${key}"`) },
        `the label "${key}" is not an ICU message: ${why}.`,
        cause,
      );
    }
  };

  const write = (key: string, values: Readonly<Record<string, unknown>>, how: Style): string => {
    const chosen = message(key);
    const wrapped = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : new Argument(how.value(value), String(value)),
    ]);
    try {
      const parts = chosen.formatToParts<string | Argument | Bold>({
        ...Object.fromEntries(wrapped),
        b: (chunks) => new Bold(chunks),
      });
      return parts.map((part) => written(part.value, how)).join('');
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw wrongTemplate(
        { file, ...lineHolding(source, `"${key}"`) },
        `the label "${key}" cannot be written: ${why}. Give it every argument it names.`,
        cause,
      );
    }
  };

  return {
    locale,
    keys: [...labels.keys()],
    has: (key) => labels.has(key),
    check: (key) => void message(key),
    argumentsOf: (key) => {
      try {
        return [...named(message(key).getAst())];
      } catch (error) {
        if (error instanceof TemplateError) return [];
        throw error;
      }
    },
    label: (key, values = {}) => new Written(write(key, values, markup(locale)), write(key, values, PLAIN)),
    prose: (name) => {
      const path = `locales/${locale}/prose/${name}.md`;
      const text = files.get(path);
      if (text === undefined) {
        const known = [...files.keys()].filter((one) => one.startsWith(`locales/${locale}/prose/`));
        throw wrongTemplate({ file: path }, `there is no such prose. ${didYouMean(path, known)}`);
      }
      return new Written(markdown.render(text), text);
    },
  };
}

/** The names of a message's arguments, inside its choices and marks too. */
export function named(elements: ReturnType<IntlMessageFormat['getAst']>): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    if ('options' in element) {
      names.add(element.value);
      for (const { value } of Object.values(element.options))
        for (const name of named(value)) names.add(name);
    } else if ('children' in element) {
      for (const name of named(element.children)) names.add(name);
    } else if (element.type !== LITERAL && element.type !== POUND && 'value' in element) {
      names.add(element.value);
    }
  }
  return names;
}

/** An argument: chosen by its text, printed as it is written. */
class Argument {
  readonly written: string;
  readonly #text: string;
  constructor(written: string, text: string) {
    this.written = written;
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

class Bold {
  readonly chunks: readonly unknown[];
  constructor(chunks: readonly unknown[]) {
    this.chunks = chunks;
  }
}

/** How the parts of a message become markup, or plain text. */
interface Style {
  readonly text: (literal: string) => string;
  readonly value: (value: unknown) => string;
  readonly bold: (inner: string) => string;
}
const markup = (locale: string): Style => ({
  text: (text) => percentagesOrdered(escapeHtml(text), locale),
  value: toHtml,
  bold: (inner) => `<strong>${inner}</strong>`,
});
const PLAIN: Style = { text: (text) => text, value: String, bold: (inner) => inner };

function written(value: unknown, how: Style): string {
  if (value instanceof Argument) return value.written;
  if (value instanceof Bold) return how.bold(value.chunks.map((chunk) => written(chunk, how)).join(''));
  return how.text(String(value));
}
