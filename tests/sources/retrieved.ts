import { openHttp } from '../../functions/sources/http.ts';
import type { Environment, RawBody, Source, Wish } from '../../functions/sources/source.ts';
import type { Servers } from './servers.ts';

const WISH: Wish = {
  window: { from: '2026-09-01', to: '2026-10-31' },
  makers: ['Qwen', 'deepseek-ai', 'google'],
};

/** Everything a source gives, asked of servers on this machine. */
export async function retrieved(
  source: Source,
  servers: Servers,
  wish: Partial<Wish> = {},
  more: Environment = {},
) {
  const environment = { ...servers.environment, ...more };
  const http = openHttp({ source, environment, sleep: async () => {} });
  const bodies: RawBody[] = [];
  for await (const body of source.retrieve(http, { ...WISH, ...wish }, environment)) bodies.push(body);
  return bodies;
}

/** A raw body of a part, from text, bytes or a value to be written as JSON. */
export function raw(part: string, url: string, content: unknown): RawBody {
  const body = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  return { part, url, body, headers: {}, retrievedAt: '2026-11-03T06:00:00.000Z' };
}
