import { onLambda } from '../lambda.ts';
import { checkEdition } from './check.ts';
import { inOneSentence } from './verdict.ts';

export const handler = onLambda(async ({ archive, edition, locales }) => {
  const verdict = await checkEdition({ archive, edition, locales: locales() });
  return { edition, decision: verdict.decision, reasons: inOneSentence(verdict) };
});
