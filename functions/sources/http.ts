import { setTimeout as pause } from 'node:timers/promises';
import { Agent, type Dispatcher, request as send } from 'undici';
import project from '../../package.json' with { type: 'json' };
import { SourceChanged, SourceUnavailable } from '../errors.ts';
import { baseUrl } from './base-url.ts';
import { assertKind, bodyOf, discard, ENCODINGS, header, keptHeaders } from './http-answer.ts';
import { codeOf, inWords, isCertificateFailure, PassingFailure } from './http-failure.ts';
import { HTTP_LIMITS, type HttpLimits } from './http-limits.ts';
import { askedWait, backOff, isPassing } from './http-wait.ts';
import type { Environment, Http, HttpBody, HttpRequest, Source } from './source.ts';

/** Where a producer who wonders who we are can look. */
const PROJECT_URL = 'https://github.com/open-model-balance/open-model-balance';
const USER_AGENT = `${project.name}/${project.version} (+${PROJECT_URL})`;

/** What an Http is opened with; everything but the first two has its reason in the defaults. */
export interface HttpOptions {
  /** Whose base URL says which host may be asked. */
  readonly source: Pick<Source, 'base'>;
  readonly environment: Environment;
  readonly limits?: Partial<HttpLimits>;
  /** Headers to keep beside those a parser needs. */
  readonly keep?: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/**
 * The internet as one source sees it: its own host, read whole and checked, asked again with patience. undici
 * makes the requests and keeps the time limits of connections; its redirect and retry interceptors are not used,
 * since the one follows to any host, and the other neither reads `RateLimit` nor asks anew for a body that broke off.
 *
 * @throws BadRequest if the variable with the base URL is malformed
 */
export function openHttp(options: HttpOptions): Http {
  const { source, environment, now = Date.now, sleep = pause, random = Math.random } = options;
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const base = new URL(baseUrl(source.base, environment));
  const dispatcher = new Agent({
    connections: limits.connections,
    connect: { timeout: limits.connectMs },
    headersTimeout: limits.silenceMs,
    bodyTimeout: limits.silenceMs,
  });
  /** Until when the source asked to be left alone though it answered well. */
  let restUntil = 0;

  async function get(request: HttpRequest): Promise<HttpBody> {
    const began = now();
    for (let attempt = 1; ; attempt += 1) {
      const rest = restUntil - now();
      if (rest > 0) await sleep(Math.min(rest, limits.patienceMs));
      try {
        return await once(request);
      } catch (error) {
        if (!(error instanceof PassingFailure)) throw error;
        const wait = error.wait ?? backOff(attempt, random(), limits);
        const outOfPatience = now() - began + wait > limits.patienceMs;
        if (attempt >= limits.attempts || outOfPatience) throw givenUp(request, error, attempt, wait);
        await sleep(wait);
      }
    }
  }

  async function once(request: HttpRequest): Promise<HttpBody> {
    const signal = AbortSignal.timeout(limits.attemptMs);
    try {
      const response = await follow(request, signal);
      const absent = response.statusCode === 404 && request.absence === 'answer';
      if (!absent) assertGood(response, request);
      const body = await bodyOf(response, brief(request.url), limits);
      if (!absent) assertKind(response, body, brief(request.url), request.accept);
      const rest = askedWait((name) => header(response, name), now());
      if (rest !== undefined) restUntil = now() + rest;
      const headers = keptHeaders(response, options.keep);
      return {
        url: request.url,
        body,
        headers: absent ? { ...headers, status: '404' } : headers,
        retrievedAt: new Date(now()).toISOString(),
      };
    } catch (error) {
      throw named(error, request, signal);
    }
  }

  /** Follows redirects by hand, since every hop must be allowed. */
  async function follow(request: HttpRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    let url = new URL(request.url);
    for (let hop = 0; hop <= limits.redirects; hop += 1) {
      assertAllowed(url, base, request.url);
      const headers = {
        'user-agent': USER_AGENT,
        accept: request.accept.join(', '),
        'accept-encoding': ENCODINGS.join(', '),
        ...(request.authorization === undefined ? {} : { authorization: request.authorization }),
      };
      const response = await send(url, { dispatcher, signal, headers });
      const location = header(response, 'location');
      const redirected = response.statusCode >= 300 && response.statusCode <= 399;
      if (!redirected || location === undefined) return response;
      discard(response);
      const next = URL.parse(location, url.href);
      if (next === null)
        throw new SourceChanged(`${brief(request.url)} redirects to no URL.`, { url: request.url });
      url = next;
    }
    throw new SourceChanged(
      `${brief(request.url)} redirects more than ${limits.redirects} times. Open the URL and see where it leads.`,
      { url: request.url },
    );
  }

  function assertGood(response: Dispatcher.ResponseData, request: HttpRequest): void {
    const status = response.statusCode;
    if (status === 200) return;
    discard(response);
    if (isPassing(status))
      throw new PassingFailure(
        `it answers ${status}`,
        status,
        askedWait((name) => header(response, name), now()),
      );
    throw refused(status, request);
  }

  return { get };
}

/** @throws SourceChanged if a URL leads away from the source's own host, or from https to http */
function assertAllowed(url: URL, base: URL, asked: string): void {
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && base.protocol === 'http:');
  if (safe && url.host === base.host && url.username === '' && url.password === '') return;
  throw new SourceChanged(
    `${brief(asked)} leads to ${url.protocol}//${brief(url.host)}, but only ${base.origin} may be asked. If the source has moved, set its base URL to the new host.`,
    { url: asked, host: url.host },
  );
}

