import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { isReportError } from '../errors.ts';
import { CloudError } from './cloud/cloud-error.ts';
import { say } from './say.ts';

/** What the program ends with when it is not done. */
export const EXIT = { failed: 1, badRequest: 2, held: 3 } as const;

/** One clear error: its name, what, where and what to do; the stack only for what we did not foresee. */
export function failWith(error: unknown): void {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return;
    if (error.code === 'commander.help') {
      complain('BadRequest', 'This command has several under it. Name one of those listed above.');
      process.exitCode = EXIT.badRequest;
      return;
    }
    // What follows an option that does not exist may be a secret that was meant for standard input.
    const message = error.message.replace(/^(error: unknown option '[^'=]*)=.*'/s, "$1'");
    complain('BadRequest', `${message.replace(/^error: |\.$/g, '')}. See report --help.`);
    process.exitCode = EXIT.badRequest;
    return;
  }
  if (isReportError(error) || error instanceof CloudError) {
    complain(error.name, error.message, error.evidence);
    process.exitCode =
      error.name === 'BadRequest' ? EXIT.badRequest : error.name === 'EditionHeld' ? EXIT.held : EXIT.failed;
    return;
  }
  complain('Unforeseen', error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = EXIT.failed;
}

function complain(name: string, message: string, evidence: object = {}): void {
  if (process.argv.includes('--json')) say(JSON.stringify({ error: { name, message, evidence } }, null, 1));
  process.stderr.write(`${styleText('red', name, { stream: process.stderr })}: ${message}\n`);
}
