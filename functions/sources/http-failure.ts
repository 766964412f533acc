/** An attempt that failed in a way that may pass: the network, a time limit, a busy server. */
export class PassingFailure extends Error {
  /** What happened, as half a sentence. */
  readonly what: string;
  /** Milliseconds the server asked for; undefined where it did not. */
  readonly wait: number | undefined;
  /** Status, or the network's own code. */
  readonly code: string | number;

  constructor(what: string, code: string | number, wait?: number, cause?: unknown) {
    super(what, { cause });
    this.what = what;
    this.code = code;
    this.wait = wait;
  }
}

/** The network's code of an error, as deep as it is wrapped: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. */
export function codeOf(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if ('code' in inner && typeof inner.code === 'string') return inner.code;
    if (inner instanceof AggregateError && inner.errors.length > 0) return codeOf(inner.errors[0]);
    if (inner.name === 'TimeoutError') return 'TimeoutError';
  }
  return undefined;
}

/** Whether the other side's certificate was refused: somebody may stand in between, so that is never tried again. */
export function isCertificateFailure(code: string | undefined): boolean {
  return /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_CA)/.test(
    code ?? '',
  );
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['TimeoutError', 'no whole answer came in time; it may trickle'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection came about in time'],
  ['UND_ERR_HEADERS_TIMEOUT', 'the answer did not begin in time'],
  ['UND_ERR_BODY_TIMEOUT', 'the body fell silent'],
  ['UND_ERR_SOCKET', 'the connection broke off before the body was whole'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'the body is shorter than announced'],
  ['Z_BUF_ERROR', 'the compressed body is cut short'],
  ['ECONNREFUSED', 'nothing listens there'],
  ['ECONNRESET', 'the connection was reset'],
  ['ENOTFOUND', 'the name is not known to the name server'],
  ['EAI_AGAIN', 'the name server does not answer'],
]);

/** What a failed attempt looked like, as half a sentence. */
export function inWords(code: string | undefined, error: unknown): string {
  const words = WORDS.get(code ?? '');
  if (words !== undefined) return `${words} (${code})`;
  return code ?? (error instanceof Error ? error.message : 'an unknown failure');
}
