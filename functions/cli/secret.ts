import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { BadRequest } from '../errors.ts';

/**
 * Reads a secret from standard input: a line that is not shown on a terminal, everything of a pipe.
 *
 * @throws BadRequest if the person leaves the prompt (Ctrl+C, Ctrl+D)
 */
export async function readSecret(prompt: string): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).trim();
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  using line = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const secret = await line.question('').catch((cause: unknown) => {
    process.stderr.write('\n');
    throw new BadRequest(
      'Nothing was given, and nothing was changed. Run it again to type the key.',
      {},
      cause,
    );
  });
  process.stderr.write('\n');
  return secret.trim();
}
