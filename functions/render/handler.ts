import { onLambda } from '../lambda.ts';
import { renderEdition } from './render.ts';
import { loadTemplates } from './templates.ts';

const templates = loadTemplates(new URL('../../templates/', import.meta.url));

export const handler = onLambda(async ({ archive, edition, locale }) => {
  await renderEdition({ archive, edition, locale: locale(), templates: await templates });
  return { edition, locale: locale() };
});
