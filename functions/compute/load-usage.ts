import type { Archive } from '../archive/archive.ts';
import { daysOf, type Edition, monthBefore, monthWindow } from '../edition.ts';
import { say } from '../sentences.ts';
import type { UsageObservation } from '../sources/observation.ts';
import type { AnyObservation } from '../sources/source.ts';
import { type Candidate, chooseOf } from './choose.ts';
import type { Taken } from './evidence.ts';
import { originOf, type ReadSource, readSource } from './read-source.ts';

/**
 * Stitches usage together from as many snapshots as it takes: the newest first, since days are revised for a while,
 * and from older ones the days that no newer one has. A day is never put together from two snapshots.
 */
export async function loadUsage(
  archive: Archive,
  edition: Edition,
  candidates: readonly Candidate[],
): Promise<{ usage: Taken<UsageObservation>; used: readonly ReadSource[] }> {
  const choice = chooseOf('openrouter-usage', candidates, edition);
  if ('reason' in choice) return { usage: { present: false, reason: choice.reason }, used: [] };
  const wanted = [...daysOf(monthWindow(monthBefore(edition))), ...daysOf(monthWindow(edition))];
  const days = new Map<string, UsageObservation[]>();
  const used: ReadSource[] = [];
  for (const key of choice.keys) {
    if (wanted.every((day) => days.has(day))) break;
    const own = new Map<string, UsageObservation[]>();
    const read = await readSource(archive, key, (one) => {
      if (!isUsage(one)) return;
      const rows = own.get(one.day);
      if (rows) rows.push(one);
      else own.set(one.day, [one]);
    });
    const fresh = [...own].filter(([day]) => !days.has(day));
    // What adds nothing to the edition's two months is not one of its inputs.
    if (used.length > 0 && !fresh.some(([day]) => wanted.includes(day))) continue;
    for (const [day, rows] of fresh) days.set(day, rows);
    used.push(read);
  }
  const [newest] = used;
  if (!newest) return { usage: { present: false, reason: say('snapshot.no-day', { month: edition }) }, used };
  const asOf =
    used
      .map((read) => read.asOf)
      .sort()
      .at(-1) ?? newest.asOf;
  return {
    usage: {
      present: true,
      observations: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, rows]) => rows),
      origins: used.map(originOf),
      asOf,
      retrievedAt: newest.snapshot.retrievedAt,
      universe: newest.universe,
    },
    used,
  };
}

function isUsage(one: AnyObservation): one is UsageObservation {
  return one.kind === 'usage';
}
