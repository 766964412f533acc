import type { Evidence } from './evidence.ts';
import type { Check, Figures } from './figures.ts';
import type { Outcome } from './indicator.ts';

/** What is known of the sources beside their observations. */
export type Provenance = Pick<Figures, 'sources' | 'absent' | 'kind'>;

/** What the checks look at. */
export interface Looked {
  readonly evidence: Evidence;
  readonly provenance: Provenance;
  readonly computed: Outcome;
}

/** One named sanity check: its sentence says what would silently go wrong without it. */
export function verdict(id: string, sentence: string, outcome: Check['outcome'], detail: string): Check {
  return { id, sentence, outcome, detail };
}

/** A part of one for people. */
export function percent(part: number): string {
  return `${(part * 100).toFixed(2)} %`;
}
