import { beforeAll, describe, expect, it } from 'vitest';
import { killedThenRun, seeded, undisturbed } from './killed.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
const random = seeded(seed);
let whole: Awaited<ReturnType<typeof undisturbed>>;

beforeAll(async () => {
  whole = await undisturbed();
});

describe(`a run killed at random moments (SEED=${seed})`, () => {
  it.each([1, 2, 3])(
    'and run again publishes the same bytes as an undisturbed one, try %i',
    { timeout: 120_000 },
    async () => {
      const { published, kills, stderr } = await killedThenRun(random, whole.seconds);
      expect(published, `killed after ${kills.map(Math.round).join(', ')} ms; ${stderr}`).toEqual(
        whole.published,
      );
    },
  );
});
