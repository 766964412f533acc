import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** What befalls a request on its way. */
export type Fault =
  | 'pass'
  | 'lose the request'
  | 'lose the answer'
  | 'change a byte'
  | { readonly status: number; readonly code: string }
  | { readonly lateByMs: number }
  /** It arrives and is done, and is answered as if somebody else had done it before. */
  | { readonly done: true; readonly answered: { readonly status: number; readonly code: string } }
  /** It arrives and is done; then this happens, and nobody hears the answer. */
  | { readonly after: () => Promise<void> };

/** A request to be handed on: its body as it comes, or as it was read. */
export interface OnTheWay {
  readonly asked: IncomingMessage;
  readonly answer: ServerResponse;
  readonly body?: Uint8Array;
  /** Instead of those it came with. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether what is not there is answered as forbidden. */
  readonly hidesAbsence?: boolean;
}

/**
 * Hands a request on and its answer back, unless a fault befalls it.
 *
 * @param to the endpoint behind
 */
export async function forward(to: string, on: OnTheWay, fault: Fault = 'pass'): Promise<void> {
  const { asked, answer } = on;
  if (fault === 'lose the request') return void asked.socket.destroy();
  if (typeof fault === 'object') {
    if ('status' in fault) return refuse(asked, answer, fault);
    if ('lateByMs' in fault) await wait(fault.lateByMs);
  }
  const found = await hand(to, on);
  const status = found.statusCode ?? 500;
  if (status === 404 && on.hidesAbsence) {
    found.resume();
    return refuse(asked, answer, { status: 403, code: 'AccessDenied', message: 'Not told.' });
  }
  if (typeof fault === 'object' && 'after' in fault) {
    await found.toArray();
    await fault.after();
    return void asked.socket.destroy();
  }
  if (typeof fault === 'object' && 'done' in fault) {
    await found.toArray();
    return refuse(asked, answer, fault.answered);
  }
  const stepFunctions = /^AWSStepFunctions\./.test(String(asked.headers['x-amz-target'] ?? ''));
  if (fault !== 'lose the answer' && fault !== 'change a byte' && !stepFunctions) {
    answer.writeHead(status, found.headers);
    found.pipe(answer);
    return;
  }
  const body = Buffer.concat(await found.toArray());
  if (fault === 'lose the answer') return void asked.socket.destroy();
  if (fault === 'change a byte') body[0] = (body[0] ?? 0) ^ 1;
  if (!stepFunctions) return void answer.writeHead(status, found.headers).end(body);
  const { 'content-length': _, ...headers } = found.headers;
  answer.writeHead(status, headers).end(withEpochs(body.toString()));
}

/** Refuses a request as S3 and the services that speak XML do. */
export function refuse(
  asked: IncomingMessage,
  answer: ServerResponse,
  { status, code, message = 'As the test asks.' }: { status: number; code: string; message?: string },
): void {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${text}</Message></Error>`;
  const send = () => answer.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  if (asked.readableEnded) send();
  else asked.resume().on('end', send);
}

function hand(to: string, { asked, body, headers }: OnTheWay): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    const on = request(new URL(asked.url ?? '/', to), {
      method: asked.method,
      headers: headers ?? withoutExpect(asked.headers),
    });
    on.on('error', fail).on('response', done);
    if (body) on.end(body);
    else asked.pipe(on);
  });
}

/** Whether to go on was answered already, by our own server. */
function withoutExpect({ expect: _, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers;
}

/** AWS's Step Functions give moments as seconds since 1970, as its SDK expects; moto gives text. */
function withEpochs(json: string): string {
  return json.replace(
    /("(?:[a-zA-Z]*Date|timestamp)":\s*)"(\d{4}-\d\d-\d\dT[^"]*)"/g,
    (_, key: string, moment: string) => `${key}${Date.parse(moment) / 1000}`,
  );
}
