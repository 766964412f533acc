import { EditionRefused } from '../errors.ts';
import type { Figures } from './figures.ts';

/**
 * Refuses figures that the judge would refuse: they are not worth a print.
 *
 * @throws EditionRefused with every reason
 */
export function assertPrintable({ edition, checks }: Figures): void {
  const because = (outcome: string) => checks.filter((check) => check.outcome === outcome);
  const refused = because('refuse');
  if (refused.length === 0) return;
  const reasons = [...refused, ...because('warning')].map(({ detail }) => detail.slice(0, 200)).join(' ');
  throw new EditionRefused(
    `The edition ${edition} is refused: ${reasons} Nothing was published. Pull what is missing, or make another month.`,
    { edition },
  );
}
