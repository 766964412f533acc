import type { IncomingMessage, ServerResponse } from 'node:http';

/** How a server answers instead of well. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A fault: which URLs it befalls, and how often before the server is well again (for ever, if not said). */
export interface Fault {
  readonly match: RegExp;
  readonly times?: number;
  readonly answer: Answer;
}

export const status =
  (code: number, headers: Record<string, string> = {}, body = '{"error":{}}'): Answer =>
  (_request, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(body);
  };

export const redirect = (to: string): Answer => status(302, { location: to }, '');

export const body =
  (text: string, type = 'application/json', headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': type, ...headers }).end(text);
  };

/** Announces more than it sends, then hangs up. */
export const truncated: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('[{"id":"Qwen/Syn', () => response.destroy());
};

/** One byte at a time, for ever. */
export const trickling: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};

/** Takes the request and says nothing. */
export const silent: Answer = () => {};

/** A body of that many bytes, as fast as it is read; `sent` says how many went out. */
export function large(bytes: number, announced: boolean): { answer: Answer; sent: () => number } {
  let sent = 0;
  const piece = Buffer.alloc(65_536, ' ');
  const answer: Answer = (_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(announced ? { 'content-length': String(bytes) } : {}),
    });
    const more = () => {
      while (sent < bytes && !response.destroyed) {
        sent += piece.length;
        if (!response.write(piece)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
  return { answer, sent: () => sent };
}
