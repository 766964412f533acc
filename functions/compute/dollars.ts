/** A trillionth of a dollar: catalogues price a token in billionths, with two or three digits behind. */
const PICO_DIGITS = 12;

/**
 * A price in dollars as a whole number of trillionths, exactly; what is finer is rounded to the nearest.
 *
 * @param price a decimal string that is not negative, such as `0.00000025`
 */
export function picodollars(price: string): bigint {
  const [whole = '0', fraction = ''] = price.split('.');
  const fine = BigInt(`${whole}${fraction.padEnd(PICO_DIGITS + 1, '0').slice(0, PICO_DIGITS + 1)}`);
  return (fine + 5n) / 10n;
}

/**
 * Dollars per million tokens, to four decimals: what tokens cost, over how many they are. Divides whole numbers, so
 * that the order in which costs were added does not matter.
 *
 * @param cost trillionths of a dollar
 * @returns null of no tokens
 */
export function dollarsPerMillion(cost: bigint, tokens: bigint): number | null {
  if (tokens === 0n) return null;
  // A trillionth of a dollar per token is a hundredth of a ten-thousandth of a dollar per million tokens.
  return Number((2n * cost + 100n * tokens) / (200n * tokens)) / 10_000;
}
