import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const outputSchema = z.object({ day: z.string(), sums: z.array(z.string().length(64)).length(2) });
const file = (name: string) => resolve(import.meta.dirname, name);

async function printedIn(
  zone: string,
  before: readonly string[] = [],
): Promise<z.infer<typeof outputSchema>> {
  const { stdout } = await promisify(execFile)(process.execPath, [...before, file('print-both-once.ts')], {
    env: { ...process.env, TZ: zone },
  });
  return outputSchema.parse(JSON.parse(stdout));
}

describe('a PDF made again', () => {
  it('has the same bytes in another process, in another time zone, and on another day', async () => {
    const here = await printedIn('America/Anchorage');
    const later = await printedIn('Pacific/Kiritimati', ['--import', pathToFileURL(file('later.ts')).href]);
    const days = [here, later].map(({ day }) => Date.parse(day));
    expect((days[1] ?? 0) - (days[0] ?? 0)).toBeGreaterThan(365 * 86_400_000);
    expect(later.day.slice(24, 33)).not.toBe(here.day.slice(24, 33));
    expect(later.sums).toEqual(here.sums);
  });
});
