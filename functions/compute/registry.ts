import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { jsonArtefact, sha256 } from '../archive/artefact.ts';
import type { Day } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { OpennessList, opennessSchema } from './openness.ts';
import { Organisations, organisationsSchema } from './organisations.ts';

const trackedSchema = z.strictObject({
  classifiedAt: z.iso.date(),
  lists: z.array(z.strictObject({ source: z.string().min(1), models: z.array(z.string().min(3)) })),
});

/** Who is who, what is open since when, and which repositories are language models: compute's only secret. */
export interface Registry {
  readonly organisations: Organisations;
  readonly openness: OpennessList;
  /** Repositories of the Hub that are language models whatever their tag says; lower case. */
  readonly tracked: ReadonlySet<string>;
  /** SHA-256 of each file, by its name. */
  readonly files: Readonly<Record<'organisations.json' | 'openness.json' | 'tracked-models.json', string>>;
  /** The youngest date as of which any of the files was classified. */
  readonly classifiedAt: Day;
}

/** The bytes of the three files. */
export type RegistryFiles = Readonly<Record<keyof Registry['files'], Uint8Array>>;

/**
 * Reads the registry out of its files' bytes.
 *
 * @throws ArchiveCorrupt if a file is not of its schema
 * @throws BadRequest if a name stands for two things, or names nothing
 */
export function parseRegistry(files: RegistryFiles): Registry {
  const parse = <T>(name: keyof RegistryFiles, schema: z.ZodType<T>): T =>
    jsonArtefact(name, schema).parse(files[name], `functions/compute/${name}`);
  const who = parse('organisations.json', organisationsSchema);
  const open = parse('openness.json', opennessSchema);
  const lists = parse('tracked-models.json', trackedSchema);
  const organisations = new Organisations(who);
  const tracked = new Set<string>();
  for (const model of lists.lists.flatMap(({ models }) => models)) {
    const key = model.toLowerCase();
    if (tracked.has(key)) throw new BadRequest(`tracked-models.json: ${model} is there twice. Keep one.`);
    tracked.add(key);
  }
  return {
    organisations,
    openness: new OpennessList(open, (id) => organisations.byId(id) !== undefined),
    tracked,
    files: {
      'organisations.json': sha256(files['organisations.json']),
      'openness.json': sha256(files['openness.json']),
      'tracked-models.json': sha256(files['tracked-models.json']),
    },
    classifiedAt:
      [who, open, lists]
        .map(({ classifiedAt }) => classifiedAt)
        .sort()
        .at(-1) ?? who.classifiedAt,
  };
}

let opened: Registry | undefined;

/** The registry that travels with the program, read once. */
export function openRegistry(): Registry {
  const read = (name: string) => readFileSync(new URL(name, import.meta.url));
  opened ??= parseRegistry({
    'organisations.json': read('organisations.json'),
    'openness.json': read('openness.json'),
    'tracked-models.json': read('tracked-models.json'),
  });
  return opened;
}

/** Every namespace on the Hub that belongs to a maker: what a pull asks the Hub for. */
export function hubNamespaces(): readonly string[] {
  return openRegistry()
    .organisations.makers.flatMap(({ names }) => names.huggingface)
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}
