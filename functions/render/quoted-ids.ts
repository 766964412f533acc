import type { Templates } from './templates.ts';

/** What can be quoted, and begins with a label that is written out. */
const QUOTED = /<(caption|li|h3)((?: class="[^"]*")?)>(?=\{\{t "([\w.-]+)")/g;

/**
 * Gives captions, sentences of a list and small headings of the web page an id of the label that they begin with:
 * `usage.top.caption` is `#table-usage-top` in every language and every edition, so that a link to it stays.
 *
 * @returns the editor's files with those of the sections changed
 */
export function withQuotedIds(files: Templates['files']): Templates['files'] {
  return new Map(
    [...files].map(([file, text]) => [
      file,
      /^report\/.*\.hbs$/.test(file)
        ? text.replace(
            QUOTED,
            (_, name: string, rest: string, key: string) => `<${name}${rest} id="${idOf(name, key)}">`,
          )
        : text,
    ]),
  );
}

function idOf(name: string, key: string): string {
  const kebab = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('.', '-');
  return name === 'caption' ? `table-${kebab.replace(/-caption$/, '')}` : kebab;
}
