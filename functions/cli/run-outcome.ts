import { z } from 'zod';
import type { RunInFull } from './runs.ts';

/** What became of a run, in words of editions. */
export type Outcome =
  | 'running'
  | 'published'
  | 'unchanged'
  | 'draft ready'
  | 'done'
  | 'held'
  | 'failed'
  | 'timed out'
  | 'stopped';

/** What a run ended with: the outcome, and what decided it. */
export interface Ending {
  readonly outcome: Outcome;
  readonly revision: string | null;
  /** The verdict, where this run asked for one. */
  readonly decision: string | null;
  readonly reasons: string | null;
}

const outputSchema = z.object({
  check: z.object({ decision: z.string(), reasons: z.string() }).optional(),
  published: z.object({ revision: z.string(), changed: z.boolean() }).optional(),
  failure: z.object({ Error: z.string() }).optional(),
});

/** Reads what became of a run from what it left; a held run has succeeded, as far as the state machine goes. */
export function endingOf({ status, output }: Pick<RunInFull, 'status' | 'output'>): Ending {
  const nothing = { revision: null, decision: null, reasons: null };
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { ...nothing, outcome: 'running' };
  if (status === 'FAILED') return { ...nothing, outcome: 'failed' };
  if (status === 'TIMED_OUT') return { ...nothing, outcome: 'timed out' };
  if (status === 'ABORTED') return { ...nothing, outcome: 'stopped' };
  const { check, published, failure } = outputSchema.safeParse(json(output ?? '{}')).data ?? {};
  const decision = check?.decision ?? null;
  const reasons = check?.reasons || null;
  if (published)
    return {
      outcome: published.changed ? 'published' : 'unchanged',
      revision: published.revision,
      decision,
      reasons,
    };
  if (decision === 'hold' || failure?.Error === 'EditionHeld')
    return { outcome: 'held', revision: null, decision, reasons };
  return { outcome: decision === null ? 'done' : 'draft ready', revision: null, decision, reasons };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
