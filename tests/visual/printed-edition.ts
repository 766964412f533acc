import type { Archive } from '../../functions/archive/archive.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import { figuresArtefact } from '../../functions/compute/figures.ts';
import type { Edition } from '../../functions/edition.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { printInBrowser } from '../../functions/print/printer.ts';
import { openRecording } from '../../functions/pull/recording.ts';
import { writeDocument } from '../../functions/render/document.ts';
import { fontShorthands } from '../../functions/render/font-faces.ts';
import { loadTemplates, type Templates } from '../../functions/render/templates.ts';
import { readTheme } from '../../functions/render/theme.ts';
import { directionOf } from '../../functions/render/writing.ts';
import { jobOf } from '../print/fixture.ts';

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
 * Prints the recorded edition, one language after another in one browser: the pages alone, as the stages write, print and
 * finish them, without the web page, the pictures and the data beside them, which take longer and change no pixel. Always
 * the browser that comes with the program, never an installed one.
 */
export async function printRecording(
  templates: Templates,
  languages: readonly string[],
): Promise<PrintedLanguage[]> {
  const { archive, edition } = await computedRecording();
  const { value: figures } = await archive.read(figuresArtefact, keys.figures(edition));
  const theme = readTheme(templates.files);
  return chromium({}).use(BUDGET_MS, async (running) => {
    const printed: PrintedLanguage[] = [];
    for (const language of languages) {
      const html = await writeDocument(figures, templates, language);
      const direction = directionOf(language);
      const job = jobOf({ language, direction, pictures: [], fonts: fontShorthands(theme, language) });
      const { pdf, texts } = await printInBrowser(running, html, job);
      printed.push({ language, direction, pdf: await finishPdf(pdf, job, [], texts) });
    }
    return printed;
  });
}
