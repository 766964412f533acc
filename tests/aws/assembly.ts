import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../functions/archive/artefact.ts';

/** The stack that is deployed here. */
export const STACK = 'OpenModelBalance-prod';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.infer<typeof resourceSchema>;
const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });
const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({ source: z.object({ path: z.string(), packaging: z.enum(['zip', 'file']) }) }),
  ),
});

/**
 * A synthesised cloud assembly (`cdk.out`), and beside it the functions' assets, each in a folder that only this run
 * knows: outside the repository, whose packages must not help, and read-only, as `/var/task` is.
 */
export class Assembly {
  readonly folder: string;
  readonly #tasks: string;

  private constructor(folder: string, tasks: string) {
    this.folder = folder;
    this.#tasks = tasks;
  }

  /** @param home a folder of this run's own; holds `cdk.out` and `tasks` once `place` has put them there */
  static at(home: string): Assembly {
    return new Assembly(join(home, 'cdk.out'), join(home, 'tasks'));
  }

  /** Puts a synthesised assembly's functions into place. */
  static place(home: string): Assembly {
    const assembly = Assembly.at(home);
    mkdirSync(assembly.#tasks);
    // What the CLI packs for one deployment, it finds packed at the next: all copies share the folder.
    mkdirSync(join(home, 'packed'));
    symlinkSync(join(home, 'packed'), join(assembly.folder, '.cache'));
    for (const [hash, path] of assembly.#zips()) {
      const task = join(assembly.#tasks, hash);
      cpSync(resolve(assembly.folder, path), task, { recursive: true, preserveTimestamps: true });
      for (const one of [task, ...everythingIn(task)]) chmodSync(one, statSync(one).mode & ~0o222);
    }
    return assembly;
  }

  /** The stack's resources of a type, by logical id. */
  resources(type: string): ReadonlyMap<string, Resource> {
    const { Resources } = templateSchema.parse(JSON.parse(this.text()));
    return new Map(Object.entries(Resources).filter(([, { Type }]) => Type === type));
  }

  /** The template as text. */
  text(): string {
    return readFileSync(this.#template(), 'utf8');
  }

  /** Where a function's files lie. @param key of its asset in the bucket of assets */
  task(key: string): string {
    return join(this.#tasks, basename(key, '.zip'));
  }

  /**
   * The same assembly with another template: the packed assets are shared, nothing else differs.
   *
   * @param home a folder of its own
   */
  edited(home: string, edit: (template: string) => string): Assembly {
    const copy = new Assembly(join(home, 'cdk.out'), this.#tasks);
    const text = edit(this.text());
    mkdirSync(home, { recursive: true });
    // Hard links: what is packed once is not packed again. The template is a file of its own.
    execFileSync('cp', ['-al', this.folder, copy.folder]);
    const template = copy.#template();
    execFileSync('rm', [template]);
    writeFileSync(template, text);
    return copy;
  }

  /** What functions wrote into their own code, which Lambda would have refused; for a user who may write anywhere. */
  tampered(): string[] {
    return [...this.#zips()].flatMap(([hash, path]) =>
      difference(listing(resolve(this.folder, path)), listing(join(this.#tasks, hash))),
    );
  }

  #template(): string {
    return join(this.folder, `${STACK}.template.json`);
  }

  #zips(): [hash: string, path: string][] {
    const assets = readFileSync(join(this.folder, `${STACK}.assets.json`), 'utf8');
    return Object.entries(assetsSchema.parse(JSON.parse(assets)).files)
      .filter(([, { source }]) => source.packaging === 'zip')
      .map(([hash, { source }]) => [hash, source.path]);
  }
}

function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
}

function listing(folder: string): Map<string, string> {
  const files = everythingIn(folder).filter((path) => statSync(path).isFile());
  return new Map(files.map((path) => [relative(folder, path), sha256(readFileSync(path))]));
}

function difference(before: Map<string, string>, after: Map<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