function refused(status: number, request: HttpRequest): SourceUnavailable | SourceChanged {
  const evidence = { url: request.url, status };
  if (status === 401 || status === 403) {
    const advice =
      request.authorization === undefined
        ? 'It asks for a key now: see the environment variables in the README.'
        : 'The key was sent: check that it is right and still valid, or unset it.';
    return new SourceUnavailable(
      `${brief(request.url)} refuses the request (${status}). ${advice}`,
      evidence,
    );
  }
  return new SourceChanged(
    `${brief(request.url)} answers ${status}. Compare the URL with the source's documentation; report doctor says which assumptions still hold.`,
    evidence,
  );
}

/** Turns what went wrong underneath into a failure that may pass, or into an error of ours. */
function named(error: unknown, request: HttpRequest, signal: AbortSignal): unknown {
  if (error instanceof PassingFailure || error instanceof SourceChanged || error instanceof SourceUnavailable)
    return error;
  const code = signal.aborted ? 'TimeoutError' : codeOf(error);
  if (isCertificateFailure(code)) {
    return new SourceUnavailable(
      `The certificate of ${new URL(request.url).host} is not trusted (${code}). Nothing was sent. If a proxy of yours stands in between, add its authority with NODE_EXTRA_CA_CERTS; else do not go on.`,
      { url: request.url, code: code ?? null },
      error,
    );
  }
  if (code === undefined) return error;
  return new PassingFailure(inWords(code, error), code ?? 'unknown', undefined, error);
}

function givenUp(
  request: HttpRequest,
  last: PassingFailure,
  attempts: number,
  wait: number,
): SourceUnavailable {
  const asked =
    last.wait === undefined ? '' : ` It asks to be left alone for ${Math.ceil(wait / 1000)} seconds.`;
  return new SourceUnavailable(
    `${brief(request.url)} gave no answer after ${attempts} attempt${attempts === 1 ? '' : 's'}: ${last.what}.${asked} Run again later; what was fetched already is kept.`,
    { url: request.url, attempts, code: last.code },
    last,
  );
}

/** A URL for a message. */
function brief(url: string): string {
  return url.length > 120 ? `${url.slice(0, 120)}…` : url;
}
