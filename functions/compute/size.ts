/** Sizes of a model by its number of weights; `unstated` where neither the Hub nor its name says. */
export const SIZES = ['under-3b', '3b-15b', '15b-70b', '70b-300b', 'over-300b', 'unstated'] as const;
export type Size = (typeof SIZES)[number];

/** Billions of weights from which a size begins: what fits a phone, a laptop, one accelerator, one server, or more. */
const FROM_BILLIONS = [
  [300, 'over-300b'],
  [70, '70b-300b'],
  [15, '15b-70b'],
  [3, '3b-15b'],
  [0, 'under-3b'],
] as const satisfies readonly (readonly [number, Size])[];

/** A size that stands in a name by itself, `-8B` or `-350M`; not the active part of it, as `A3B` does. */
const IN_NAME = /(?:^|[-_/])(\d+(?:\.\d+)?)([bm])(?=$|[-_.])/i;

/**
 * The size of a model.
 *
 * @param parameters number of weights; null where the Hub does not say, and then its name is read
 * @param model `owner/name`
 */
export function sizeOf(parameters: number | null, model: string): Size {
  const billions = parameters === null ? named(model) : parameters / 1e9;
  if (billions === null) return 'unstated';
  return FROM_BILLIONS.find(([from]) => billions >= from)?.[1] ?? 'unstated';
}

function named(model: string): number | null {
  const [, number, unit] = IN_NAME.exec(model.slice(model.indexOf('/') + 1)) ?? [];
  return number === undefined ? null : Number(number) / (unit?.toLowerCase() === 'm' ? 1000 : 1);
}
