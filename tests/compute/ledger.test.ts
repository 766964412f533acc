import { describe, expect, it } from 'vitest';
import { missing } from '../../functions/compute/figure.ts';
import type { Figure } from '../../functions/compute/figures.ts';
import { crossingsOf, ledgerOf } from '../../functions/compute/ledger.ts';
import { parseEdition } from '../../functions/edition.ts';

const IDS = ['downloads.language.publisher-share.china', 'downloads.language.publisher-share.united-states'];
const ranged = (low: number, high: number): Figure => ({
  ...missing('share', 'downloads@2', 'u', 'r'),
  status: 'measured',
  reason: null,
  value: (low + high) / 2,
  low,
  high,
});

/** Editions of a year from January on, each with China's and America's ranges, or with nothing. */
function ledger(...months: ([[number, number], [number, number]] | null)[]) {
  const editions = months.map((ranges, at) => ({
    edition: parseEdition(`2026-${String(at + 1).padStart(2, '0')}`),
    revision: 'r1',
    figures: Object.fromEntries(
      ranges ? ranges.map(([low, high], side) => [IDS[side] ?? '', ranged(low, high)]) : [],
    ),
  }));
  const { changes, standings } = crossingsOf(ledgerOf(editions));
  return { changes, standing: standings.find(({ axis }) => axis === 'downloads') };
}
const US: [[number, number], [number, number]] = [
  [0.3, 0.4],
  [0.5, 0.6],
];
const CHINA: [[number, number], [number, number]] = [
  [0.5, 0.6],
  [0.3, 0.4],
];
const OVERLAP: [[number, number], [number, number]] = [
  [0.4, 0.5],
  [0.45, 0.55],
];

describe('a lead', () => {
  it('changes when the bounds separate on the other side, and was contested since they overlapped', () => {
    expect(ledger(US, OVERLAP, OVERLAP, CHINA)).toEqual({
      changes: [
        {
          axis: 'downloads',
          edition: '2026-04',
          revision: 'r1',
          from: 'unitedStates',
          to: 'china',
          contestedSince: '2026-02',
        },
      ],
      standing: { axis: 'downloads', leader: 'china', since: '2026-04', contestedSince: null, editions: 4 },
    });
  });

  it('has not changed while it is contested', () => {
    expect(ledger(US, OVERLAP)).toMatchObject({
      changes: [],
      standing: { leader: 'close', since: null, contestedSince: '2026-02' },
    });
  });

  it('that was contested and came back never changed hands', () => {
    expect(ledger(CHINA, OVERLAP, CHINA)).toMatchObject({
      changes: [],
      standing: { leader: 'china', since: '2026-01', contestedSince: null },
    });
  });

  it('is not touched by an edition that could not measure it', () => {
    expect(ledger(US, null, CHINA).changes).toMatchObject([{ edition: '2026-03', contestedSince: null }]);
    expect(ledger(CHINA, null).standing).toMatchObject({ leader: 'missing', since: null, editions: 1 });
  });

  it('of a first edition stands since that edition, and nothing has changed', () => {
    expect(ledger(CHINA)).toMatchObject({ changes: [], standing: { since: '2026-01', editions: 1 } });
  });

  it('that touches at the bounds is too close to tell', () => {
    expect(
      ledger([
        [0.4, 0.5],
        [0.5, 0.6],
      ]).standing?.leader,
    ).toBe('close');
  });
});
