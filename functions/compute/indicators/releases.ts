import type { Day } from '../../edition.ts';
import { say } from '../../sentences.ts';
import type { OfferObservation, RepositoryObservation } from '../../sources/observation.ts';
import { COUNTRIES } from '../country.ts';
import type { Evidence, Present } from '../evidence.ts';
import { family } from '../family.ts';
import { against, type Basis, basisOf, figure, missing } from '../figure.ts';
import type { Figure, Table } from '../figures.ts';
import { type Indicator, methodName } from '../indicator.ts';
import { countryOn, type Maker } from '../organisations.ts';
import type { Registry } from '../registry.ts';
import { type ClassifiedRepository, classifyRepositories } from '../repositories.ts';
import { SIZES, sizeOf } from '../size.ts';
import { columns, missingTable, table } from '../table.ts';

const UNIVERSE = say('universe.hub');
const TITLE = 'New open-weight models';
/** A catalogue lists a new model within weeks of its repository; later than this it lists an older one. */
const NEWS_DAYS = 60;

const head = columns({
  date: ['day', 'First evidence of public weights'],
  model: ['text', 'Repository on the Hub'],
  maker: ['text', 'Id of the maker'],
  makerName: ['text', 'Name of the maker'],
  country: ['text', 'Country of the maker'],
  parameters: ['number', 'Weights; empty where the Hub does not say'],
  licence: ['text', 'Licence tag; empty where unstated'],
  base: ['text', 'First model it names as its base'],
  downloads: ['count', 'Requests counted over 30 days, all variants'],
});

const SIZES_TITLE = 'New open-weight models by size';
const sizesHead = columns({
  country: ['text', 'Country of the maker'],
  size: ['text', 'Number of weights: under-3b, 3b-15b, 15b-70b, 70b-300b, over-300b or unstated'],
  models: ['count', 'Models'],
});

const indicator = {
  id: 'releases',
  version: 1,
  unit: 'models',
  method:
    'First-party open models whose weights became public in the month, one per family and size: variants of format (-FP8, -NVFP4, -GGUF, -AWQ), training stage (-Base, -Instruct, -it) and draft heads of one name count once, adapters and other makers’ weights not at all. A model is dated by the list of openness; else by the day OpenRouter’s catalogue listed it, if that is within 60 days of its repository; else by its repository’s creation. Models without any date are not counted; the high bound puts them all into the month. Size is the number of weights the Hub states, else the one in the model’s name, with all experts.',
} as const;

/** New open models, by who made them. */
export const releases: Indicator = {
  ...indicator,
  compute(evidence) {
    const { repositories, registry, month } = evidence;
    if (!repositories.present) return absent(repositories.reason);
    const basis = basisOf(repositories, {
      method: methodName(indicator),
      window: month,
      classifiedAt: registry.classifiedAt,
    });
    const { found, undated } = releasesOf(evidence, repositories);
    const inMonth = found.filter(({ date }) => month.from <= date && date <= month.to);
    const listed = found.length + undated.length;
    const covered = listed > 0 ? found.length / listed : null;
    const partial = undated.length > 0 ? say('gap.undated', { undated: undated.length, listed }) : null;
    return {
      figures: counts(
        basis,
        inMonth,
        undated.map((maker) => countryOn(maker, month.to)),
        covered,
        partial,
      ),
      tables: {
        releases: table(basis, TITLE, head, inMonth.map(toRow), partial),
        'releases-by-size': table(basis, SIZES_TITLE, sizesHead, sizeRows(inMonth), partial),
      },
      series: {},
    };
  },
};

/** A family and size of one maker, with the day its weights became public. */
export interface Release {
  readonly date: Day;
  readonly model: string;
  readonly maker: Maker;
  readonly seen: RepositoryObservation | null;
  readonly downloads: bigint | null;
}

/** Every dated first-party family that is listed, oldest first, and the maker of each that has no date. */
export function releasesOf(
  { registry, month, offers }: Evidence,
  taken: Present<RepositoryObservation>,
): { found: Release[]; undated: Maker[] } {
  const own = classifyRepositories(taken.observations, registry, month.to).filter(
    ({ role, seen }) => role === 'first-party' && !seen.bases.some(({ relation }) => relation === 'adapter'),
  );
  const families = Map.groupBy(own, ({ uploader, seen }) => `${uploader?.id}/${family(seen.model)}`);
  const listed = listings(offers.present ? offers.observations : []);
  const found: Release[] = [];
  const undated: Maker[] = [];
  for (const variants of families.values()) {
    const [first] = [...variants].sort((a, b) => byName(a.seen.model, b.seen.model));
    if (!first?.uploader) continue;
    const date = dateOf(variants, registry, listed);
    if (date === 'unknown') undated.push(first.uploader);
    else if (date !== 'closed')
      found.push({
        date,
        model: first.seen.model,
        maker: first.uploader,
        seen: first.seen,
        downloads: variants.reduce((total, { seen }) => total + seen.downloads30d, 0n),
      });
  }
  for (const { model, names, open } of registry.openness.models) {
    const [repository] = names.huggingface;
    const maker = registry.organisations.byId(model.maker);
    if (open === null || !repository || !maker || families.has(`${maker.id}/${family(repository)}`)) continue;
    found.push({ date: open, model: repository, maker, seen: null, downloads: null });
  }
  found.sort((a, b) => (a.date === b.date ? byName(a.model, b.model) : a.date < b.date ? -1 : 1));
  return { found, undated };
}

