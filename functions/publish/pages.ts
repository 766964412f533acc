import { keys } from '../archive/keys.ts';
import type { Work } from '../archive/work.ts';
import { IncompleteEdition } from '../errors.ts';
import { type PrintJob, printJobArtefact } from '../render/print-job.ts';
import type { Revision } from './editions.ts';

/**
 * What a revision says of itself, taken from the print jobs of its languages: what it is called, where it is read, and
 * what was corrected.
 *
 * @throws IncompleteEdition if its languages were not made with the same corrections
 */
export async function pagesOf(
  work: Work,
  locales: readonly string[],
): Promise<Required<Pick<Revision, 'pages' | 'corrections'>> & Pick<Revision, 'publisher'>> {
  const { edition } = work.of;
  const jobs: { locale: string; job: PrintJob }[] = [];
  for (const locale of locales)
    jobs.push({ locale, job: await work.read(printJobArtefact, keys.printJob(edition, locale)) });
  const [first] = jobs;
  const other = jobs.find(({ job }) => corrections(job) !== corrections(first?.job));
  if (other)
    throw new IncompleteEdition(
      `The draft of ${edition} is mixed: ${other.locale} prints other corrections than ${first?.locale}. Run again from render.`,
      { edition },
    );
  return {
    ...(first ? { publisher: first.job.author } : {}),
    pages: jobs.map(({ locale, job: { title, subject, url } }) => ({
      locale,
      title,
      headline: subject,
      ...(url === undefined ? {} : { url }),
    })),
    corrections: first?.job.corrections ?? [],
  };
}

/** To compare: a job of a release that knew none says none. */
function corrections(job: PrintJob | undefined): string {
  return JSON.stringify(job?.corrections ?? []);
}
