import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Measured } from './functions.ts';

/** One invocation of a run that nothing disturbed. */
const measuredSchema = z.strictObject({
  service: z.string(),
  /** Milliseconds to load the function; null where it was loaded already. */
  initMs: z.number().nullable(),
  durationMs: z.number(),
  /** The function and all it started together, in MB (2^20 bytes). */
  peakMb: z.number(),
  /** The function's own process (VmHWM), in MB. */
  ownPeakMb: z.number(),
  memoryMb: z.number(),
});
type One = z.infer<typeof measuredSchema>;

/** Keeps what was measured in an undisturbed run, for the table at the end. @param run a name for the run */
export function keepDurations(run: string, measured: readonly Measured[]): void {
  const folder = process.env.BALANCE_AWS_DURATIONS;
  if (!folder) return;
  const all: One[] = measured.map(({ service, initMs, durationMs, peakBytes, ownPeakBytes, memoryMb }) => ({
    service,
    initMs: initMs === undefined ? null : Math.round(initMs),
    durationMs: Math.round(durationMs),
    peakMb: Math.round(peakBytes / 2 ** 20),
    ownPeakMb: Math.round(ownPeakBytes / 2 ** 20),
    memoryMb,
  }));
  writeFileSync(join(folder, `${run}.json`), JSON.stringify(all));
}

/** Gathers what the suites kept, writes it to a file, and prints a table: per function the most of everything. */
export function writeDurations(folder: string, file: string, say: (line: string) => void): void {
  if (!existsSync(folder)) return;
  const runs = readdirSync(folder).map((name) => ({
    run: name.replace('.json', ''),
    invocations: z.array(measuredSchema).parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  }));
  if (runs.length === 0) return;
  const all = runs.flatMap(({ invocations }) => invocations);
  const functions = [...new Set(all.map(({ service }) => service))].map((service) => {
    const own = all.filter((one) => one.service === service);
    const most = (of: (one: One) => number) => Math.max(...own.map(of));
    return {
      service,
      invocations: own.length,
      initMs: most(({ initMs }) => initMs ?? 0),
      durationMs: most(({ durationMs }) => durationMs),
      peakMb: most(({ peakMb }) => peakMb),
      ownPeakMb: most(({ ownPeakMb }) => ownPeakMb),
      memoryMb: most(({ memoryMb }) => memoryMb),
    };
  });
  writeFileSync(
    file,
    `${JSON.stringify({ measuredAt: new Date().toISOString(), functions, runs }, null, 1)}\n`,
  );
  say(
    'function   invoked   init ms   run ms   peak MB   own MB   of MB   (the most of each; this machine, not Lambda)',
  );
  for (const one of functions)
    say(
      [
        one.service.padEnd(10),
        ...[one.invocations, one.initMs, one.durationMs, one.peakMb, one.ownPeakMb, one.memoryMb].map(
          (value, index) => String(value).padStart([7, 9, 8, 9, 8, 7][index] ?? 8),
        ),
      ].join(' '),
    );
  say(`written to ${file}`);
}