/** The day a family's weights became public; `closed` if the list of openness says that they did not. */
function dateOf(
  variants: readonly ClassifiedRepository[],
  { openness }: Registry,
  listed: ReadonlyMap<string, Day>,
): Day | 'closed' | 'unknown' {
  const entries = variants
    .map(({ seen }) => openness.named('huggingface', seen.model))
    .filter((entry) => entry !== undefined);
  if (entries.length > 0) return earliest(entries.map(({ open }) => open)) ?? 'closed';
  const created = earliest(variants.map(({ seen }) => seen.createdAt?.slice(0, 10)));
  const offered = earliest(variants.map(({ seen }) => listed.get(seen.model.toLowerCase())));
  if (!created) return offered ?? 'unknown';
  const news = offered && offered >= created && daysBetween(created, offered) <= NEWS_DAYS;
  return news ? offered : created;
}

/** When a catalogue first listed a repository's model. */
function listings(offers: readonly OfferObservation[]): Map<string, Day> {
  const found = new Map<string, Day>();
  for (const { huggingFaceId, created } of offers) {
    if (!huggingFaceId) continue;
    const key = huggingFaceId.toLowerCase();
    found.set(key, earliest([found.get(key), created]) ?? created);
  }
  return found;
}

/** High bounds put every undated family of a country into the month, and every new one of unknown country into each. */
function counts(
  basis: Basis,
  found: readonly Release[],
  undated: readonly string[],
  covered: number | null,
  partial: string | null,
): Record<string, Figure> {
  const of = (country: string) =>
    found.filter(({ maker, date }) => countryOn(maker, date) === country).length;
  const unknown = of('unknown');
  return Object.fromEntries(
    COUNTRIES.map((country) => {
      const value = of(country);
      const possible = undated.filter((one) => one === country).length;
      const measured = figure(basis, {
        unit: 'models',
        value: String(value),
        low: String(country === 'unknown' ? 0 : value),
        high: String(value + possible + (country === 'unknown' ? 0 : unknown)),
        coverage: covered,
        partial,
        unknown: BigInt(unknown),
        classified: BigInt(found.length - unknown),
      });
      return [`releases.count.${country}`, against(measured, null, NO_COMPARISON)];
    }),
  );
}

const NO_COMPARISON = say('compare.other-universe');

function toRow({ date, model, maker, seen, downloads }: Release): Record<string, string | number | null> {
  return {
    date,
    model,
    maker: maker.id,
    makerName: maker.name,
    country: countryOn(maker, date),
    parameters: seen?.parameters ?? null,
    licence: seen?.licence ?? null,
    base: seen?.bases[0]?.model ?? null,
    downloads: downloads === null ? null : String(downloads),
  };
}

function sizeRows(found: readonly Release[]): Table['rows'] {
  return COUNTRIES.flatMap((country) => {
    const own = found.filter(({ maker, date }) => countryOn(maker, date) === country);
    const bySize = Map.groupBy(own, ({ seen, model }) => sizeOf(seen?.parameters ?? null, model));
    return SIZES.map((size) => ({ country, size, models: String(bySize.get(size)?.length ?? 0) }));
  });
}

function absent(reason: string): ReturnType<Indicator['compute']> {
  const method = methodName(indicator);
  return {
    figures: Object.fromEntries(
      COUNTRIES.map((country) => [`releases.count.${country}`, missing('models', method, UNIVERSE, reason)]),
    ),
    tables: {
      releases: missingTable(method, TITLE, head, UNIVERSE, reason),
      'releases-by-size': missingTable(method, SIZES_TITLE, sizesHead, UNIVERSE, reason),
    },
    series: {},
  };
}

function earliest(days: readonly (Day | null | undefined)[]): Day | undefined {
  return days.filter((day) => typeof day === 'string').sort()[0];
}

function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** The shortest name first: the one without endings. */
function byName(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : 1) : a.length - b.length;
}
