import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/pull/handler.ts';
import { type Servers, startSources } from '../sources/servers.ts';

let servers: Servers;
beforeEach(async () => {
  servers = await startSources();
  vi.stubEnv('ARCHIVE_URL', 'memory:');
  for (const [name, value] of Object.entries(servers.environment)) vi.stubEnv(name, value);
  // What the function logs and measures is for CloudWatch.
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await servers.stop();
});

const within = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds });

describe('the function that pulls', () => {
  it('seals the source that its event names', async () => {
    const answer = await handler({ edition: '2026-10', source: 'epoch' }, within(900_000));
    expect(answer).toEqual({ edition: '2026-10', source: 'epoch', status: 'pulled' });
    expect(servers.requests).toEqual(['/epoch/data/eci_scores.csv']);
  });

  it('stops by itself before Lambda ends it', async () => {
    const event = { edition: '2026-10', source: 'epoch' };
    await expect(handler(event, within(20_000))).rejects.toMatchObject({ name: 'PullUnfinished' });
    expect(servers.requests).toEqual([]);
  });

  it.each([
    [{ edition: '2026-10' }, /source is missing from the event/],
    [{ edition: '2026-10', source: 'nowhere' }, /There is no source "nowhere"/],
  ])('refuses %j', async (event, expected) => {
    await expect(handler(event, within(900_000))).rejects.toThrow(expected);
  });
});
