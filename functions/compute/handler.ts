import { onLambda } from '../lambda.ts';
import { computeEdition } from './compute.ts';

export const handler = onLambda(async ({ archive, edition }) => {
  await computeEdition({ archive, edition });
  return { edition };
});
