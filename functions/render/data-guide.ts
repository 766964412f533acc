/** What DATA.md promises to editors; the linter knows the figures from nowhere else. */
export interface DataGuide {
  readonly figures: readonly string[];
  readonly tables: readonly string[];
  /** Indicators with their version, as `usage@1`. */
  readonly indicators: readonly string[];
  readonly sources: readonly string[];
}

/** Reads the ids out of DATA.md: code spans under its headings. */
export function readDataGuide(text: string): DataGuide {
  return {
    figures: spans(text, 'Figures').flatMap(braces),
    tables: spans(text, 'Tables and series').flatMap(braces),
    indicators: spans(text, 'Indicators'),
    sources: spans(text, 'Sources'),
  };
}

/** The first code span of every row of the tables under a heading. */
function spans(text: string, heading: string): string[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, span = '']) => span);
}

/** `a.{b,c}` as `a.b` and `a.c`. */
function braces(pattern: string): string[] {
  const found = /^(.*?)\{([^}]*)\}(.*)$/.exec(pattern);
  if (!found) return [pattern];
  const [, before = '', inside = '', after = ''] = found;
  return inside.split(',').flatMap((one) => braces(`${before}${one}${after}`));
}
