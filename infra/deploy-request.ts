import { parseArgs } from 'node:util';
import { BadRequest } from '../functions/errors.ts';
import { declaredEnvironment, type Environment, stackName } from './environments.ts';

export const DEEDS = ['deploy', 'diff', 'destroy'] as const;
export type Deed = (typeof DEEDS)[number];

/** What an op asks for. */
export interface DeployRequest {
  readonly deed: Deed;
  readonly environment: Environment;
  readonly stack: string;
  /** Nobody is asked: changes are made at once. */
  readonly yes: boolean;
  /** What holds something may be replaced or removed. */
  readonly allowReplacement: boolean;
}

const OPTIONS = {
  env: { type: 'string' },
  yes: { type: 'boolean', default: false },
  'allow-replacement': { type: 'boolean', default: false },
  'yes-destroy': { type: 'string' },
} as const;

/**
 * Reads what an op typed after `npm run`.
 *
 * @param args the deed, then its flags
 * @throws BadRequest saying which flag is wrong, and what to type instead
 */
export function readDeployRequest([asked, ...flags]: readonly string[]): DeployRequest {
  const deed = DEEDS.find((one) => one === asked);
  if (deed === undefined)
    throw new BadRequest(`Choose one of ${DEEDS.join(', ')}, as in npm run deploy -- --env dev.`);
  const values = parsed(deed, flags);
  const environment = declaredEnvironment(values.env);
  const stack = stackName(environment.name);
  const wrong = misplaced(deed, values);
  if (wrong !== undefined)
    throw new BadRequest(`${wrong} is not for ${deed}: npm run ${deed} -- --env ${environment.name}.`);
  const named = values['yes-destroy'];
  if (deed === 'destroy' && environment.production && named !== stack)
    throw new BadRequest(
      `${stack} is production, and is not destroyed by a slip: its bucket and its logs stay, everything else goes. If you mean it, type npm run destroy -- --env ${environment.name} --yes-destroy ${stack}.`,
    );
  return {
    deed,
    environment,
    stack,
    yes: values.yes || named === stack,
    allowReplacement: values['allow-replacement'],
  };
}

function parsed(deed: Deed, flags: readonly string[]) {
  try {
    return parseArgs({ args: [...flags], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new BadRequest(
      `${what}. npm run ${deed} takes --env dev|prod${deed === 'deploy' ? ', --yes, --allow-replacement' : deed === 'destroy' ? ', --yes, --yes-destroy STACK' : ''}.`,
    );
  }
}

function misplaced(deed: Deed, values: ReturnType<typeof parsed>): string | undefined {
  if (values['allow-replacement'] && deed !== 'deploy') return '--allow-replacement';
  if (values['yes-destroy'] !== undefined && deed !== 'destroy') return '--yes-destroy';
  return values.yes && deed === 'diff' ? '--yes' : undefined;
}
