import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Assembly } from './assembly.ts';
import { synthesise } from './cdk.ts';
import { SOURCES_PLACEHOLDER } from './cloud.ts';
import { writeDurations } from './durations.ts';
import { install } from './instruments.ts';
import { sweep } from './processes.ts';

/**
 * `npm run test:aws [-- name of a test file]`: what needs AWS, in a local one. It installs its instruments, synthesises
 * the app once, and runs the tests; each suite deploys that app into a fresh AWS. Real credentials and endpoints are
 * never used, and nothing is left running, however it ends.
 */
const root = resolve(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`test:aws: ${line}\n`);

let tests: ChildProcess | undefined;
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopped = true;
    tests?.kill(signal);
  });

const home = mkdtempSync(join(tmpdir(), 'balance-aws-'));
const ledger = join(home, 'started');
const durations = join(home, 'durations');
const temporary = join(home, 'tmp');
try {
  install(say);
  say('synthesising with the stock CLI');
  await synthesise(join(home, 'cdk.out'), home, {
    HF_ENDPOINT: `${SOURCES_PLACEHOLDER}/hub`,
    OPENROUTER_BASE_URL: `${SOURCES_PLACEHOLDER}/api/v1`,
    EPOCH_BASE_URL: `${SOURCES_PLACEHOLDER}/epoch`,
  });
  const assembly = Assembly.place(home);
  mkdirSync(durations);
  mkdirSync(temporary);
  if (stopped) throw new Error('stopped before the tests began');
  say('differences from AWS: state machines wait 1 s before they try again, not what the template says;');
  say('  the sources are local servers; what CloudFormation passes over is listed in tests/aws/left-out.ts');
  process.exitCode = await vitest(process.argv.slice(2));
  const tampered = assembly.tampered();
  if (tampered.length > 0) {
    say(`functions wrote into their own code, which Lambda refuses: ${tampered.slice(0, 5).join(', ')}`);
    process.exitCode = 1;
  }
  writeDurations(durations, join(root, '.cache/aws-durations.json'), say);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  const left = sweep(ledger);
  if (left > 0) say(`${left} processes that the tests left behind were ended`);
  rmSync(home, { recursive: true, force: true });
}

function vitest(names: readonly string[]): Promise<number> {
  const { AWS_PROFILE: _, ...environment } = process.env;
  const running = spawn(
    process.execPath,
    [
      resolve(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'tests/aws/vitest.config.ts',
      ...names,
    ],
    {
      cwd: root,
      env: {
        ...environment,
        // Whatever is left of what was killed goes with the rest of this run.
        TMPDIR: temporary,
        BALANCE_AWS_HOME: home,
        BALANCE_AWS_LEDGER: ledger,
        BALANCE_AWS_DURATIONS: durations,
      },
      stdio: 'inherit',
    },
  );
  tests = running;
  return new Promise((done) => running.once('exit', (code) => done(code ?? 1)));
}
