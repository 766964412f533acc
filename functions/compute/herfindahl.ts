import { share, sum } from './share.ts';

/** How unequally a camp's sum is divided among its labs. */
export interface Herfindahl {
  /** The sum of the squared shares: one over the number of labs if all are equal, one if there is one lab. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The Herfindahl index of labs within a camp, with what may be the camp's and is not known: low gives it to labs
 * each too small to matter, high all of it to the largest.
 *
 * @param labs what each lab has
 * @returns null where there is nothing to divide
 */
export function herfindahl(labs: readonly bigint[], unknown: bigint): Herfindahl | null {
  const whole = sum(labs);
  const squares = sum(labs.map((one) => one * one));
  const largest = labs.reduce((most, one) => (one > most ? one : most), 0n);
  const value = share(squares, whole * whole);
  if (value === null) return null;
  const widest = (whole + unknown) ** 2n;
  const low = share(squares, widest) ?? value;
  const high = share(squares - largest * largest + (largest + unknown) ** 2n, widest) ?? value;
  return { value, low, high };
}
