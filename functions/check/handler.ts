import { onLambda } from '../lambda.ts';
import { checkEdition } from './check.ts';

export const handler = onLambda(async ({ archive, edition, locales }) => {
  const { decision } = await checkEdition({ archive, edition, locales: locales() });
  return { edition, decision };
});
