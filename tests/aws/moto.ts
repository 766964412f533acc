import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { instruments } from './instruments.ts';
import { begin, end } from './processes.ts';

/** moto's server on the loopback interface: what answers behind the gateway. */
export interface Moto extends AsyncDisposable {
  readonly endpoint: string;
  /** What it complained of, line by line. */
  readonly complaints: readonly string[];
  /** Lets it check each signature, and each action against the policies of whoever signed; or no longer. */
  enforce(permissions: boolean): Promise<void>;
}

const PROGRAM = join(import.meta.dirname, 'moto_server.py');

/**
 * Starts it on a free port, with state machines that run.
 *
 * @param gateway the endpoint its state machines call Lambda and SNS at
 */
export async function startMoto(gateway: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const complaints: string[] = [];
  const { HOME = '', PATH = '' } = process.env;
  const child = begin(instruments().python, [PROGRAM, '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { HOME, PATH, MOTO_PORT: new URL(gateway).port, PYTHONDONTWRITEBYTECODE: '1' },
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(...lines(text)));
  await answering(endpoint, child);
  await post(`${endpoint}/moto-api/config`, '{"stepfunctions":{"execute_state_machine":true}}');
  return {
    endpoint,
    complaints,
    enforce: (permissions) => post(`${endpoint}/moto-api/reset-auth`, permissions ? '0' : 'inf'),
    [Symbol.asyncDispose]: () => end(child),
  };
}

/** Without its log of requests. */
function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !/^127\.0\.0\.1 - - /.test(line));
}

async function post(url: string, body: string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body });
  if (!answer.ok) throw new Error(`moto answers ${answer.status} at ${url}: ${await answer.text()}`);
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
  for (let tried = 0; tried < 300; tried++) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode} before it answered.`);
    const up = await fetch(`${endpoint}/moto-api/`).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  await end(child);
  throw new Error('moto did not answer within 60 s.');
}
