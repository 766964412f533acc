import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { SourceChanged } from '../errors.ts';
import { quoted } from './body.ts';
import type { HttpLimits } from './http-limits.ts';

/** How a body may be packed. */
export const ENCODINGS = ['gzip', 'br', 'deflate'] as const;
/** The headers kept with a body: those a parser needs, and no other. */
const KEPT = ['content-type', 'link', 'etag', 'last-modified'];

/** A header's value; of several the whole, as one list. */
export function header({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Ends an answer whose body is not wanted; that it then breaks off is what was asked for. */
export function discard({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => {}).destroy();
}

export function keptHeaders(
  response: Dispatcher.ResponseData,
  more: readonly string[] = [],
): Record<string, string> {
  return Object.fromEntries(
    [...KEPT, ...more].flatMap((name) => {
      const value = header(response, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/**
 * Reads the body, unpacked, never holding more than the limit.
 *
 * @throws SourceChanged if it is, or says that it is, larger than the limit
 */
export async function bodyOf(
  response: Dispatcher.ResponseData,
  url: string,
  { maxBytes }: HttpLimits,
): Promise<Uint8Array> {
  const tooLarge = (what: string) =>
    new SourceChanged(
      `The answer of ${url} is too large: ${what}, and the limit is ${maxBytes} bytes. Look at what is behind that URL; if bodies have grown, raise maxBytes in functions/sources/http-limits.ts.`,
      { url, maxBytes },
    );
  const announced = Number(header(response, 'content-length') ?? 0);
  if (announced > maxBytes) {
    discard(response);
    throw tooLarge(`it announces ${announced} bytes`);
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early ends the stream, and with it the connection.
  for await (const piece of unpacked(response, url)) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge('it goes on beyond that');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The body without its packing; a packed body that is cut short is an error, which undici's `fetch` would not tell. */
function unpacked(response: Dispatcher.ResponseData, url: string): Readable {
  const { body } = response;
  const encoding = header(response, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity') return body;
  const makers = new Map([
    ['gzip', createGunzip],
    ['br', createBrotliDecompress],
    ['deflate', createInflate],
  ]);
  const make = makers.get(encoding);
  if (make !== undefined) return pipeline(body, make(), () => {});
  discard(response);
  throw new SourceChanged(
    `${url} answered packed as ${quoted(encoding)}; only ${ENCODINGS.join(', ')} were offered.`,
    { url },
  );
}

/**
 * Holds an answer to what was asked for, by its media type and its first bytes.
 *
 * @throws SourceChanged if it is empty, HTML, or of another type
 */
export function assertKind(
  response: Dispatcher.ResponseData,
  body: Uint8Array,
  url: string,
  accept: readonly string[],
): void {
  const type = (header(response, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const begin = new TextDecoder().decode(body.subarray(0, 200)).trimStart();
  const wanted = accept[0] ?? 'data';
  const refuse = (found: string) =>
    new SourceChanged(
      `${url} answered with ${found} where ${wanted} was asked for. Open the URL: the address may have moved, or a page stands in front of it.`,
      { url, type, status: response.statusCode },
    );
  if (body.length === 0) throw refuse('an empty body');
  if (type === 'text/html' || begin.startsWith('<')) throw refuse(`HTML that begins ${quoted(begin)}`);
  if (type !== '' && !accept.includes(type)) throw refuse(`${quoted(type)} that begins ${quoted(begin)}`);
}
