import { openArchive } from '../archive/open-store.ts';
import { computeEdition } from '../compute/compute.ts';
import { openRecording } from '../pull/recording.ts';
import { editionLocales } from '../render/locales.ts';
import { render } from '../render/render.ts';
import type { Templates } from '../render/templates.ts';

/**
 * Renders the recorded edition in every language of the publication, and keeps nothing: what the templates would do to an edition
 * is seen before they can.
 *
 * @throws TemplateError naming the file, the place and what to do
 */
export async function rehearse(templates: Templates): Promise<void> {
  const archive = openArchive('memory:');
  const recording = await openRecording();
  for (const source of recording.sources) await recording.seal(archive, source);
  const figures = await computeEdition({ archive, edition: recording.edition });
  for (const locale of editionLocales(templates)) await render(figures, templates, locale, []);
}
