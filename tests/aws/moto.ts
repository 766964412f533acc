import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

/** The version whose conditional writes were seen to hold; another is another instrument. */
const VERSION = '5.2.2';
const MOTO = `moto[s3,server]==${VERSION}`;
const environment = resolve(import.meta.dirname, `../../.cache/moto-${VERSION}`);

/** A local AWS on the loopback interface. */
export interface Moto {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Installs moto's server into `.cache/` (a Python virtual environment, from the Python Package Index) and starts it
 * on a free port.
 *
 * @throws Error that says what is missing on this machine
 */
export async function startMoto(say: (line: string) => void): Promise<Moto> {
  const server = join(environment, 'bin', 'moto_server');
  if (!existsSync(server)) {
    say(`installing ${MOTO} from the Python Package Index into ${environment}`);
    try {
      execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
      execFileSync(join(environment, 'bin', 'pip'), ['install', '--quiet', MOTO], { stdio: 'inherit' });
    } catch (cause) {
      throw new Error(
        `The local AWS could not be installed. This needs python3 with venv (Debian: apt install python3-venv) and the Python Package Index. Remove ${environment} and try again.`,
        { cause },
      );
    }
  }
  const port = await freePort();
  const child = spawn(server, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, child);
  say(`moto (pid ${child.pid}) answers at ${endpoint}`);
  return { endpoint, stop: () => ended(child) };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => probe.once('listening', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.');
  return address.port;
}

/** Asks until it answers; it loads its services first, which takes some seconds. */
async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  for (let tried = 0; tried < 150; tried++) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode} before it answered.`);
    const up = await fetch(`${endpoint}/moto-api/`).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  child.kill('SIGKILL');
  throw new Error('moto did not answer within 30 s.');
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGKILL');
  return gone;
}
