import { z } from 'zod';
import type { Archive } from '../archive/archive.ts';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import type { Edition } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { verdictArtefact } from './verdict.ts';

const approvalSchema = z.strictObject({
  schemaVersion: z.literal(1),
  edition: z.string(),
  /** SHA-256 of the verdict, which lists every byte it judged: one changed byte voids the approval. */
  verdict: sha256Schema,
  because: z.string().min(10).max(1000),
  by: z.string().min(1).max(200),
  at: z.iso.datetime(),
});

/** A person's word that a held edition may go out. */
export type Approval = z.infer<typeof approvalSchema>;

export const approvalArtefact = jsonArtefact<Approval>('approval', approvalSchema);

/**
 * Records who lets a held draft go out, and why; publishing is a separate step.
 *
 * @throws BadRequest if there is no verdict, it does not ask for a person, or no reason is given
 */
export async function approve(options: {
  archive: Archive;
  edition: Edition;
  because: string;
  by: string;
  now: Date;
}): Promise<Approval> {
  const { archive, edition, because, by, now } = options;
  if (because.trim().length < 10)
    throw new BadRequest(
      'Say why, in a sentence of at least 10 characters: --because "…". It is printed with the revision.',
    );
  const verdict = await archive.find(verdictArtefact, keys.verdict(edition));
  if (!verdict)
    throw new BadRequest(
      `There is no verdict on ${edition} in ${archive.url}. Run \`report --edition ${edition} --until check\` first.`,
    );
  if (verdict.value.decision === 'refuse')
    throw new BadRequest(
      `The draft of ${edition} is refused; an approval cannot change that. See its reasons with \`report status --edition ${edition}\`.`,
    );
  if (verdict.value.decision !== 'hold')
    throw new BadRequest(
      `The draft of ${edition} is not held (verdict: ${verdict.value.decision}). Publish it with \`report --edition ${edition} --from publish\`.`,
    );
  const approval: Approval = {
    schemaVersion: 1,
    edition,
    verdict: verdict.sha256,
    because: because.trim(),
    by,
    at: now.toISOString(),
  };
  await archive.write(approvalArtefact, keys.approval(edition), approval);
  return approval;
}
