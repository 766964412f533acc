import type { Tally } from './download-tally.ts';
import { type Basis, coverage, figure, type Measured } from './figure.ts';
import type { Figure } from './figures.ts';
import { share } from './share.ts';

/**
 * One side's share of a tally as a figure: low as it stands, high with all unknown on its side.
 *
 * @param leftOut downloads that the tally could not take in; they lower the coverage
 */
export function sideShare(
  basis: Basis,
  { by, classified, unknown }: Tally,
  country: 'china' | 'united-states',
  { leftOut = 0n, ...more }: Partial<Measured> & { readonly leftOut?: bigint } = {},
): Figure {
  const whole = classified + unknown;
  return figure(basis, {
    unit: 'share',
    value: share(by[country], whole),
    low: share(by[country], whole),
    high: share(by[country] + unknown, whole),
    coverage: coverage(classified, unknown + leftOut),
    unknown,
    classified,
    ...more,
  });
}
