import type { UsageObservation } from '../sources/observation.ts';
import type { Country } from './country.ts';
import type { DownloadViews } from './download-tally.ts';
import type { Registry } from './registry.ts';
import { sum } from './share.ts';
import { classifySlug, sumsOf, tokensOf } from './tokens.ts';
import { tokensByMaker } from './usage-tables.ts';

/** The two camps whose labs are looked at. */
export const CAMP_COUNTRIES = ['china', 'united-states'] as const satisfies readonly Country[];
export type CampCountry = (typeof CAMP_COUNTRIES)[number];

/** What one lab has of an axis. */
export interface Lab {
  readonly maker: string;
  readonly makerName: string;
  readonly amount: bigint;
}

/** An axis divided among the labs of each camp, largest first. */
export interface CampLabs {
  readonly labs: Readonly<Record<CampCountry, readonly Lab[]>>;
  /** What a camp's share is a part of, as in the axis's headline figure; with its bounds' wholes. */
  readonly whole: { readonly value: bigint; readonly bounds: bigint };
  /** With `unknown` it decides whether a figure may be printed. */
  readonly classified: bigint;
  readonly unknown: bigint;
}

/** Downloads of first-party language models; shares are of the classified and the unknown. */
export function downloadLabs({ language, publisher: { classified, unknown } }: DownloadViews): CampLabs {
  const of = (camp: CampCountry): Lab[] => {
    const own = language.filter(({ country, uploader }) => country === camp && uploader !== undefined);
    return [...Map.groupBy(own, ({ uploader }) => uploader)]
      .map(([uploader, some]) => ({
        maker: uploader?.id ?? '',
        makerName: uploader?.name ?? '',
        amount: sum(some.map(({ seen }) => seen.downloads30d)),
      }))
      .filter(({ amount }) => amount > 0n)
      .sort(byAmount);
  };
  const whole = classified + unknown;
  return {
    labs: { china: of('china'), 'united-states': of('united-states') },
    whole: { value: whole, bounds: whole },
    classified,
    unknown,
  };
}

/** Tokens of open models; shares are of the open, their bounds of the open and the unknown. */
export function usageLabs(rows: readonly UsageObservation[], registry: Registry): CampLabs {
  const { open, closed, unknown } = sumsOf(tokensOf(rows, registry));
  const of = (camp: CampCountry): Lab[] =>
    tokensByMaker(
      rows.filter(({ slug, day }) => classifySlug(registry, slug, day).group === `${camp}-open`),
      registry,
    )
      .map(({ maker, makerName, tokens }) => ({ maker, makerName, amount: tokens }))
      .filter(({ amount }) => amount > 0n)
      .sort(byAmount);
  return {
    labs: { china: of('china'), 'united-states': of('united-states') },
    whole: { value: open, bounds: open + unknown },
    classified: open + closed,
    unknown,
  };
}

function byAmount(a: Lab, b: Lab): number {
  if (a.amount !== b.amount) return a.amount > b.amount ? -1 : 1;
  return a.maker < b.maker ? -1 : 1;
}
