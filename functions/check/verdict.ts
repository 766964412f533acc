import { z } from 'zod';
import { jsonArtefact, sha256Schema } from '../archive/artefact.ts';
import { checkSchema } from '../compute/figures.ts';

export const decision = z.enum(['publish', 'publish with warnings', 'hold', 'refuse']);
export type Decision = z.infer<typeof decision>;

/** What may go out, why, and exactly which bytes were judged. */
export const verdictSchema = z.strictObject({
  schemaVersion: z.literal(1),
  edition: z.string(),
  decision,
  reasons: z.array(checkSchema),
  locales: z.array(z.string()),
  /** SHA-256 of every object of the draft that was judged, by key. */
  judged: z.record(z.string(), sha256Schema),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const verdictArtefact = jsonArtefact<Verdict>('verdict', verdictSchema);

/** What decided, for a person who is told of it: the gravest reasons first, at most 1,000 characters. */
export function inOneSentence({ reasons }: Verdict): string {
  const grave = ['refuse', 'hold', 'warning'].flatMap((outcome) =>
    reasons.filter((reason) => reason.outcome === outcome),
  );
  const text = grave.map(({ id, detail }) => `${id}: ${detail}`).join(' · ');
  return text.length > 1000 ? `${text.slice(0, 999)}…` : text;
}
