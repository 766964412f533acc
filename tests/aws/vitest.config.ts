import { defineConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

/** The counts alone on a line, for whoever reads a log by machine. */
const closingLine: Reporter = {
  onTestRunEnd(modules: ReadonlyArray<TestModule>) {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string) => states.filter((one) => one === state).length;
    // A suite whose AWS could not be started has run none of its tests.
    const dead = modules.filter((module) => !module.ok() && !states.includes('failed')).length;
    process.stdout.write(`\n${count('passed')} passed, ${count('failed') + dead} failed\n`);
  },
};

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['tests/aws/**/*.test.ts'],
    reporters: ['verbose', closingLine],
    // A run in the local cloud takes some twenty seconds; one that is disturbed, and tries again, several times that.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    // Each suite is an AWS of its own, which keeps one core busy.
    maxWorkers: 2,
  },
});
