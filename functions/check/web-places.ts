import type { Check } from '../compute/figures.ts';
import { attributes, found } from './markup.ts';

/** Where a web page may lead, besides to itself. */
export interface ExpectedPlaces {
  /** BCP 47; the page lies in the folder of this name. */
  readonly language: string;
  /** Paths from the edition's folder: `en/report.pdf`, `tables/labs.csv`. */
  readonly files: ReadonlySet<string>;
  /** The languages that were judged together. */
  readonly locales: readonly string[];
}

/** Every link inside the page has its target, and no two places have one name. */
export function leadsToItsPlaces(html: string): Check {
  const ids = attributes(html, 'id');
  const places = new Set(ids);
  const wrong = [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id="${id}" twice`),
    ...[...attributes(html, 'href').filter((href) => href.startsWith('#')), ...labelling(html)].filter(
      (link) => !places.has(link.slice(1)),
    ),
  ];
  return found(
    'web.places',
    'A link that is quoted and leads nowhere takes the reader’s trust with it.',
    [...new Set(wrong)],
    'every link inside the page has its target, and every target is one',
  );
}

/** The ids that names are taken from, as links. */
function labelling(html: string): string[] {
  return ['aria-labelledby', 'aria-describedby']
    .flatMap((name) => attributes(html, name))
    .flatMap((ids) => ids.split(/\s+/))
    .map((id) => `#${id}`);
}

/** Every link beside the page has its file. */
export function leadsToFiles(html: string, { language, files, locales }: ExpectedPlaces): Check[] {
  const links = attributes(html, 'href').filter((href) => !/^(#|[a-z][a-z0-9+.-]*:)/i.test(href));
  const paths = links.map((link) => new URL(link, `file:///${language}/`).pathname.slice(1));
  const elsewhere = (path: string) => /^([^/]+)\/web\.html$/.exec(path)?.[1];
  const absent = paths.filter((path) => !files.has(path));
  const unmade = absent.filter((path) => {
    const locale = elsewhere(path);
    return locale !== undefined && !locales.includes(locale);
  });
  return [
    found(
      'web.files',
      'A link to a picture, to data or to the PDF that is not published with the page is dead for ever.',
      absent.filter((path) => !unmade.includes(path)),
      `${new Set(paths).size} files beside the page`,
    ),
    found(
      'web.languages',
      'A link to a language that was not made with the others leads nowhere.',
      unmade,
      `${locales.length} languages`,
      'warning',
    ),
  ];
}
