import { hubNamespaces } from '../compute/registry.ts';
import { onLambda } from '../lambda.ts';
import { openHttp } from '../sources/http.ts';
import { sourceNamed } from '../sources/index.ts';
import { pull } from './pull.ts';
import { wishFor } from './wish.ts';

export const handler = onLambda(async ({ archive, edition, environment, now, source: named }) => {
  const source = sourceNamed(named());
  const http = openHttp({ source: source.name, environment, now: () => now().getTime() });
  await pull({ archive, source, http, wish: wishFor(edition, hubNamespaces()), now, environment });
  return { edition, source: source.name };
});
