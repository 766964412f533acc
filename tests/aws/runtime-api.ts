import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';

/** What Lambda says of a failed invocation; `errorType` is what a state machine retries and catches by. */
const failureSchema = z.looseObject({ errorType: z.string(), errorMessage: z.string() });
export type Failure = z.infer<typeof failureSchema>;

/** How an invocation ended. */
export type Outcome =
  | { readonly kind: 'answered'; readonly body: Buffer }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** One event on its way through the runtime. */
export interface Delivery {
  readonly id: string;
  readonly event: Uint8Array;
  /** Milliseconds since 1970 by the function's own clock. */
  readonly deadline: number;
  readonly functionArn: string;
}

/** What the runtime client told. */
export interface Told {
  /** It asks for an event: its initialisation, or the invocation before, is over. */
  ready(): void;
  /** It could not load the function. */
  initFailed(failure: Failure): void;
  ended(id: string, outcome: Outcome): void;
}

/**
 * The Runtime API of one execution environment: what AWS's runtime client polls for events and answers to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #server: Server;
  readonly #told: Told;
  #asking: ServerResponse | undefined;
  #waiting: Delivery | undefined;

  constructor(told: Told) {
    this.#told = told;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** Listens on the loopback interface. @returns host and port */
  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The Runtime API has no port.');
    return `127.0.0.1:${address.port}`;
  }

  /** Hands an event to the client, at once or when it next asks. */
  give(delivery: Delivery): void {
    if (this.#asking) send(this.#asking, delivery);
    else this.#waiting = delivery;
    this.#asking = undefined;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (request.method === 'GET' && path === 'invocation/next') return this.#next(response);
    const body = Buffer.concat(await request.toArray());
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (path === 'init/error') return this.#told.initFailed(failure(body));
    const [, id = '', what] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (what === 'response') this.#told.ended(id, { kind: 'answered', body });
    if (what === 'error') this.#told.ended(id, { kind: 'failed', failure: failure(body) });
  }

  #next(response: ServerResponse): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) send(response, waiting);
    else this.#asking = response;
    this.#told.ready();
  }
}

function send(response: ServerResponse, { id, event, deadline, functionArn }: Delivery): void {
  response
    .writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': id,
      'lambda-runtime-deadline-ms': String(deadline),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
    })
    .end(event);
}

function failure(body: Buffer): Failure {
  return failureSchema.parse(JSON.parse(body.toString()));
}
