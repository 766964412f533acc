import type { Check, Figure, Figures, Quantity } from '../compute/figures.ts';
import type { Edition } from '../edition.ts';

/**
 * Judges the figures as they lie in the archive, without knowing how they were made: what compute found itself,
 * and what must be true of any edition.
 */
export function judgeFigures(figures: Figures, edition: Edition): Check[] {
  return [
    ...figures.checks,
    rightMonth(figures, edition),
    somethingToSay(figures),
    ordered(figures),
    wholeShares(figures),
    reasoned(figures),
    sourced(figures),
    notSynthetic(figures),
  ];
}

function verdictOn(
  id: string,
  sentence: string,
  worst: Check['outcome'],
  wrong: readonly string[],
  fine: string,
): Check {
  return {
    id,
    sentence,
    outcome: wrong.length > 0 ? worst : 'passed',
    detail: wrong.length > 0 ? wrong.slice(0, 8).join('; ') : fine,
  };
}

function rightMonth(figures: Figures, edition: Edition): Check {
  const wrong =
    figures.edition === edition ? [] : [`the figures are of ${figures.edition}, the edition is ${edition}`];
  return verdictOn(
    'figures.right-month',
    'Another month’s figures under this month’s name would be quoted as this month’s.',
    'refuse',
    wrong,
    edition,
  );
}

/** Ranges replace refusal; only an edition with neither downloads nor usage says nothing about the balance. */
function somethingToSay(figures: Figures): Check {
  const printable = (prefix: string) =>
    entries(figures).some(
      ([id, { status }]) => id.startsWith(prefix) && (status === 'measured' || status === 'partial'),
    );
  const wrong =
    printable('downloads.') || printable('usage.') ? [] : ['neither downloads nor usage could be measured'];
  return verdictOn(
    'figures.something-to-say',
    'An edition without downloads and without usage would be a cover around nothing.',
    'refuse',
    wrong,
    'downloads or usage is measured',
  );
}

function ordered(figures: Figures): Check {
  const wrong = entries(figures)
    .filter(
      ([, { low, value, high }]) =>
        value !== null && ((low !== null && less(value, low)) || (high !== null && less(high, value))),
    )
    .map(([id, { low, value, high }]) => `${id}: ${low} / ${value} / ${high}`);
  return verdictOn(
    'figures.ordered',
    'A value outside its own bounds would make the printed range a lie.',
    'refuse',
    wrong,
    'low ≤ value ≤ high everywhere',
  );
}

/** Counts are compared as integers: they pass what a float holds exactly. */
function less(a: Quantity, b: Quantity): boolean {
  return typeof a === 'string' && typeof b === 'string' ? BigInt(a) < BigInt(b) : Number(a) < Number(b);
}

/**
 * Families of figures that divide a whole between them, as their ids begin: everything but the last part of an id that
 * matches. What is left after a whole, such as a panel of two sides or a camp without its largest lab, is no family.
 */
const WHOLES: readonly RegExp[] = [
  /^usage(\.paid)?\.share$/,
  /^usage\.vendor-share$/,
  /^downloads\.[a-z-]+\.(publisher|lineage|all)-share$/,
  /^derivatives\.share$/,
  /^licences\.share\.[a-z-]+$/,
];

/** A family of which a part is withheld or missing cannot sum to one; why it is stands with that part. */
function wholeShares(figures: Figures): Check {
  const families = Map.groupBy(entries(figures), ([id]) => id.slice(0, id.lastIndexOf('.')));
  const whole = [...families]
    .filter(([family]) => WHOLES.some((one) => one.test(family)))
    .filter(([, parts]) => parts.every(([, { value }]) => value !== null));
  const wrong = whole.flatMap(([family, parts]) => {
    const sum = parts.reduce((total, [, { value }]) => total + Number(value), 0);
    return sum === 1 ? [] : [`${family}.* sum to ${sum}`];
  });
  return verdictOn(
    'figures.whole-shares',
    'Shares that do not sum to one have lost or doubled somebody’s part.',
    'refuse',
    wrong,
    `${whole.length} families of shares sum to exactly one each`,
  );
}

function reasoned(figures: Figures): Check {
  const wrong = entries(figures)
    .filter(([, { status, value, reason }]) =>
      status === 'measured' ? value === null : reason === null || (status !== 'partial' && value !== null),
    )
    .map(([id, { status }]) => `${id}: ${status}`);
  return verdictOn(
    'figures.reasoned',
    'A gap without its reason reads as a zero, or as our carelessness.',
    'refuse',
    wrong,
    'every gap says why',
  );
}

function sourced(figures: Figures): Check {
  const known = new Set(figures.sources.map((source) => source.sha256));
  const wrong = entries(figures)
    .filter(
      ([, { value, origins, window, asOf, universe }]) =>
        value !== null &&
        (origins.length === 0 ||
          origins.some((origin) => !known.has(origin.sha256)) ||
          asOf === null ||
          universe === '' ||
          window === null),
    )
    .map(([id]) => id);
  return verdictOn(
    'figures.sourced',
    'A number without source, date and scope cannot be trusted or checked.',
    'refuse',
    wrong,
    'every number carries source, date and scope',
  );
}

function notSynthetic(figures: Figures): Check {
  const wrong = figures.kind === 'synthetic' ? ['the figures are generated, not measured'] : [];
  return verdictOn(
    'figures.not-synthetic',
    'Generated figures published without a mark would pass for the world.',
    'warning',
    wrong,
    `the figures are ${figures.kind}`,
  );
}

function entries(figures: Figures): [string, Figure][] {
  return Object.entries(figures.figures);
}
