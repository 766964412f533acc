/**
 * Shares are multiples of 2^-40: fine enough for twelve digits, coarse enough that adding up a partition in
 * any order gives exactly one in double precision.
 */
const GRAINS = 2n ** 40n;

/** A part of a whole as a fraction of one, rounded to the nearest multiple of 2^-40; null of nothing. */
export function share(part: bigint, whole: bigint): number | null {
  return whole > 0n ? Number((2n * part * GRAINS + whole) / (2n * whole)) / Number(GRAINS) : null;
}

/**
 * The shares of a whole's parts, which sum to exactly one: largest remainders first, ties in the given order.
 * Against plain rounding no share is off by more than one multiple of 2^-40.
 *
 * @returns in the order of the parts; all null where the whole is nothing
 */
export function partition(parts: readonly bigint[]): (number | null)[] {
  const whole = sum(parts);
  if (whole === 0n) return parts.map(() => null);
  const grains = parts.map((part) => (part * GRAINS) / whole);
  const byRemainder = parts
    .map((part, index) => ({ index, rest: (part * GRAINS) % whole }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of byRemainder.slice(0, Number(GRAINS - sum(grains))))
    grains[index] = (grains[index] ?? 0n) + 1n;
  return grains.map((grain) => Number(grain) / Number(GRAINS));
}

export function sum(counts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const count of counts) total += count;
  return total;
}
