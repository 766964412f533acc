import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Archive } from '../../functions/archive/archive.ts';
import { bytesArtefact, sha256 } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { computeEdition } from '../../functions/compute/compute.ts';
import { type DataPackage, dataPackage, dataPackageArtefact } from '../../functions/compute/data-package.ts';
import type { Figures, Table } from '../../functions/compute/figures.ts';
import { publishedSchema } from '../../functions/compute/schema.ts';
import {
  bodiesTable,
  figuresTable,
  originsTable,
  type TidyTable,
} from '../../functions/compute/tidy-figures.ts';
import { openRecording } from '../../functions/pull/recording.ts';

const bytes = bytesArtefact();
let archive: Archive;
let figures: Figures;
let described: DataPackage;

beforeAll(async () => {
  archive = openArchive('memory:');
  const recording = await openRecording();
  for (const source of recording.sources) await recording.seal(archive, source);
  figures = await computeEdition({ archive, edition: recording.edition });
  described = (await archive.read(dataPackageArtefact, keys.dataPackage(recording.edition))).value;
});

async function fileOf(path: string): Promise<Uint8Array> {
  return (await archive.read(bytes, `drafts/2026-07/${path}`)).value;
}

type Cell = Table['rows'][number][string];

/** A cell as Table Schema reads it: whole numbers of any length, fractions, truth, a day, text. */
function read(text: string, type: string): Cell | bigint {
  if (text === '') return null;
  if (type === 'integer') return BigInt(text);
  if (type === 'number') return Number(text);
  if (type === 'boolean') return text === 'true';
  if (type === 'date') expect(text).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  return text.replace(/^'(?=[=+\-@\t\r])/, '');
}

/** The same cell as the table has it. */
function held(cell: Cell | undefined, type: string): Cell | bigint {
  if (cell === null || cell === undefined || cell === '') return null;
  if (type === 'integer') return BigInt(String(cell));
  return type === 'number' ? Number(cell) : cell;
}

describe('the data package of an edition', () => {
  it('is valid by the standard’s own rules for what it uses', () => {
    const ajv = new Ajv({ allErrors: true, strict: false });
    formats.default(ajv);
    const rules = JSON.parse(readFileSync(new URL('data-package.schema.json', import.meta.url), 'utf8'));
    const validate = ajv.compile(rules);
    validate(described);
    expect(validate.errors ?? []).toEqual([]);
    for (const wrong of [
      { ...described, resources: [] },
      { ...described, licenses: [{ title: 'ours' }] },
      { ...described, created: 'yesterday' },
      { ...described, resources: [{ ...described.resources[0], path: '/etc/passwd' }] },
      { ...described, resources: [{ ...described.resources[0], path: 'tables/../../x' }] },
    ])
      expect(validate(wrong), JSON.stringify(wrong).slice(0, 80)).toBe(false);
  });

  it('names the edition, our licence, and every source with its own', () => {
    expect(described).toMatchObject({
      name: 'open-model-balance',
      version: '2026-07',
      created: figures.sources
        .map(({ retrievedAt }) => new Date(retrievedAt).toISOString())
        .sort()
        .at(-1),
      licenses: [{ name: 'CC-BY-4.0' }],
    });
    for (const { url, licence } of figures.sources)
      expect(described.sources).toContainEqual(expect.objectContaining({ path: url, licence }));
  });

  it('lists every table of the edition, under one name each, with its size and its checksum', async () => {
    const there: string[] = [];
    for await (const key of archive.list('drafts/2026-07/')) there.push(key.slice('drafts/2026-07/'.length));
    const data = there.filter((path) => path.startsWith('tables/'));
    expect(described.resources.map(({ path }) => path).sort()).toEqual(data);
    expect(new Set(described.resources.map(({ name }) => name)).size).toBe(data.length);
    for (const { path, bytes: length, hash } of described.resources) {
      const body = await fileOf(path);
      expect([body.length, `sha256:${sha256(body)}`], path).toEqual([length, hash]);
    }
  });

  it('says of every table how it is read, and read so it is the table again', async () => {
    const tables: Record<string, TidyTable> = {
      ...figures.tables,
      ...figures.series,
      figures: figuresTable(figures),
      origins: originsTable(figures),
      bodies: bodiesTable(figures),
    };
    const resources = described.resources.filter(({ type }) => type === 'table');
    expect(resources.map(({ name }) => name).sort()).toEqual(Object.keys(tables).sort());
    let cells = 0;
    for (const { name, path, schema } of resources) {
      const rows = parse<Record<string, string>>(Buffer.from(await fileOf(path)), {
        columns: true,
        record_delimiter: '\r\n',
      });
      const expected = tables[name]?.rows ?? [];
      expect(rows.length, name).toBe(expected.length);
      for (const [index, row] of rows.entries()) {
        expect(Object.keys(row)).toEqual(schema?.fields.map((field) => field.name));
        for (const { name: column, type, constraints } of schema?.fields ?? []) {
          const value = read(row[column] ?? '', type);
          expect(value, `${name}.${column}, row ${index}`).toEqual(held(expected[index]?.[column], type));
          if (value !== null && constraints) {
            expect(Number(value), `${name}.${column}`).toBeGreaterThanOrEqual(constraints.minimum);
            expect(Number(value), `${name}.${column}`).toBeLessThanOrEqual(constraints.maximum ?? Infinity);
          }
          cells += 1;
        }
      }
    }
    expect(cells).toBeGreaterThan(2000);
  });

  it('says that a count may be longer than what a float holds', () => {
    const fields = described.resources.flatMap(({ schema }) => schema?.fields ?? []);
    const counts = fields.filter(({ type }) => type === 'integer');
    expect(counts.length).toBeGreaterThan(5);
    for (const { description, constraints } of counts) {
      expect(description).toMatch(/May exceed 2\^53/);
      expect(constraints).toEqual({ minimum: 0 });
    }
  });

  it('has the published schema of the figures beside it', async () => {
    expect(Buffer.from(await fileOf('figures.schema.json')).toString()).toBe(publishedSchema());
  });

  it('is dated by the end of the month where no source was read', () => {
    expect(dataPackage({ edition: '2026-07', sources: [] }, []).created).toBe('2026-08-01T00:00:00.000Z');
  });
});
