import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { PrintFailed } from '../errors.ts';

/** Enough of what the browser said last to see a missing library or a full memory in it. */
const LAST_WORDS = 2_000;

/** A pipe of a process that is gone is read to its end at once, unless the machine is very busy. */
const LAST_WORDS_MS = 200;

/** How the process ends, seen from outside. */
export class BrowserEnding {
  connected = false;
  /** Settles when the process is gone, however it ended. */
  readonly over: Promise<void>;
  /** Rejects when the process is gone. */
  readonly early: Promise<never>;
  #words = '';

  constructor(child: ChildProcess, executable: string) {
    child.stderr?.on('data', (chunk) => {
      this.#words = `${this.#words}${chunk}`.slice(-LAST_WORDS);
    });
    const ended = new Promise<{ how: string; cause?: Error }>((done) => {
      child.once('error', (cause) => done({ how: cause.message, cause }));
      child.once('exit', async (code, signal) => {
        // Its last words may still be in the pipe, which closes later, or never if a child of it holds it.
        await Promise.race([once(child, 'close'), setTimeout(LAST_WORDS_MS)]);
        done({ how: signal ? `signal ${signal}` : `exit code ${code ?? 'unknown'}` });
      });
    });
    this.over = ended.then(() => undefined);
    this.early = ended.then(({ how, cause }) => {
      throw this.connected ? died(how, this.#words) : didNotStart(executable, how, this.#words, cause);
    });
    this.early.catch(() => undefined);
  }

  /** Whether the process is gone within so many milliseconds. */
  within(milliseconds: number): Promise<boolean> {
    return Promise.race([this.over.then(() => true), setTimeout(milliseconds, false, { ref: false })]);
  }
}

function didNotStart(executable: string, how: string, words: string, cause?: Error): PrintFailed {
  return new PrintFailed(
    'browser-did-not-start',
    `The browser ${executable} did not start (${how})${said(words)}. Check that it is a Chromium for this machine and that there is memory left; without CHROME_PATH the one that comes with the program is used.`,
    { executable, how },
    cause,
  );
}

function died(how: string, words: string): PrintFailed {
  return new PrintFailed(
    'browser-died',
    `The browser died while printing (${how})${said(words)}. Run print again; if it dies again, give it more memory: it needs about 2 GB.`,
    { how },
  );
}

function said(words: string): string {
  const last = words.trim().split('\n').slice(-3).join(' ').slice(-400);
  return last === '' ? '' : `; it said: ${last}`;
}
