/** A string, or what is only for who reads the file: comments, and blanks beside signs. */
const PARTS = /("(?:[^"\\]|\\.)*")|\/\*[\s\S]*?\*\/|(:)\s+|\s*([{};,>])\s*|\s+/g;

/** A style sheet without comments and without the blanks that only make it readable. */
export function slimCss(css: string): string {
  return css
    .replace(PARTS, (_, string?: string, colon?: string, sign?: string) => string ?? colon ?? sign ?? ' ')
    .replaceAll(';}', '}')
    .trim();
}
