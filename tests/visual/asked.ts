import { parseArgs } from 'node:util';
import { BadRequest } from '../../functions/errors.ts';

/** What a run of the visual review is asked for. */
export interface Asked {
  readonly accept: boolean;
  /** The languages to look at. */
  readonly languages: readonly string[];
  /** The one page to look at, from 1; undefined for all. */
  readonly page: number | undefined;
}

/**
 * Reads the command line: `--accept`, `--lang fr` (several times for several), `--page 3`.
 *
 * @param complete the languages an edition is made in
 * @throws BadRequest if an option, a language or a page is none
 */
export function readAsked(args: readonly string[], complete: readonly string[]): Asked {
  const { accept, lang, page } = parsed(args);
  const unknown = lang.find((one) => !complete.includes(one));
  if (unknown !== undefined)
    throw new BadRequest(
      `There is no complete language "${unknown.slice(0, 40)}". Complete in templates/locales: ${complete.join(', ')}.`,
    );
  const number = page === undefined ? undefined : Number(page);
  if (page !== undefined && !/^[1-9]\d{0,2}$/.test(page))
    throw new BadRequest(`"${page.slice(0, 40)}" is not the number of a page. Write --page 3, from 1.`);
  return { accept, languages: lang.length > 0 ? [...new Set(lang)] : complete, page: number };
}

/** @throws BadRequest if no language asked for has such a page, now or as accepted */
export function assertPageExists(page: number | undefined, pages: number): void {
  if (page !== undefined && page > pages)
    throw new BadRequest(`There is no page ${page}: the report has ${pages} pages.`);
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        accept: { type: 'boolean', default: false },
        lang: { type: 'string', multiple: true, default: [] },
        page: { type: 'string' },
      },
    });
    return values;
  } catch (cause) {
    throw new BadRequest(
      `${cause instanceof Error ? cause.message.split('. ')[0] : String(cause)}. The visual review knows --accept, --lang <language> and --page <number>.`,
      {},
      cause,
    );
  }
}
