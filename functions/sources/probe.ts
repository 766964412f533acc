import type { HttpBody } from './source.ts';

/** One thing that must stand in an answer. */
export interface Look {
  /** What we take for granted, as a sentence. */
  readonly assumption: string;
  /** Words for what is there, or undefined where it is missing. */
  readonly find: (body: HttpBody) => string | undefined;
  readonly whatToDo: string;
}

/** One small request to a live source, and what its answer must show for a pull to work. */
export interface Probe {
  /** What is asked, as the beginning of a sentence. */
  readonly what: string;
  readonly part: string;
  /** Below the base URL. */
  readonly path: string;
  readonly accept: readonly string[];
  readonly authorization?: string;
  /** Whether the source's own parser must be able to read the answer. */
  readonly reads: boolean;
  readonly looks: readonly Look[];
}

/** Looks for a pattern in the text of a body. */
export function inText(pattern: RegExp): Look['find'] {
  return ({ body }) => pattern.exec(new TextDecoder().decode(body))?.[0].slice(0, 120);
}
