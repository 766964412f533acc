import { onLambda } from '../lambda.ts';
import { computeEdition } from './compute.ts';
import { assertPrintable } from './printable.ts';

export const handler = onLambda(async ({ archive, edition }) => {
  assertPrintable(await computeEdition({ archive, edition }));
  return { edition };
});
