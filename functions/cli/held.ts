import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { verdictArtefact } from '../check/verdict.ts';
import type { Edition } from '../edition.ts';
import { BadRequest } from '../errors.ts';

/**
 * Refuses to approve what is not held in a deployment, naming the command of the cloud with which to go on.
 *
 * @throws BadRequest if there is no verdict, or it does not ask for a person
 */
export async function assertHeld(archive: Archive, edition: Edition, env: string): Promise<void> {
  const decision = (await archive.find(verdictArtefact, keys.verdict(edition)))?.value.decision;
  if (decision === 'hold') return;
  const of = `--env ${env} --edition ${edition}`;
  if (decision === undefined)
    throw new BadRequest(
      `There is no verdict on ${edition} in ${env}. Make and judge the draft first: report run ${of} --until check`,
    );
  if (decision === 'refuse')
    throw new BadRequest(
      `The draft of ${edition} in ${env} is refused; an approval cannot change that. Its reasons: report status ${of}`,
    );
  throw new BadRequest(
    `The draft of ${edition} in ${env} is not held (verdict: ${decision}). Publish it: report run ${of} --from publish`,
  );
}
