import { SENTENCES, type SentenceCode } from '../sentences.ts';

/** One of the figures' sentences by its name, with what was put into it. */
export interface Recognised {
  readonly code: SentenceCode;
  readonly values: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly code: SentenceCode;
  readonly form: RegExp;
}

/** The whole of a text that begins with the sentence; what follows it is the last group. */
const PATTERNS: readonly Pattern[] = Object.entries(SENTENCES)
  .map(([code, text]) => ({ code: code as SentenceCode, text }))
  // Of two that fit, the one with more words of its own says more.
  .sort((a, b) => wordsOf(b.text).length - wordsOf(a.text).length)
  .map(({ code, text }) => ({ code, form: formOf(text) }));

/**
 * Finds the sentences that a text of the figures is made of: the way back from `say`.
 *
 * @returns in their order; undefined if any part of the text is none of them
 */
export function recognise(text: string): readonly Recognised[] | undefined {
  for (const { code, form } of PATTERNS) {
    const found = form.exec(text);
    if (!found) continue;
    const { rest, ...values } = found.groups ?? {};
    const others = rest === undefined ? [] : recognise(rest);
    if (others) return [{ code, values }, ...others];
  }
  return undefined;
}

function wordsOf(text: string): string {
  return text.replace(/\{\w+\}/g, '');
}

function formOf(text: string): RegExp {
  const seen = new Set<string>();
  const body = text
    .split(/(\{\w+\})/)
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      if (seen.has(name)) return `\\k<${name}>`;
      seen.add(name);
      // No value ends a sentence.
      return `(?<${name}>(?:(?!\\. ).)+?)`;
    })
    .join('');
  return new RegExp(`^${body}(?: (?<rest>.+))?$`, 'su');
}
