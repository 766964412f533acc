import { onLambda } from '../lambda.ts';
import { templatesAt } from './published.ts';
import { renderEdition } from './render.ts';
import { loadTemplates } from './templates.ts';

const own = loadTemplates(new URL('../../templates/', import.meta.url));

export const handler = onLambda(async ({ archive, edition, locale, templates: ref }) => {
  const templates = await templatesAt(archive, ref(), () => own);
  await renderEdition({ archive, edition, locale: locale(), templates });
  return { edition, locale: locale() };
});
