import { BadRequest } from '../errors.ts';
import { asFunction } from '../lambda.ts';
import { loadTemplateFiles } from '../render/templates.ts';
import { readAsked, startSchema } from './asked.ts';
import { startRun } from './start.ts';
import { stateMachine } from './state-machine.ts';

const own = () => loadTemplateFiles(new URL('../../templates/', import.meta.url));

export const handler = asFunction(
  '{run, at} of the schedule or {edition, from?, until?, locales?, by?} of a person',
  startSchema,
  async (event, { archive, environment, now }) => {
    const { STATE_MACHINE_ARN: arn } = environment;
    if (!arn)
      throw new BadRequest('STATE_MACHINE_ARN is missing from the environment. Deploy the stack again.');
    return startRun({ archive, asked: readAsked(event, now()), runs: stateMachine(arn), own });
  },
);
