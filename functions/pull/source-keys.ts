import { z } from 'zod';
import { SourceUnavailable } from '../errors.ts';
import type { Environment } from '../sources/source.ts';

/** The keys sources know, each optional: an absent one narrows what is pulled. */
export const SOURCE_KEYS = ['HF_TOKEN', 'OPENROUTER_API_KEY'] as const;

const failure = z.object({ name: z.string(), message: z.string() });

/**
 * The environment with the sources' keys in it, read anew each time, so that a changed key counts from the next pull
 * on. On a laptop, where no KEYS_PATH is set, the environment as it is.
 *
 * @throws SourceUnavailable if the keys cannot be read: a pull that silently went without them would be narrower than
 *   ops think
 */
export async function withSourceKeys(environment: Environment): Promise<Environment> {
  const { KEYS_PATH: path } = environment;
  if (path === undefined || path === '') return environment;
  const { GetParametersCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const Names = SOURCE_KEYS.map((name) => `${path}${name}`);
  try {
    const { Parameters = [] } = await new SSMClient({}).send(
      new GetParametersCommand({ Names, WithDecryption: true }),
    );
    const keys = Parameters.map(({ Name = '', Value }) => [Name.slice(path.length), Value] as const);
    return { ...environment, ...Object.fromEntries(keys) };
  } catch (cause) {
    const { data } = failure.safeParse(cause);
    throw new SourceUnavailable(
      `The sources’ keys under ${path} cannot be read: ${data ? `${data.name}: ${data.message}` : String(cause)}. Check that the function’s role may call ssm:GetParameters on them, then run again.`,
      { path },
      cause,
    );
  }
}
