import type { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import type { Edition } from '../../functions/edition.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { printEdition } from '../../functions/print/print.ts';
import { pdfArtefact } from '../../functions/print/printed.ts';
import { printInBrowser } from '../../functions/print/printer.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import { printJobArtefact } from '../../functions/render/print-job.ts';
import { renderEdition } from '../../functions/render/render.ts';
import { loadTemplates, type Templates } from '../../functions/render/templates.ts';

/** One language of the recorded edition as it would be published. */
export interface PrintedLanguage {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly pdf: Uint8Array;
}

/** The editor's folder as it is now. */
export function editorsTemplates(): Promise<Templates> {
  return loadTemplates(new URL('../../templates/', import.meta.url));
}

/** The figures of the recorded edition, in an archive of this process. */
export async function computedRecording(): Promise<{ archive: Archive; edition: Edition }> {
  const archive = openArchive('memory:');
  const recording = await openRecording();
  for (const source of recording.sources) await recording.seal(archive, source);
  await computeEdition({ archive, edition: recording.edition });
  return { archive, edition: recording.edition };
}

/** Long enough for a busy machine that has to unpack the browser first, and prints every language in it. */
const BUDGET_MS = 240_000;

/**
 * Prints the recorded edition by the stages themselves, one language after another in one browser, without the pictures
 * beside the PDF. Always the browser that comes with the program, never an installed one.
 */
export async function printRecording(
  templates: Templates,
  languages: readonly string[],
): Promise<PrintedLanguage[]> {
  const { archive, edition } = await computedRecording();
  return chromium({}).use(BUDGET_MS, async (running) => {
    const printed: PrintedLanguage[] = [];
    for (const locale of languages) {
      await renderEdition({ archive, edition, locale, templates });
      await printEdition({
        archive,
        edition,
        locale,
        budgetMs: BUDGET_MS,
        printer: { print: (html, job) => printInBrowser(running, html, { ...job, pictures: [] }) },
      });
      const { value: job } = await archive.read(printJobArtefact, keys.printJob(edition, locale));
      const { value: pdf } = await archive.read(pdfArtefact, keys.reportPdf(edition, locale));
      printed.push({ language: locale, direction: job.direction, pdf });
    }
    return printed;
  });
}
