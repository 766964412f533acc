import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type Moto, startMoto } from './moto.ts';

/** `npm run test:aws`: what needs AWS, against a local one. Real credentials and endpoints are never used. */
const root = resolve(import.meta.dirname, '../..');
const say = (line: string) => process.stdout.write(`test:aws: ${line}\n`);

/** Everything of AWS that the tests see: nothing of this machine's own. */
function sealedOff(endpoint: string): NodeJS.ProcessEnv {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  return {
    ...clean,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

let moto: Moto | undefined;
let tests: ChildProcess | undefined;
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopped = true;
    tests?.kill(signal);
  });

try {
  moto = await startMoto(say);
  if (stopped) throw new Error('stopped before the tests began');
  const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
  const running = spawn(process.execPath, [vitest, 'run', '--config', 'tests/aws/vitest.config.ts'], {
    cwd: root,
    env: sealedOff(moto.endpoint),
    stdio: 'inherit',
  });
  tests = running;
  process.exitCode = await new Promise<number>((done) => running.once('exit', (code) => done(code ?? 1)));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await moto?.stop();
  if (moto) say('moto stopped');
}
