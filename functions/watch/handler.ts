import { z } from 'zod';
import { parseEdition } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { asFunction } from '../lambda.ts';
import { watch } from './watch.ts';

const environmentSchema = z.object({
  FIRST_EDITION: z.string(),
  PUBLISH_DAY: z.coerce.number().int().min(1).max(28),
});

export const handler = asFunction('an object', z.looseObject({}), async (_event, given) => {
  const parsed = environmentSchema.safeParse(given.environment);
  if (!parsed.success)
    throw new BadRequest(
      `The environment is not that of the watch: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}. Deploy the stack again.`,
    );
  const { FIRST_EDITION, PUBLISH_DAY } = parsed.data;
  const watched = await watch({
    archive: given.archive,
    now: given.now(),
    first: parseEdition(FIRST_EDITION),
    publishDay: PUBLISH_DAY,
  });
  given.measure('EditionAbsent', watched.absent ? 1 : 0);
  // A source that was never sealed has no age; its alarm takes missing data for a breach.
  for (const { source, ageDays } of watched.sources)
    if (ageDays !== null) given.measure('SnapshotAgeDays', ageDays, { source });
  return watched;
});
