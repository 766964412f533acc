import type { Response } from 'undici';
import { SourceChanged } from '../errors.ts';
import { quoted } from './body.ts';
import type { HttpLimits } from './http-limits.ts';

/** The headers kept with a body: those a parser needs, and no other. */
const KEPT = ['content-type', 'link', 'etag', 'last-modified'];

export function keptHeaders(response: Response, more: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    [...KEPT, ...more].flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/**
 * Reads the body, unpacked, never holding more than the limit.
 *
 * @throws SourceChanged if it is, or says that it is, larger than the limit
 */
export async function bodyOf(response: Response, url: string, { maxBytes }: HttpLimits): Promise<Uint8Array> {
  const tooLarge = (what: string) =>
    new SourceChanged(
      `The answer of ${url} is too large: ${what}, and the limit is ${maxBytes} bytes. Look at what is behind that URL; if bodies have grown, raise maxBytes in functions/sources/http-limits.ts.`,
      { url, maxBytes },
    );
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(`it announces ${announced} bytes`);
  }
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge('it goes on beyond that');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/**
 * Holds an answer to what was asked for, by its media type and its first bytes.
 *
 * @throws SourceChanged if it is empty, HTML, or of another type
 */
export function assertKind(
  response: Response,
  body: Uint8Array,
  url: string,
  accept: readonly string[],
): void {
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const begin = new TextDecoder().decode(body.subarray(0, 200)).trimStart();
  const wanted = accept[0] ?? 'data';
  const refuse = (found: string) =>
    new SourceChanged(
      `${url} answered with ${found} where ${wanted} was asked for. Open the URL: the address may have moved, or a page stands in front of it.`,
      { url, type, status: response.status },
    );
  if (body.length === 0) throw refuse('an empty body');
  if (type === 'text/html' || begin.startsWith('<')) throw refuse(`HTML that begins ${quoted(begin)}`);
  if (type !== '' && !accept.includes(type)) throw refuse(`${quoted(type)} that begins ${quoted(begin)}`);
}
