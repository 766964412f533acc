import { defineConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

/** The counts alone on a line, for whoever reads a log by machine. */
const closingLine: Reporter = {
  onTestRunEnd(modules: ReadonlyArray<TestModule>) {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string) => states.filter((one) => one === state).length;
    process.stdout.write(`\n${count('passed')} passed, ${count('failed')} failed\n`);
  },
};

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/aws/**', 'tests/soak/**', '**/node_modules/**'],
    reporters: ['default', closingLine],
    // Functions log and measure as JSON lines on standard output; the tests of that ask for it.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
    // Against what hangs, not what is slow: a machine may be busy with other things.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Half of them wait for a browser or a child process: on two cores, two at once.
    maxWorkers: '100%',
  },
});
