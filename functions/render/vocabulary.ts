import type { Figure } from '../compute/figures.ts';
import type { FiguresBook } from './figures-book.ts';
import type { Numbers } from './numbers.ts';
import type { Sentences } from './sentences.ts';
import type { Publication } from './settings.ts';
import type { Theme } from './theme.ts';
import type { Words } from './words.ts';

/** What every helper works with: one edition in one language. */
export interface Setting {
  readonly book: FiguresBook;
  readonly words: Words;
  /** What the figures say in words, in the same language. */
  readonly sentences: Sentences;
  readonly numbers: Numbers;
  readonly theme: Theme;
  readonly publication: Publication;
  /** Printed on paper, or read on a screen. */
  readonly medium: 'print' | 'web';
}

/** How a helper was called. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly hash: Readonly<Record<string, unknown>>;
  /** A block's body, with the values it sees as `this`; undefined for a plain helper. */
  readonly body: ((context: object, data?: Readonly<Record<string, unknown>>) => string) | undefined;
  /** A block's `{{else}}`. */
  readonly otherwise: (() => string) | undefined;
}

/** A helper takes a call and gives what is written; what it cannot do it says by a Complaint. */
export type Helper = (call: Call) => unknown;

/** What is wrong in a template, as sentences; whoever called adds the place. */
export class Complaint extends Error {}

/** The first arguments, all of which must be there. */
export function need(call: Call, count: number, what: string): readonly unknown[] {
  if (call.args.length !== count) {
    throw new Complaint(
      `{{${call.name}}} takes ${what}; here it has ${call.args.length} argument${call.args.length === 1 ? '' : 's'}.`,
    );
  }
  return call.args;
}

/** A number in a template's hash. */
export function whole(call: Call, name: string, otherwise: number): number {
  const value = call.hash[name] ?? otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new Complaint(`{{${call.name}}}: ${name} must be a whole number, as ${name}=1.`);
  }
  return value;
}

export type FigureOrCell =
  | { readonly kind: 'figure'; readonly id: string; readonly figure: Figure }
  | { readonly kind: 'cell'; readonly value: string | number }
  | { readonly kind: 'nothing' };
