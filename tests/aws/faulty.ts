import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What stands between the store and S3 does with one request. */
export type Fault =
  | 'pass'
  | 'lose the answer'
  | 'change a byte'
  | { readonly status: number; readonly code: string };

/** A server that hands requests on to S3, except for those that meet a fault. */
export interface Faulty extends AsyncDisposable {
  readonly endpoint: string;
  /** What was asked and what was done with it, in order. */
  readonly seen: readonly string[];
}

/**
 * Starts it on the loopback interface.
 *
 * @param endpoint of the S3 behind it
 * @param faults for the requests of one method in their order; those after them pass
 */
export async function faulty(endpoint: string, method: string, faults: readonly Fault[]): Promise<Faulty> {
  const left = [...faults];
  const seen: string[] = [];
  const server = createServer(async (asked, answer) => {
    const fault = asked.method === method ? (left.shift() ?? 'pass') : 'pass';
    seen.push(`${asked.method} ${typeof fault === 'string' ? fault : fault.status}`);
    if (typeof fault === 'object') return refuse(asked, answer, fault);
    const { status, headers, body } = await hand(endpoint, asked);
    if (fault === 'lose the answer') return void asked.socket.destroy();
    if (fault === 'change a byte') body[0] = (body[0] ?? 0) ^ 1;
    answer.writeHead(status, headers).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The faulty server has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function refuse(
  asked: IncomingMessage,
  answer: ServerResponse,
  { status, code }: { status: number; code: string },
) {
  asked
    .resume()
    .on('end', () =>
      answer
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>As the test asks.</Message></Error>`),
    );
}

/** Sends a request on and waits for the whole answer. */
function hand(
  endpoint: string,
  asked: IncomingMessage,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
  return new Promise((done, fail) => {
    const on = request(new URL(asked.url ?? '/', endpoint), { method: asked.method, headers: asked.headers });
    on.on('error', fail).on('response', async (found) => {
      const body = Buffer.concat(await found.toArray());
      done({ status: found.statusCode ?? 500, headers: found.headers, body });
    });
    asked.pipe(on);
  });
}
