import type { Provenance } from './check.ts';
import { checksOf } from './checks.ts';
import type { Evidence } from './evidence.ts';
import type { Figures } from './figures.ts';
import { type Indicator, NOTHING_YET, together } from './indicator.ts';
import { capability } from './indicators/capability.ts';
import { concentration } from './indicators/concentration.ts';
import { derivatives } from './indicators/derivatives.ts';
import { downloads } from './indicators/downloads.ts';
import { labs } from './indicators/labs.ts';
import { leads } from './indicators/leads.ts';
import { licences } from './indicators/licences.ts';
import { price } from './indicators/price.ts';
import { releases } from './indicators/releases.ts';
import { sensitivity } from './indicators/sensitivity.ts';
import { usage } from './indicators/usage.ts';

/** Every indicator, in the order of the report: a new one is one file and one line here. */
export const INDICATORS: readonly Indicator[] = [
  downloads,
  usage,
  labs,
  releases,
  derivatives,
  capability,
  licences,
  price,
  concentration,
  sensitivity,
  leads,
];

/** Every number of an edition, from its evidence. Pure: the same evidence gives the same bytes. */
export function assembleFigures(evidence: Evidence, provenance: Provenance): Figures {
  const { registry, edition } = evidence;
  const computed = INDICATORS.reduce(
    (soFar, indicator) => together(soFar, indicator.compute(evidence, soFar)),
    NOTHING_YET,
  );
  return {
    schemaVersion: 2,
    edition,
    kind: provenance.kind,
    registry: {
      organisations: registry.files['organisations.json'],
      openness: registry.files['openness.json'],
      trackedModels: registry.files['tracked-models.json'],
      classifiedAt: registry.classifiedAt,
    },
    sources: provenance.sources,
    absent: provenance.absent,
    methods: INDICATORS.map(({ id, version, unit, method }) => ({ id, version, unit, sentence: method })),
    ...computed,
    checks: checksOf(evidence, provenance, computed),
  };
}
