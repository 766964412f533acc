import { say } from '../sentences.ts';
import { baseUrl } from './base-url.ts';
import { changed, column, quoted, readCsv, readValue } from './body.ts';
import { field } from './field.ts';
import type { CapabilityObservation } from './observation.ts';
import { inText } from './probe.ts';
import type { Source } from './source.ts';

const PATH = '/data/eci_scores.csv';
const TYPES = ['text/csv', 'application/csv', 'text/plain', 'application/octet-stream'];
/** Header names drift between releases (`of`/`from`), so columns are found by pattern. */
const COLUMNS = {
  model: /^model$/i,
  score: /^eci(?:[ _]score)?$/i,
  low: /^eci_ci_low$/i,
  high: /^eci_ci_high$/i,
  date: /^(?:date|(?:publication|release)[ _]date)$/i,
  organisation: /^organi[sz]ations?$/i,
  country: /^countr(?:y|ies) \((?:of|from) organi[sz]ations?\)$/i,
  accessibility: /^model accessibility$/i,
} as const;

/**
 * The Epoch Capabilities Index: one score per model, with its interval, refitted at every release.
 *
 * @see https://epoch.ai/benchmarks/eci
 */
export const epoch: Source<CapabilityObservation> = {
  name: 'epoch',
  base: { variable: 'EPOCH_BASE_URL', url: 'https://epoch.ai' },
  origin: {
    producer: 'Epoch AI',
    title: 'Epoch Capabilities Index',
    url: 'https://epoch.ai/eci',
    licence: 'CC-BY-4.0',
    citation: "Epoch AI, 'Epoch Capabilities Index'. Published online at epoch.ai/eci, as of {as_of}.",
  },
  limits: () => [],
  probes: () => [
    {
      what: 'The index',
      part: 'scores',
      path: PATH,
      accept: TYPES,
      reads: true,
      looks: [
        {
          assumption: 'its header names the country of the organisation',
          find: inText(/Country \((of|from) organi[sz]ation\)/i),
          whatToDo: 'Adapt the patterns of the columns in functions/sources/epoch.ts.',
        },
      ],
    },
  ],

  async *retrieve(http, _wish, environment) {
    const url = `${baseUrl(epoch.base, environment)}${PATH}`;
    yield { part: 'scores', ...(await http.get({ url, accept: TYPES })) };
  },

  parse(bodies) {
    const observations: CapabilityObservation[] = [];
    const remarks: string[] = [];
    for (const body of bodies) {
      const csv = readCsv(body);
      const at = Object.fromEntries(
        Object.entries(COLUMNS).map(([name, pattern]) => [name, column(body, csv, name, pattern)]),
      );
      let unscored = 0;
      for (const [index, cells] of csv.rows.entries()) {
        const row = index + 1;
        const cell = (name: keyof typeof COLUMNS) => (cells[at[name] ?? -1] ?? '').trim();
        const number = (name: 'score' | 'low' | 'high') => {
          const text = cell(name);
          if (!/^-?\d+(\.\d+)?$/.test(text))
            throw changed(body, `expected a number, found ${quoted(text)}`, {
              row,
              field: name,
            });
          return Number(text);
        };
        const names = (name: 'organisation' | 'country') =>
          cell(name)
            .split(',')
            .map((one) => one.trim())
            .filter((one) => one !== '')
            .map((one) => readValue(body, field.name, one, { row, field: name }));
        const model = readValue(body, field.name, cell('model'), { row, field: 'model' });
        if (cell('score') === '' || cell('date') === '') {
          unscored += 1;
          continue;
        }
        observations.push({
          kind: 'capability',
          model,
          score: number('score'),
          low: cell('low') === '' ? null : number('low'),
          high: cell('high') === '' ? null : number('high'),
          released: readValue(body, field.day, cell('date'), { row, field: 'date' }),
          organisations: names('organisation'),
          countries: names('country'),
          accessibility:
            cell('accessibility') === ''
              ? null
              : readValue(body, field.name, cell('accessibility'), { row, field: 'accessibility' }),
        });
      }
      if (unscored > 0) remarks.push(say('remark.unscored', { models: unscored }));
      if (csv.rows.length === unscored) throw changed(body, 'no row has a score');
    }
    return {
      observations,
      asOf: bodies.map(publishedAt).sort().at(-1) ?? '',
      universe: say('universe.scored', { models: observations.length }),
      remarks,
    };
  },
};

/** The day the file says it was last changed, else when it was asked for. */
function publishedAt({
  headers,
  retrievedAt,
}: {
  headers: Readonly<Record<string, string>>;
  retrievedAt: string;
}) {
  const said = Date.parse(headers['last-modified'] ?? '');
  return Number.isNaN(said) ? retrievedAt : new Date(said).toISOString();
}
