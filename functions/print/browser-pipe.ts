import type { Readable, Writable } from 'node:stream';
import type { ConnectionTransport } from 'puppeteer-core';

/**
 * Chromium's two pipes as a transport: messages of JSON, each ended by a zero byte.
 *
 * A pipe needs no port, so nobody else on the machine can reach the browser; and a browser whose other end is gone ends
 * by itself.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/ `--remote-debugging-pipe`
 */
export class BrowserPipe implements ConnectionTransport {
  onmessage?: (message: string) => void;
  onclose?: () => void;
  readonly #to: Writable;
  #rest: Buffer[] = [];

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    from.on('data', (chunk: Buffer) => this.#receive(chunk));
    from.on('close', () => this.onclose?.());
    // A broken pipe is the browser's end: `close` and the process's exit tell of it.
    to.on('error', () => undefined);
    from.on('error', () => undefined);
  }

  send(message: string): void {
    this.#to.write(`${message}\0`);
  }

  close(): void {
    this.#to.end();
  }

  #receive(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      const message = Buffer.concat([...this.#rest, chunk.subarray(start, end)]).toString('utf8');
      this.#rest = [];
      start = end + 1;
      // Each in a turn of its own: the answer to one message may be awaited before the next is looked at.
      setImmediate(() => this.onmessage?.(message));
    }
    if (start < chunk.length) this.#rest.push(chunk.subarray(start));
  }
}
