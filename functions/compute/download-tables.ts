import type { Repair } from './counters.ts';
import { COUNTRIES } from './country.ts';
import { type DownloadViews, type Tally, total } from './download-tally.ts';
import type { Basis } from './figure.ts';
import type { Table } from './figures.ts';
import { partition, share } from './share.ts';
import { columns, missingTable, table } from './table.ts';

const TOP = 15;

const TABLES = {
  'downloads-by-country': {
    title: 'Downloads by country',
    head: columns({
      measure: ['text', 'publisher or lineage of language models, all tasks by publisher, or community'],
      country: ['text', 'Country of the maker; empty for the community'],
      downloads: ['count', 'Requests counted over 30 days'],
      share: ['share', 'Part of the classified and the unknown; empty for the community'],
    }),
  },
  'downloads-top': {
    title: 'Most downloaded first-party language models',
    head: columns({
      rank: ['number', 'By downloads'],
      model: ['text', 'Repository on the Hub'],
      maker: ['text', 'Id of the maker'],
      makerName: ['text', 'Name of the maker'],
      country: ['text', 'Country of the maker'],
      downloads: ['count', 'Requests counted over 30 days'],
      share: ['share', 'Part of all first-party language models listed'],
    }),
  },
  'downloads-repairs': {
    title: 'Counters that were set aside, repaired, or are contradicted by another',
    head: columns({
      model: ['text', 'Repository on the Hub'],
      day: ['day', 'When it was read'],
      counted: ['count', 'Requests over 30 days as the Hub counted them'],
      used: ['count', 'What the figures use; nought where it is set aside'],
      repair: ['text', 'set-aside, repaired or kept'],
      cause: ['text', 'spike, counter-high, counter-low, all-time-stalled or all-time-recounted'],
    }),
  },
  'downloads-set-aside': {
    title: 'Models of makers that are not counted as theirs',
    head: columns({
      model: ['text', 'Repository on the Hub'],
      uploader: ['text', 'Id of the maker who uploaded it'],
      base: ['text', 'Whose weights it carries; empty where access is what sets it aside'],
      downloads: ['count', 'Requests counted over 30 days'],
      reason: ['text', 'copy: another maker’s weights in another format; gated: not open on the day'],
    }),
  },
} as const;

/** The tables of downloads. */
export function downloadTables(
  basis: Basis,
  views: DownloadViews,
  repairs: readonly Repair[],
): Record<string, Table> {
  const rows: Record<keyof typeof TABLES, Table['rows']> = {
    'downloads-by-country': [
      ...countryRows('publisher', views.publisher),
      ...countryRows('lineage', views.lineage),
      ...countryRows('all', views.everything),
      { measure: 'community', country: null, downloads: String(views.community), share: null },
    ],
    'downloads-top': topRows(views),
    'downloads-repairs': repairs.map(({ counted, used, ...one }) => ({
      ...one,
      counted: String(counted),
      used: String(used),
    })),
    'downloads-set-aside': asideRows(views),
  };
  return Object.fromEntries(
    ids().map((id) => [id, table(basis, TABLES[id].title, TABLES[id].head, rows[id])]),
  );
}

/** The same tables, empty, with the reason. */
export function missingDownloadTables(
  method: string,
  universe: string,
  reason: string,
): Record<string, Table> {
  return Object.fromEntries(
    ids().map((id) => [id, missingTable(method, TABLES[id].title, TABLES[id].head, universe, reason)]),
  );
}

function ids(): (keyof typeof TABLES)[] {
  return ['downloads-by-country', 'downloads-top', 'downloads-repairs', 'downloads-set-aside'];
}

function countryRows(measure: string, { by }: Tally): Table['rows'] {
  const shares = partition(COUNTRIES.map((country) => by[country]));
  return COUNTRIES.map((country, index) => ({
    measure,
    country,
    downloads: String(by[country]),
    share: shares[index] ?? null,
  }));
}

function topRows({ language }: DownloadViews): Table['rows'] {
  const whole = total(language);
  return language.slice(0, TOP).map(({ seen, uploader, country }, index) => ({
    rank: index + 1,
    model: seen.model,
    maker: uploader?.id ?? null,
    makerName: uploader?.name ?? null,
    country,
    downloads: String(seen.downloads30d),
    share: share(seen.downloads30d, whole),
  }));
}

function asideRows({ all }: DownloadViews): Table['rows'] {
  return all
    .filter(({ role }) => role === 'copy' || role === 'gated')
    .map(({ seen, uploader, role, copyOf }) => ({
      model: seen.model,
      uploader: uploader?.id ?? null,
      base: copyOf,
      downloads: String(seen.downloads30d),
      reason: role,
    }));
}
