import type { Archive } from '../archive/archive.ts';
import { keys } from '../archive/keys.ts';
import { Work } from '../archive/work.ts';
import type { Edition } from '../edition.ts';
import { assembleFigures } from './assemble.ts';
import { csvArtefact, toCsv } from './csv.ts';
import { type Figures, figuresArtefact } from './figures.ts';
import { inputsArtefact } from './inputs.ts';
import { loadEvidence } from './load.ts';
import { openRegistry, type Registry } from './registry.ts';

/**
 * Makes an edition's figures from sealed snapshots: pins what it used, computes, writes the figures and every
 * table as CSV.
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

  await work.write(inputsArtefact, keys.inputs(edition), inputs);
  for (const [id, table] of Object.entries({ ...figures.tables, ...figures.series }))
    await work.write(csvArtefact, keys.table(edition, id), toCsv(table));
  await work.write(figuresArtefact, keys.figures(edition), figures);
  await work.finish();
  return figures;
}
