import { openRetention } from '../archive/open-retention.ts';
import { onLambda } from '../lambda.ts';
import { publishEdition } from './publish.ts';

export const handler = onLambda(async ({ archive, edition, environment, now }) => {
  const retention = openRetention(archive.url, environment.RETAIN_DAYS);
  const { revision, changed } = await publishEdition({ archive, edition, now: now(), retention });
  return { edition, revision, changed };
});
