import { Argument, type Command } from 'commander';
import { BadRequest } from '../../errors.ts';
import { SOURCE_KEYS } from '../../pull/source-keys.ts';
import { keyFrom } from '../../sources/base-url.ts';
import { type KeyState, parameterStore } from '../cloud/source-keys.ts';
import type { EnvironmentName } from '../deployment.ts';
import { options } from '../options.ts';
import { openDeployment } from '../place.ts';
import { sayResult } from '../say.ts';
import { readSecret } from '../secret.ts';

interface Asked {
  readonly env: EnvironmentName;
  readonly json?: boolean;
}

/** `report keys list|set|remove`: the sources' keys of a deployment, whose values are never told. */
export function addKeys(program: Command): void {
  const keys = program.command('keys').description('the sources’ keys of a deployment').helpCommand(false);
  const sub = (name: string, description: string) =>
    keys
      .command(name)
      .description(description)
      .addOption(options.env().makeOptionMandatory())
      .addOption(options.json())
      .allowExcessArguments(false);
  const key = () => new Argument('<key>', SOURCE_KEYS.join(' or ')).argParser(keyNamed);
  const store = async (env: EnvironmentName) => parameterStore((await openDeployment(env)).keysPath);

  sub('list', 'which are set').action(async ({ env, json }: Asked) => {
    const states = await (await store(env)).list(SOURCE_KEYS);
    sayResult({ env, keys: states }, json, () => listText(states));
  });
  sub('set', 'set one; its value is read from standard input')
    .addArgument(key())
    .action(async (name: (typeof SOURCE_KEYS)[number], { env, json }: Asked) => {
      const parameters = await store(env);
      const value = keyFrom(name, { [name]: await readSecret(`${name}: `) });
      if (value === undefined)
        throw new BadRequest(
          `Nothing was given for ${name}. Type it, or pipe it in; to unset it: report keys remove ${name} --env ${env}.`,
        );
      await parameters.set(name, value);
      sayResult(
        { name, set: true },
        json,
        () => `${name} is set in ${env}, and counts from the next pull on.`,
      );
    });
  sub('remove', 'remove one: what is pulled becomes narrower')
    .addArgument(key())
    .action(async (name: string, { env, json }: Asked) => {
      await (await store(env)).remove(name);
      sayResult({ name, set: false }, json, () => `${name} is not set in ${env}.`);
    });
}

/** Reads the name of a key, and never repeats what was given: it may be the key itself. @throws BadRequest */
function keyNamed(text: string): (typeof SOURCE_KEYS)[number] {
  const name = SOURCE_KEYS.find((one) => one === text);
  if (name !== undefined) return name;
  throw new BadRequest(
    `There is no key of this name. Name ${SOURCE_KEYS.join(' or ')}; its value is never an argument, but read from standard input.`,
  );
}

function listText(states: readonly KeyState[]): string {
  return states
    .map(
      ({ name, set, since }) =>
        `${name.padEnd(20)} ${set ? `set${since ? ` since ${since.slice(0, 10)}` : ''}` : 'not set'}`,
    )
    .join('\n');
}
