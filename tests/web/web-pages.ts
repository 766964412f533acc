import { completeLocales } from '../../functions/render/locales.ts';
import { type WebEdition, writeWebEdition } from '../../functions/render/web-edition.ts';
import { figures, templates } from '../render/fixture.ts';

/** The languages that an edition is made in. */
export const LANGUAGES = completeLocales(templates).complete;

/** The web edition of a month in each language. */
export async function webEditions(): Promise<ReadonlyMap<string, WebEdition>> {
  const editions = new Map<string, WebEdition>();
  for (const language of LANGUAGES)
    editions.set(language, await writeWebEdition(figures(), templates, language));
  return editions;
}
