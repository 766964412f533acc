import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Sizes of the generated Hub; the last is what the Hub has today. */
const SIZES = [100_000, 300_000, 1_000_000, 3_000_000];
/** The heap of each process; what is resident beside it is Node itself and the bodies at hand. */
const HEAP_MEGABYTES = 256;

const measured = z.object({ seconds: z.number(), peakMegabytes: z.number() });

/**
 * How time and memory of compute grow with the Hub: each size in processes of its own, whose heap is bounded. Prints
 * time per model against the smallest Hub's, time against `JSON.parse` of the same bodies, and the largest resident set.
 */
export async function hubGrowth(say: (line: string) => void): Promise<void> {
  say(
    `\ncompute as the Hub grows · generated repositories, not about the world · heap of ${HEAP_MEGABYTES} MB`,
  );
  const child = fileURLToPath(new URL('hub-growth-child.ts', import.meta.url));
  const run = async (size: number, what: 'compute' | 'parse') => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      `--max-old-space-size=${HEAP_MEGABYTES}`,
      child,
      String(size),
      what,
    ]);
    return measured.parse(JSON.parse(stdout));
  };
  let first: number | undefined;
  for (const size of SIZES) {
    const [compute, parse] = [await run(size, 'compute'), await run(size, 'parse')];
    first ??= compute.seconds / size;
    say(
      `  ${size.toLocaleString('en').padStart(9)} models: ${(compute.seconds / size / first).toFixed(2)} × the time per model of the smallest, ${(compute.seconds / parse.seconds).toFixed(1)} × JSON.parse of the same bodies; peak ${compute.peakMegabytes.toFixed(0)} MB, of which ${parse.peakMegabytes.toFixed(0)} MB for parsing alone`,
    );
  }
}
