import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Sizes of the generated Hub; the last is what the Hub has today. */
const SIZES = [100_000, 300_000, 1_000_000, 3_000_000];
/** More than this the process may not keep; with more, the measurement fails. */
const MEGABYTES = 512;

const measured = z.object({ seconds: z.number(), baseline: z.number(), peakMegabytes: z.number() });

/**
 * How time and memory of compute grow with the Hub: each size in a process of its own, whose heap is bounded. Prints
 * time per model against the smallest Hub's, and against `JSON.parse` of the same bodies.
 */
export async function hubGrowth(say: (line: string) => void): Promise<void> {
  say(
    `\ncompute as the Hub grows · generated repositories, not about the world · heap bounded to ${MEGABYTES} MB`,
  );
  const child = fileURLToPath(new URL('hub-growth-child.ts', import.meta.url));
  let first: number | undefined;
  for (const size of SIZES) {
    const { stdout } = await promisify(execFile)(process.execPath, [
      `--max-old-space-size=${MEGABYTES}`,
      '--expose-gc',
      child,
      String(size),
    ]);
    const { seconds, baseline, peakMegabytes } = measured.parse(JSON.parse(stdout));
    first ??= seconds / size;
    say(
      `  ${size.toLocaleString('en').padStart(9)} models: ${(seconds / size / first).toFixed(2)} × the time per model of the smallest, ${(seconds / baseline).toFixed(1)} × JSON.parse of the same bodies; peak ${peakMegabytes.toFixed(0)} MB`,
    );
  }
}
