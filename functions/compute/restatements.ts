import type { PublishedEdition } from './evidence.ts';
import type { Figure, Figures, Quantity } from './figures.ts';

/** What an earlier edition printed of its month, and what the same month is by this edition's reckoning. */
export interface Restatement {
  readonly edition: string;
  readonly revision: string;
  readonly figure: string;
  readonly unit: Figure['unit'];
  readonly published: Quantity;
  readonly restated: Quantity;
  /**
   * `definition`: the indicator has another version. `registry`: makers or openness were classified anew.
   * `source`: the same method and registry, other data.
   */
  readonly why: 'definition' | 'registry' | 'source';
}

/** A share or an index that moves by less was not restated: it is printed to a tenth of a point. */
const PRINTED = 0.0005;

/**
 * Compares what the edition of the month before published with what this one says of that month. Only figures that
 * are comparable between the two months are there to be compared.
 *
 * @param now this edition's figures, each with its `previous`
 */
export function restatementsOf(
  before: PublishedEdition | undefined,
  now: Readonly<Record<string, Figure>>,
  registry: Figures['registry'],
): Restatement[] {
  if (!before) return [];
  const classifiedAnew =
    before.registry.organisations !== registry.organisations ||
    before.registry.openness !== registry.openness;
  return Object.entries(now).flatMap(([id, figure]) => {
    const then = before.figures[id];
    const restated = figure.previous?.comparable ? figure.previous.value : null;
    if (!then || then.value === null || restated === null || figure.unit !== then.unit) return [];
    if (!isOfSameWindow(then, figure) || !differs(then.value, restated)) return [];
    const why = then.method !== figure.method ? 'definition' : classifiedAnew ? 'registry' : 'source';
    return [
      {
        edition: before.edition,
        revision: before.revision,
        figure: id,
        unit: figure.unit,
        published: then.value,
        restated,
        why,
      } as const,
    ];
  });
}

/** A panel or another window is not the published figure said anew. */
function isOfSameWindow(then: Figure, now: Figure): boolean {
  const window = now.previous?.window;
  return then.window !== null && window !== null && window !== undefined && then.window.to === window.to;
}

function differs(a: Quantity, b: Quantity): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a !== b;
  return Math.abs(Number(a) - Number(b)) >= PRINTED;
}
