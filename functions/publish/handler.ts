import { onLambda } from '../lambda.ts';
import { publishEdition } from './publish.ts';

export const handler = onLambda(async ({ archive, edition, now }) => {
  const { revision, changed } = await publishEdition({ archive, edition, now: now() });
  return { edition, revision, changed };
});
