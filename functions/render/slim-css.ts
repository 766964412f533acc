/** A string, or what is only for who reads the file: comments, and blanks beside signs. */
const PARTS = /("(?:[^"\\]|\\.)*")|\/\*[\s\S]*?\*\/|(:)\s+|\s*([{};,>])\s*|\s+/g;

/**
 * A style sheet without comments, without the blanks that only make it readable, and without rules for classes that the
 * page does not have: nothing runs in it, so that it never will.
 *
 * @param page the HTML it is for
 */
export function slimCss(css: string, page: string): string {
  const classes = new Set(
    [...page.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')),
  );
  return css
    .replace(PARTS, (_, string?: string, colon?: string, sign?: string) => string ?? colon ?? sign ?? ' ')
    .replaceAll(';}', '}')
    .replace(/([^{}@;]+)\{([^{}]*)\}/g, (_, selectors: string, body: string) => {
      const wanted = selectorsOf(selectors).filter((selector) =>
        // What a bracket asks for may be one of several.
        [...selector.replace(/\([^()]*\)/g, '').matchAll(/\.([\w-]+)/g)].every(([, name = '']) =>
          classes.has(name),
        ),
      );
      return wanted.length === 0 ? '' : `${wanted.join(',')}{${body}}`;
    })
    .trim();
}

/** Selectors of a list; commas inside brackets separate none. */
function selectorsOf(list: string): string[] {
  return list.split(/,(?![^()]*\))/);
}
