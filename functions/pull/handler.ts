import { hubNamespaces } from '../compute/registry.ts';
import { onLambda } from '../lambda.ts';
import { openHttp } from '../sources/http.ts';
import { sourceNamed } from '../sources/index.ts';
import { pull } from './pull.ts';
import { withSourceKeys } from './source-keys.ts';
import { wishFor } from './wish.ts';

export const handler = onLambda(async ({ archive, edition, now, source: named, ...claim }) => {
  const source = sourceNamed(named());
  const environment = await withSourceKeys(claim.environment);
  const http = openHttp({ source, environment, now: () => now().getTime() });
  const wish = wishFor(edition, hubNamespaces(), now());
  await pull({ archive, source, http, wish, now, environment, budgetMs: claim.budgetMs });
  return { edition, source: source.name, status: 'pulled' };
});
