import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type Fault, forward, refuse } from './forward.ts';
import type { Functions } from './functions.ts';
import { type Signer, signerOf } from './signature.ts';

/** One request to the local AWS. */
export interface Seen {
  readonly method: string;
  /** Decoded, without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The service it was signed for, such as `s3`; empty if it was not signed. */
  readonly service: string;
  /** What is asked for where one URL serves all operations: `StartExecution`, `Publish`. */
  readonly operation: string;
  /** Whether it is to be done only under a condition, as S3's conditional writes are. */
  readonly conditional: boolean;
  /** The function that sent it, if one did. */
  readonly caller: string | undefined;
}

/** A request with who signed it; what permissions are judged by. */
export interface Asked extends Seen {
  readonly signer: Signer | undefined;
  readonly headers: IncomingMessage['headers'];
  /** Empty for S3, whose bodies are not read here. */
  readonly body: Buffer;
}

/** Why a request is refused, or how it goes on. */
export type Verdict =
  | { readonly refused: string }
  | {
      readonly allowed: true;
      /** Instead of those it came with: signed anew. */
      readonly headers?: Readonly<Record<string, string>>;
      /** Whoever asks may not know that something is not there. */
      readonly hidesAbsence?: boolean;
    };

/** Decides whether a request is allowed. */
export interface Guard {
  judge(asked: Asked): Promise<Verdict>;
}

/** moto's Step Functions signs with this key whatever it does for an execution. */
export const STATE_MACHINE_KEY = 'ak';

/**
 * The one endpoint: invocations of Lambda functions go to real processes, everything else to moto. Faults befall
 * requests here, and permissions that moto does not judge are judged here.
 */
export class Gateway implements AsyncDisposable {
  readonly endpoint: string;
  /** Where moto answers; set once it does. */
  moto = '';
  functions: Functions | undefined;
  guard: Guard | undefined;
  /** Which function a key was given to. */
  readonly callers = new Map<string, string>();
  /** Milliseconds that the clock of AWS is ahead of this machine's, for functions: theirs is too. */
  ahead = 0;
  /** Decides what befalls a request. */
  meet: (seen: Seen) => Fault | Promise<Fault> = () => 'pass';
  readonly #server: Server;
  #starting: Promise<void> = Promise.resolve();

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.endpoint = `http://127.0.0.1:${port}`;
  }

  /** Starts it on the loopback interface, on a free port. */
  static async start(): Promise<Gateway> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The gateway has no port.');
    const gateway = new Gateway(server, address.port);
    server.on('request', (asked, answer) => {
      gateway.#answer(asked, answer).catch((error: unknown) => {
        if (answer.headersSent) return void answer.destroy();
        // Also where a client that was killed hung up in the middle of its request.
        answer.writeHead(502, { 'content-type': 'text/plain' }).end(String(error));
      });
    });
    return gateway;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const signer = signerOf(asked.headers.authorization);
    const url = new URL(asked.url ?? '/', this.endpoint);
    const small = signer !== undefined && signer.service !== 's3';
    const body = small ? Buffer.concat(await asked.toArray()) : Buffer.alloc(0);
    const seen: Seen = {
      method: asked.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      service: signer?.service ?? '',
      operation: operationOf(asked, body),
      conditional: 'if-none-match' in asked.headers || 'if-match' in asked.headers,
      caller: this.callers.get(signer?.accessKeyId ?? ''),
    };
    if (seen.caller !== undefined) setClock(answer, this.ahead);
    const verdict = await this.guard?.judge({ ...seen, signer, headers: asked.headers, body });
    if (verdict && 'refused' in verdict) return void denied(asked, answer, seen, verdict.refused);
    const invoked =
      seen.method === 'POST' && /^\/2015-03-31\/functions\/(.+)\/invocations$/.exec(seen.path)?.[1];
    if (invoked && this.functions) return this.#invoke(this.functions, invoked, asked, answer, body);
    const fault = await this.meet(seen);
    const on = () => forward(this.moto, { asked, answer, ...(small ? { body } : {}), ...verdict }, fault);
    await (seen.operation === 'StartExecution' ? this.#oneAfterTheOther(on) : on());
  }

  /** Of two executions of one name that begin at the same moment AWS starts one; moto, asked at once, might start both. */
  #oneAfterTheOther(start: () => Promise<void>): Promise<void> {
    const after = this.#starting.then(start);
    this.#starting = after.catch(() => undefined);
    return after;
  }

  /** Lambda's Invoke. @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
  async #invoke(
    functions: Functions,
    named: string,
    asked: IncomingMessage,
    answer: ServerResponse,
    body: Buffer,
  ): Promise<void> {
    const name = named.replace(/^.*:function:/, '').replace(/:.*$/, '');
    const event = body.length > 0 ? body : Buffer.from('{}');
    const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
    if (asked.headers['x-amz-invocation-type'] === 'Event') {
      functions.invoke(name, event).catch(() => undefined);
      answer.writeHead(202, headers).end();
      return;
    }
    const outcome = await functions.invoke(name, event);
    if (outcome.kind === 'answered') return void answer.writeHead(200, headers).end(outcome.body);
    // moto has a name of its own for a refusal by Lambda; told as the function's failure, the name is AWS's.
    const throttled = outcome.failure.errorType === 'Lambda.TooManyRequestsException';
    if (throttled && signerOf(asked.headers.authorization)?.accessKeyId !== STATE_MACHINE_KEY) {
      answer.writeHead(429, { ...headers, 'x-amzn-errortype': 'TooManyRequestsException' });
      return void answer.end(JSON.stringify({ Type: 'User', message: outcome.failure.errorMessage }));
    }
    answer.writeHead(200, { ...headers, 'x-amz-function-error': 'Unhandled' });
    answer.end(JSON.stringify(outcome.failure));
  }
}

/**
 * Dates an answer by the function's clock: an SDK that finds another time at AWS takes that for the reason of every
 * failure, and uses up what it has for retries.
 */
function setClock(answer: ServerResponse, ahead: number): void {
  const write = answer.writeHead.bind(answer);
  const dated = (status: number, headers: OutgoingHttpHeaders = {}) =>
    write(status, { ...headers, date: new Date(Date.now() + ahead).toUTCString() });
  answer.writeHead = dated as typeof answer.writeHead;
}

/** The services that have one URL name the operation in a header, or in the body of a form. */
function operationOf({ headers }: IncomingMessage, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  const form = /urlencoded/.test(headers['content-type'] ?? '');
  return form ? (new URLSearchParams(body.toString()).get('Action') ?? '') : '';
}

/** Each kind of service refuses in its own words; all SDKs read these. */
function denied(
  asked: IncomingMessage,
  answer: ServerResponse,
  { service, operation }: Seen,
  why: string,
): void {
  if (service === 's3' || (asked.headers['x-amz-target'] === undefined && operation !== ''))
    return void refuse(asked, answer, { status: 403, code: 'AccessDenied', message: why });
  answer
    .writeHead(403, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-errortype': 'AccessDeniedException',
    })
    .end(JSON.stringify({ __type: 'AccessDeniedException', message: why, Message: why }));
}
