import { BadRequest } from '../errors.ts';
import type { Environment, SourceName } from './source.ts';

/** Where each source is asked, and the variable that points elsewhere: a mirror, a local server. */
const BASES: Record<SourceName, { readonly variable: string; readonly url: string }> = {
  huggingface: { variable: 'HF_ENDPOINT', url: 'https://huggingface.co' },
  'openrouter-usage': { variable: 'OPENROUTER_BASE_URL', url: 'https://openrouter.ai/api/v1' },
  'openrouter-models': { variable: 'OPENROUTER_BASE_URL', url: 'https://openrouter.ai/api/v1' },
  epoch: { variable: 'EPOCH_BASE_URL', url: 'https://epoch.ai' },
};

/**
 * The base URL of a source, without a slash at its end.
 *
 * @throws BadRequest naming the variable, if it is not a plain http or https URL
 */
export function baseUrl(source: SourceName, environment: Environment): string {
  const { variable, url } = BASES[source];
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
export function keyFrom(
  variable: 'HF_TOKEN' | 'OPENROUTER_API_KEY',
  environment: Environment,
): string | undefined {
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
