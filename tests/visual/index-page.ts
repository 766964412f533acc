import { inOneLine } from './compare-pages.ts';
import type { Evidence } from './evidence.ts';

/** One language as the index shows it. */
export interface IndexedLanguage {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly evidence: readonly Evidence[];
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:24px;background:#777572;color:#fff}
a{color:inherit} h2{margin:32px 0 0} section>p{margin:20px 0 6px;direction:ltr;unicode-bidi:isolate}
.page{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:14px}
figure{margin:0} figcaption{font-size:13px} img{width:100%;background:#fff;display:block} .sheet{max-width:100%;width:auto}`;

/**
 * The changed pages of a run side by side, as accepted, as they are and where they differ; in the direction in which the
 * language is read. It needs no server: it is opened from the folder.
 */
export function indexPage(languages: readonly IndexedLanguage[]): string {
  const count = languages.reduce((sum, { evidence }) => sum + evidence.length, 0);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pages that changed</title><style>${STYLE}</style></head><body>
<h1>${count === 0 ? 'No page changed' : count === 1 ? 'One page changed' : `${count} pages changed`}</h1>
<p>All pages: <a href="contact-sheet.png">every language</a>${languages.map(({ language }) => `, <a href="contact-sheet.${language}.png">${language}</a>`).join('')}</p>
${languages.map(section).join('\n')}
</body></html>
`;
}

function section({ language, direction, evidence }: IndexedLanguage): string {
  if (evidence.length === 0) return '';
  const pages = evidence.map(
    (one) => `<p>${inOneLine(one.changed)}</p>
<div class="page">${picture('before', one.before)}${picture('after', one.after)}${picture('difference', one.diff)}</div>`,
  );
  return `<section dir="${direction}"><h2>${language}</h2>\n${pages.join('\n')}</section>`;
}

function picture(kind: string, address: string | null): string {
  const shown =
    address === null
      ? '<p>no such picture</p>'
      : `<a href="${address}"><img src="${address}" alt="${kind}"></a>`;
  return `<figure><figcaption>${kind}</figcaption>${shown}</figure>`;
}
