import type { ChartWish } from './chart-helper.ts';
import { escapeHtml, Written } from './html.ts';
import type { Words } from './words.ts';

/** The web page with its links, and what each chart is called on it. */
export interface DressedPage {
  readonly page: string;
  /** By the token of the chart. */
  readonly captions: ReadonlyMap<string, Caption>;
}

/** What the page says around a chart, as HTML without tags. */
export interface Caption {
  readonly title: string;
  readonly subtitle: string;
  readonly source: string;
  /** The names of its two sides, where it has them. */
  readonly sides: readonly string[];
}

/** The longest name of a link, in characters: it is read aloud. */
const LONGEST_NAME = 90;

/**
 * Makes the web page quotable: every section, figure, table, small heading and sentence gets a link to itself, every
 * chart links to its picture and to the data it is drawn from, and every table stands in a box that can be scrolled by
 * keyboard and has the table's name.
 */
export function dressWebPage(
  page: string,
  { words, charts }: { words: Words; charts: readonly Pick<ChartWish, 'token' | 'name' | 'data'>[] },
): DressedPage {
  const captions = new Map<string, Caption>();
  const ids = new Set([...page.matchAll(/<section id="([^"]+)"/g)].map(([, id = '']) => id));
  const free = (wanted: string): string => {
    let id = wanted;
    for (let number = 2; ids.has(id); number++) id = `${wanted}-${number}`;
    ids.add(id);
    return id;
  };
  const linkTo = (id: string, html: string): string => {
    const what = textOf(html);
    const name = words.label('web.permalink', { what: new Written(cut(what), what) });
    return `<a class="permalink" href="#${id}" aria-label="${name.toHTML()}">¶</a>`;
  };

  const heading = (whole: string, section: string) =>
    whole.replace(
      /<h2>[\s\S]*?<\/h2>/,
      (h2) => `${h2}${linkTo(section, h2.replace(/<span class="section-number">[\s\S]*?<\/span>/, ''))}`,
    );
  const sentences = (whole: string) =>
    whole
      .replace(/<p class="headline">([\s\S]*?)<\/p>/g, (_, inner: string) => {
        const id = free('headline');
        return `<p class="headline quotable" id="${id}">${inner} ${linkTo(id, inner)}</p>`;
      })
      .replace(/<li id="([^"]+)">([\s\S]*?)<\/li>/g, (_, wanted: string, inner: string) => {
        const id = free(wanted);
        return `<li class="quotable" id="${id}">${inner} ${linkTo(id, inner)}</li>`;
      })
      .replace(/<h3 id="([^"]+)">([\s\S]*?)<\/h3>/g, (_, wanted: string, inner: string) => {
        const id = free(wanted);
        return `<div class="quotable"><h3 id="${id}">${inner}</h3>${linkTo(id, inner)}</div>`;
      });
  const figures = (whole: string, section: string) =>
    whole.replace(/<figure class="([^"]*)">([\s\S]*?)<\/figure>/g, (_, kind: string, inner: string) => {
      const said = (name: string) =>
        textOf(new RegExp(`<p class="${name}">([\\s\\S]*?)</p>`).exec(inner)?.[1] ?? '');
      const title = said('exhibit-title');
      const [, both = ''] = /<div class="balance-sides">([\s\S]*?)<\/div>/.exec(inner) ?? [];
      const sides = [...both.matchAll(/<span[^>]*>([\s\S]*?)<\/span>/g)].map(([, side = '']) => textOf(side));
      const chart = charts.find(({ token }) => inner.includes(token));
      const id = free(chart ? `chart-${chart.name}` : `${section}-chart`);
      if (chart)
        captions.set(chart.token, { title, subtitle: said('exhibit-sub'), source: said('source'), sides });
      const links = chart
        ? [`<a href="charts/${chart.name}.svg">${words.label('web.svg').toHTML()}</a>`, ...data(chart)]
        : [];
      const taken = links.length > 0 ? `<p class="take">${links.join(' ')}</p>` : '';
      return `<figure class="${kind} quotable" id="${id}">${inner}${taken}${linkTo(id, title)}</figure>`;
    });
  const data = ({ data: tables }: Pick<ChartWish, 'data'>) =>
    tables.map((table, index) => {
      const label = words.label('web.csv').toHTML();
      return `<a href="../tables/${table}.csv">${label}${tables.length > 1 ? ` ${index + 1}` : ''}</a>`;
    });
  const tables = (whole: string, section: string) =>
    whole.replace(/<table\b[\s\S]*?<\/table>/g, (table) => {
      const [start, kind = '', given, caption = ''] =
        /<caption((?: class="[^"]*")?)(?: id="([^"]+)")?>([\s\S]*?)<\/caption>/.exec(table) ?? [];
      const id = free(given ?? `${section}-table`);
      const named = start
        ? table.replace(start, () => `<caption${kind} id="${id}-name">${caption}</caption>`)
        : table;
      const box = `<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-name">${named}</div>`;
      // A caption that is not seen repeats the heading above it, which has its link.
      const link = kind.includes('hidden') ? '' : linkTo(id, caption);
      return `<div class="quotable" id="${id}">${box}${link}</div>`;
    });

  const dressed = page.replace(/<section id="([^"]+)"[\s\S]*?<\/section>/g, (whole, section: string) =>
    tables(figures(sentences(heading(whole, section)), section), section),
  );
  // Numbers of pages are print's.
  return { page: dressed.replace(/<span class="contents-page"[^>]*><\/span>/g, ''), captions };
}

/** What is read of a piece of the page, as HTML without tags. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('"', '&quot;')
    .trim();
}

/** Cut between words, and never inside an entity. */
function cut(text: string): string {
  const characters = text.match(/&[#\w]+;|[\s\S]/gu) ?? [];
  if (characters.length <= LONGEST_NAME) return text;
  return `${characters
    .slice(0, LONGEST_NAME)
    .join('')
    .replace(/\s\S*$/, '')}${escapeHtml('…')}`;
}
