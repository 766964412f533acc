import { z } from 'zod';
import { type Artefact, jsonArtefact } from '../archive/artefact.ts';
import { ArchiveCorrupt } from '../errors.ts';
import { type Figure, type Figures, figuresArtefact } from './figures.ts';
import { figuresV1Artefact, fromV1 } from './figures-v1.ts';

/** Ids that were renamed: the old one, and what it is called today. An id is never used again for something else. */
const RENAMED: ReadonlyMap<string, string> = new Map();

/** A reader per version of the schema; each ends in today’s shape. */
const READERS: ReadonlyMap<number, (body: Uint8Array, where: string) => Figures> = new Map([
  [1, (body, where) => fromV1(figuresV1Artefact.parse(body, where))],
  [2, (body, where) => figuresArtefact.parse(body, where)],
]);

const versionArtefact = jsonArtefact(
  'figures of an earlier edition',
  z.looseObject({ schemaVersion: z.int().positive() }),
);

/**
 * Figures of whichever release published them, read into today’s shape and under today’s ids; written as today.
 *
 * @param renamed old ids and new ones
 */
export function publishedFigures(renamed: ReadonlyMap<string, string> = RENAMED): Artefact<Figures> {
  return {
    name: 'figures of an earlier edition',
    /** @throws ArchiveCorrupt if the version is one that this release does not know, or the body is not of its version */
    parse(body, where) {
      const { schemaVersion } = versionArtefact.parse(body, where);
      const read = READERS.get(schemaVersion);
      if (!read)
        throw new ArchiveCorrupt(
          `The figures at ${where} are of schema version ${schemaVersion}, and this release reads ${[...READERS.keys()].join(' and ')}. A later release published them: use that one, or a later one.`,
          { key: where, schemaVersion },
        );
      const figures = read(body, where);
      return { ...figures, figures: underTodaysIds(figures.figures, renamed) };
    },
    serialise: (value, where) => figuresArtefact.serialise(value, where),
  };
}

/** Where a figure has both names, the one under today’s id is meant. */
function underTodaysIds(
  figures: Readonly<Record<string, Figure>>,
  renamed: ReadonlyMap<string, string>,
): Record<string, Figure> {
  const entries = Object.entries(figures).map(([id, figure]) => [renamed.get(id) ?? id, figure, id] as const);
  const own = new Set(entries.filter(([now, , id]) => now === id).map(([now]) => now));
  return Object.fromEntries(
    entries.filter(([now, , id]) => now === id || !own.has(now)).map(([now, figure]) => [now, figure]),
  );
}

/** Figures of an earlier edition, of whichever version. */
export const publishedFiguresArtefact = publishedFigures();
