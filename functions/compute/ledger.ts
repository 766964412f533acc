import type { Edition } from '../edition.ts';
import { AXES, type Axis } from './axes.ts';
import type { Figure } from './figures.ts';
import { isPrintable, type Leader, leaderOf } from './leader.ts';

/** An edition as the ledger sees it: what it said of every axis. */
export interface LedgerEdition {
  readonly edition: Edition;
  readonly revision: string | null;
  readonly figures: Readonly<Record<string, Figure>>;
}

/** Who led an axis in an edition, by what. */
export interface LedgerEntry {
  readonly edition: Edition;
  readonly revision: string | null;
  readonly axis: Axis['id'];
  readonly china: Figure | undefined;
  readonly unitedStates: Figure | undefined;
  readonly leader: Leader;
}

/** A lead that changed hands: the bounds were on one side, and are on the other now. */
export interface LeadChange {
  readonly axis: Axis['id'];
  readonly edition: Edition;
  readonly revision: string | null;
  readonly from: 'china' | 'unitedStates';
  readonly to: 'china' | 'unitedStates';
  /** The first edition at which the bounds overlapped before the change; null where they never did. */
  readonly contestedSince: Edition | null;
}

/** How an axis stands at the end of the ledger. */
export interface Standing {
  readonly axis: Axis['id'];
  /** Of the latest edition. */
  readonly leader: Leader;
  /** The edition since which its leader leads; null where nobody does. */
  readonly since: Edition | null;
  /** The edition since which the lead is contested; null where it is not, or nobody ever led. */
  readonly contestedSince: Edition | null;
  /** How many editions have measured it. */
  readonly editions: number;
}

/** Who led each axis in each edition, in the order of the editions. */
export function ledgerOf(editions: readonly LedgerEdition[]): LedgerEntry[] {
  return AXES.flatMap(({ id, china, unitedStates }) =>
    editions.map(({ edition, revision, figures }) => {
      const [a, b] = [figures[china], figures[unitedStates]];
      const printable = a && b && isPrintable(a) && isPrintable(b);
      return {
        edition,
        revision,
        axis: id,
        china: printable ? a : undefined,
        unitedStates: printable ? b : undefined,
        leader: printable ? leaderOf(a, b) : ('missing' as const),
      };
    }),
  );
}

/**
 * The dated crossings and the standing of every axis. A lead changes when the bounds separate on the other side; until
 * then it is contested since the edition at which they first overlapped. An edition that did not measure the axis
 * changes nothing.
 */
export function crossingsOf(entries: readonly LedgerEntry[]): {
  changes: LeadChange[];
  standings: Standing[];
} {
  const changes: LeadChange[] = [];
  const standings = AXES.map(({ id }): Standing => {
    let holder: 'china' | 'unitedStates' | null = null;
    let since: Edition | null = null;
    let contested: Edition | null = null;
    const own = entries.filter(({ axis }) => axis === id);
    for (const { edition, revision, leader } of own) {
      if (leader === 'missing') continue;
      if (leader === 'china' || leader === 'unitedStates') {
        if (holder !== null && holder !== leader)
          changes.push({ axis: id, edition, revision, from: holder, to: leader, contestedSince: contested });
        if (holder !== leader) since = edition;
        holder = leader;
        contested = null;
      } else contested ??= edition;
    }
    const leader = own.at(-1)?.leader ?? 'missing';
    const leads = leader === 'china' || leader === 'unitedStates';
    return {
      axis: id,
      leader,
      since: leads ? since : null,
      contestedSince: holder === null ? null : contested,
      editions: own.filter((entry) => entry.leader !== 'missing').length,
    };
  });
  return { changes, standings };
}
