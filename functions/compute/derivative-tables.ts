import type { RepositoryObservation } from '../sources/observation.ts';
import { COUNTRIES } from './country.ts';
import type { Derivative } from './derivatives.ts';
import type { Evidence } from './evidence.ts';
import type { Basis } from './figure.ts';
import type { Table } from './figures.ts';
import { share } from './share.ts';
import { columns, missingTable, table } from './table.ts';

const RELATIONS = ['finetune', 'adapter', 'quantized', 'merge', 'unstated'] as const;
const TOP = 15;

const TABLES = {
  'derivatives-by-relation': {
    title: 'New derivatives by relation and country of the base’s maker',
    head: columns({
      relation: ['text', 'finetune, adapter, quantized, merge, or unstated'],
      country: ['text', 'Country of the maker at the root'],
      models: ['count', 'Repositories created in the month'],
      share: ['share', 'Part of the relation’s'],
    }),
  },
  'derivatives-bases': {
    title: 'Bases most built on in the month',
    head: columns({
      rank: ['number', 'By new derivatives'],
      base: ['text', 'Repository that was named first as the base'],
      maker: ['text', 'Id of the maker at the root; empty where unknown'],
      makerName: ['text', 'Name of that maker'],
      country: ['text', 'Country of that maker'],
      models: ['count', 'Repositories created in the month that name it'],
      children: ['count', 'All that name it, as the Hub counts them; empty where it does not say'],
      childrenBefore: ['count', 'The same at the end of the month before'],
    }),
  },
} as const;

/** New derivatives by relation. */
export function relationTable(
  basis: Basis,
  found: readonly Derivative[],
  reason: string | null,
): Record<string, Table> {
  const rows = RELATIONS.flatMap((relation) => {
    const own = found.filter((one) => one.relation === relation);
    return COUNTRIES.map((country) => {
      const models = own.filter((one) => one.country === country).length;
      return { relation, country, models: String(models), share: share(BigInt(models), BigInt(own.length)) };
    });
  });
  return made('derivatives-by-relation', basis, rows, reason);
}

/** The bases most built on, with the Hub's own count of what builds on them, now and a month before. */
export function childrenTable(
  basis: Basis,
  { hub }: Evidence,
  found: readonly Derivative[],
  repositories: readonly RepositoryObservation[],
  reason: string | null,
): Record<string, Table> {
  const now = new Map(repositories.map((one) => [one.model.toLowerCase(), one.children]));
  const before = hub.moments.find(({ asOf }) => asOf === hub.before);
  const text = (count: number | null | undefined) =>
    count === null || count === undefined ? null : String(count);
  const rows = [...Map.groupBy(found, ({ base }) => base.toLowerCase())]
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
    .slice(0, TOP)
    .map(([key, some], index) => ({
      rank: index + 1,
      base: some[0]?.base ?? key,
      maker: some[0]?.maker?.id ?? null,
      makerName: some[0]?.maker?.name ?? null,
      country: some[0]?.country ?? 'unknown',
      models: String(some.length),
      children: text(now.get(key)),
      childrenBefore: text(before?.repositories.get(key)?.children),
    }));
  return made('derivatives-bases', basis, rows, reason);
}

/** The same tables, empty, with the reason. */
export function missingDerivativeTables(
  method: string,
  universe: string,
  reason: string,
): Record<string, Table> {
  return Object.fromEntries(
    Object.entries(TABLES).map(([id, { title, head }]) => [
      id,
      missingTable(method, title, head, universe, reason),
    ]),
  );
}

function made(
  id: keyof typeof TABLES,
  basis: Basis,
  rows: Table['rows'],
  reason: string | null,
): Record<string, Table> {
  return { [id]: table(basis, TABLES[id].title, TABLES[id].head, rows, reason) };
}
