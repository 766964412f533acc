import { BadRequest } from '../errors.ts';
import type { Base, Environment } from './source.ts';

/**
 * The base URL of a source, without a slash at its end.
 *
 * @throws BadRequest naming the variable, if it is not a plain http or https URL
 */
export function baseUrl({ variable, url }: Base, environment: Environment): string {
  const given = environment[variable]?.trim();
  if (given === undefined || given === '') return url;
  const parsed = URL.parse(given);
  const plain =
    parsed !== null &&
    /^https?:$/.test(parsed.protocol) &&
    parsed.username === '' &&
    parsed.password === '' &&
    parsed.search === '' &&
    parsed.hash === '';
  if (!plain) {
    throw new BadRequest(
      `${variable} is not a base URL. Set it to http(s)://host/path without user, query or fragment, for example ${url}, or unset it.`,
      { variable },
    );
  }
  return parsed.href.replace(/\/+$/, '');
}

/**
 * A key from the environment; an empty one is an absent one.
 *
 * @throws BadRequest naming the variable, if it could not stand in a header; its value is never told
 */
export function keyFrom(variable: string, environment: Environment): string | undefined {
  const key = environment[variable]?.trim();
  if (key === undefined || key === '') return undefined;
  if (!/^[\x21-\x7e]{1,500}$/.test(key)) {
    throw new BadRequest(
      `${variable} has characters that no key has (spaces, line ends or letters beyond ASCII). Copy it again, or unset it.`,
      { variable },
    );
  }
  return key;
}
