import type { Archive } from '../archive/archive.ts';
import { textArtefact } from '../archive/artefact.ts';
import { keys } from '../archive/keys.ts';
import { Work } from '../archive/work.ts';
import type { Edition } from '../edition.ts';
import { assembleFigures } from './assemble.ts';
import { csvArtefact, toCsv } from './csv.ts';
import { dataPackage, dataPackageArtefact, type PackagedTable } from './data-package.ts';
import { type Figures, figuresArtefact } from './figures.ts';
import { type Inputs, inputsArtefact } from './inputs.ts';
import { loadEvidence } from './load.ts';
import { openRegistry, type Registry } from './registry.ts';
import { publishedSchema } from './schema.ts';
import { bodiesTable, figuresTable, originsTable } from './tidy-figures.ts';

const schemaArtefact = textArtefact('schema of figures', /^\{/);

/**
 * Makes an edition's figures from sealed snapshots: pins what it used, computes, writes the figures, every table as
 * CSV, and the data package that describes them.
 *
 * @returns the figures as written
 * @throws ArchiveCorrupt if a snapshot's bytes are not what was sealed
 * @throws SourceChanged if a sealed body cannot be read
 */
export async function computeEdition(options: {
  archive: Archive;
  edition: Edition;
  registry?: Registry;
}): Promise<Figures> {
  const { archive, edition, registry = openRegistry() } = options;
  const work = await Work.open(archive, { stage: 'compute', edition });
  const { evidence, provenance, inputs } = await loadEvidence(archive, edition, registry);

  const figures = assembleFigures(evidence, provenance);

  await save(work, edition, figures, inputs);
  return figures;
}

/** Writes the tables first, then the package that names them by checksum, and the figures last. */
async function save(work: Work, edition: Edition, figures: Figures, inputs: Inputs): Promise<void> {
  const tables: PackagedTable[] = [];
  for (const one of tablesOf(figures)) {
    const { key, ...written } = await work.write(csvArtefact, keys.table(edition, one.id), toCsv(one.table));
    tables.push({ ...one, ...written, path: key.slice(keys.draft(edition).length) });
  }
  await work.write(dataPackageArtefact, keys.dataPackage(edition), dataPackage(figures, tables));
  await work.write(inputsArtefact, keys.inputs(edition), inputs);
  await work.write(schemaArtefact, keys.figuresSchema(edition), publishedSchema());
  await work.write(figuresArtefact, keys.figures(edition), figures);
  await work.finish();
}

/** Every table of the edition, those about the figures themselves first. */
function tablesOf(figures: Figures): Pick<PackagedTable, 'id' | 'table' | 'primaryKey' | 'figureColumn'>[] {
  const own = Object.entries({ ...figures.tables, ...figures.series });
  return [
    { id: 'figures', table: figuresTable(figures), primaryKey: ['id'] },
    { id: 'origins', table: originsTable(figures), figureColumn: 'figure' },
    { id: 'bodies', table: bodiesTable(figures) },
    ...own.map(([id, table]) => ({ id, table })),
  ];
}
