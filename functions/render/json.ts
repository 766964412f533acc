import { z } from 'zod';
import { didYouMean, wrongTemplate } from './template-error.ts';

/**
 * Reads a JSON file of the editor's folder.
 *
 * @throws TemplateError naming the file and, where it can be known, the line
 */
export function readJson<T>(files: ReadonlyMap<string, string>, file: string, schema: z.ZodType<T>): T {
  const text = files.get(file);
  if (text === undefined) {
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const siblings = [...files.keys()].filter((path) => path.startsWith(folder));
    throw wrongTemplate({ file }, `the file is missing. ${didYouMean(file, siblings)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw wrongTemplate(
      { file, ...lineOf(text, message) },
      `this is not JSON: ${message}. Look for a missing comma or quote.`,
      cause,
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const last = issue?.path.findLast((part) => typeof part === 'string');
  const line = typeof last === 'string' ? lineHolding(text, `"${last}"`) : {};
  throw wrongTemplate(
    { file, ...line },
    `${z.prettifyError(result.error).replaceAll('\n', ' ').slice(0, 500)}. Correct it as templates/README.md shows.`,
    result.error,
  );
}

/** How many characters of the text a JSON parser quotes before the one it stumbled over. */
const QUOTED_BEFORE = 10;

/** The line a JSON parser's message speaks of: by position, or by the piece of text it quotes. */
function lineOf(text: string, message: string): { line?: number } {
  const position = /position (\d+)/.exec(message)?.[1];
  const quoted = /\.\.\."([\s\S]*?)"(?:\.\.\.)? is not valid JSON/.exec(message)?.[1];
  const found = quoted === undefined ? -1 : text.indexOf(quoted);
  const at = position === undefined ? (found < 0 ? undefined : found + QUOTED_BEFORE) : Number(position);
  return at === undefined ? {} : { line: text.slice(0, at).split('\n').length };
}

/** The first line that holds a text. */
export function lineHolding(text: string, needle: string): { line?: number } {
  const at = text.indexOf(needle);
  return at < 0 ? {} : { line: text.slice(0, at).split('\n').length };
}
