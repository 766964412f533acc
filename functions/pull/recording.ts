import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Archive } from '../archive/archive.ts';
import { jsonArtefact } from '../archive/artefact.ts';
import { type Edition, parseEdition } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import type { SourceName } from '../sources/source.ts';
import { type Sealed, seal } from './seal.ts';

const window = z.strictObject({ from: z.iso.date(), to: z.iso.date() });
const recordingArtefact = jsonArtefact(
  'recording',
  z.strictObject({
    edition: z.string(),
    recordedAt: z.iso.datetime(),
    sources: z.array(
      z.strictObject({
        source: z.string(),
        retrievedAt: z.iso.datetime(),
        window,
        bodies: z.array(
          z.strictObject({
            file: z.string(),
            part: z.string(),
            url: z.url(),
            headers: z.record(z.string(), z.string()),
            transcribed: z.string(),
          }),
        ),
      }),
    ),
  }),
);

/** Bodies of a past month that travel with the program: real figures, transcribed, in the sources' own shapes. */
export interface Recording {
  readonly edition: Edition;
  /** When the youngest of its bodies was read: the clock of a recorded run, so that it always makes the same bytes. */
  readonly recordedAt: Date;
  readonly sources: readonly SourceName[];
  /**
   * Writes and seals one source's bodies, each marked with where its facts were read: a snapshot for every
   * time the source was looked at, oldest first.
   *
   * @returns the latest
   */
  seal(archive: Archive, source: SourceName): Promise<Sealed>;
}

/**
 * Opens the recording that is part of the program.
 *
 * @throws ArchiveCorrupt if its index is not of its schema
 */
export async function openRecording(folder = new URL('recording/', import.meta.url)): Promise<Recording> {
  const index = recordingArtefact.parse(
    await readFile(new URL('index.json', folder)),
    'functions/pull/recording/index.json',
  );
  return {
    edition: parseEdition(index.edition),
    recordedAt: new Date(index.recordedAt),
    sources: [...new Set(index.sources.map(({ source }) => source))],
    async seal(archive, source) {
      let latest: Sealed | undefined;
      for (const { source: name, retrievedAt, window, bodies } of index.sources) {
        if (name !== source) continue;
        const read = bodies.map(async ({ file, ...body }) => ({
          ...body,
          retrievedAt,
          body: await readFile(new URL(file, folder)),
        }));
        latest = await seal(archive, {
          source,
          retrievedAt,
          sealedAt: index.recordedAt,
          window,
          bodies: await Promise.all(read),
        });
      }
      if (!latest) throw new BadRequest(`The recording of ${index.edition} has no bodies of ${source}.`);
      return latest;
    },
  };
}
