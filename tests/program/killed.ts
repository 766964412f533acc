import { join } from 'node:path';
import { folder, report, start, tree } from './report.ts';

/** A small generator with a seed (mulberry32), so that a failing run can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One language: all go the same way. */
const ONE = ['--locale', 'en'];

/** What is public after an undisturbed run, and how long that took. */
export async function undisturbed(): Promise<{ published: Record<string, string>; seconds: number }> {
  await using archive = await folder();
  const { code, stderr, seconds } = await report([...ONE, '--archive', archive.url]);
  if (code !== 0) throw new Error(`The undisturbed run failed: ${stderr}`);
  return { published: await tree(join(archive.path, 'public')), seconds };
}

/**
 * Kills a run up to three times at random moments, then lets it end.
 *
 * @param random numbers in [0, 1)
 * @param seconds how long an undisturbed run takes: kills fall within it
 * @returns what is public afterwards, and when it was killed
 */
export async function killedThenRun(
  random: () => number,
  seconds: number,
): Promise<{ published: Record<string, string>; kills: number[]; stderr: string }> {
  await using archive = await folder();
  const kills = Array.from({ length: 1 + Math.floor(random() * 3) }, () => random() * seconds * 1000);
  for (const after of kills) {
    const { child, ended } = start([...ONE, '--archive', archive.url]);
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    await ended;
    clearTimeout(timer);
  }
  const { code, stderr } = await report([...ONE, '--archive', archive.url]);
  return { published: code === 0 ? await tree(join(archive.path, 'public')) : {}, kills, stderr };
}
