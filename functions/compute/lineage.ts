import type { RepositoryObservation } from '../sources/observation.ts';
import { withoutFormat } from './family.ts';
import type { Maker, Organisations } from './organisations.ts';
import type { Registry } from './registry.ts';

/** As much of a repository as its lineage needs. */
type Seen = Pick<RepositoryObservation, 'model' | 'bases'>;

/** Where a repository's weights come from: stated by its bases, else read off its name. */
export class Lineage {
  readonly #organisations: Organisations;
  readonly #seen = new Map<string, Seen>();
  /** Names of makers' own models, without format endings, and the repositories that bear them. */
  readonly #originals = new Map<string, Set<string>>();

  constructor(repositories: readonly Seen[], { organisations, tracked }: Registry) {
    this.#organisations = organisations;
    for (const one of repositories) this.#seen.set(one.model.toLowerCase(), one);
    for (const model of [...this.#seen.keys(), ...tracked]) {
      const name = nameOf(model);
      if (!this.uploader(model) || withoutFormat(name) !== name) continue;
      const bearers = this.#originals.get(name) ?? new Set();
      this.#originals.set(name, bearers.add(model));
    }
  }

  /** The maker whose namespace it is in; undefined for the community. */
  uploader(model: string): Maker | undefined {
    return this.#organisations.named('huggingface', namespaceOf(model));
  }

  /** The models it is made from, as it states them; else the one maker's model whose name it bears. */
  bases(one: Seen): readonly { model: string; relation: string }[] {
    if (one.bases.length > 0) return one.bases;
    const name = nameOf(one.model).toLowerCase();
    const bearers = this.#originals.get(withoutFormat(name));
    const uploader = this.uploader(one.model);
    const formatted = withoutFormat(name) !== name;
    if (!bearers || (uploader && !formatted)) return [];
    const makers = new Set([...bearers].map((model) => this.uploader(model)?.id));
    if (makers.size > 1 || (uploader && makers.has(uploader.id))) return [];
    const [model = ''] = [...bearers].sort();
    return [
      {
        model: this.#seen.get(model)?.model ?? model,
        relation: formatted ? 'quantized' : 'unstated',
      },
    ];
  }

  /**
   * The other's model whose weights it carries in another format, or null if they are its uploader's own.
   * Re-quantisations of re-quantisations are followed; a base that comes round again is cut.
   */
  copyOf(one: Seen): string | null {
    const uploader = this.uploader(one.model);
    const visited = new Set<string>();
    const ahead: Seen[] = [one];
    for (let here = ahead.pop(); here; here = ahead.pop()) {
      const key = here.model.toLowerCase();
      if (visited.has(key)) continue;
      visited.add(key);
      const formatted = withoutFormat(nameOf(key)) !== nameOf(key);
      for (const { model, relation } of this.bases(here)) {
        if (relation !== 'quantized' && !(relation === 'unstated' && formatted)) continue;
        if (this.uploader(model)?.id !== uploader?.id) return model;
        const base = this.#seen.get(model.toLowerCase());
        if (base) ahead.push(base);
      }
    }
    return null;
  }

  /**
   * The maker of the models at the root of its bases. Undefined where there is none, or where the roots are of
   * different makers. A base that comes round again is cut; a model in nothing but a circle is its own root, and one
   * built on a circle is of the one maker who is in it.
   */
  root(model: string): Maker | undefined {
    const visited = new Set<string>();
    const roots = new Set<Maker | undefined>();
    const ahead = [model];
    for (let here = ahead.pop(); here !== undefined; here = ahead.pop()) {
      const key = here.toLowerCase();
      if (visited.has(key)) continue;
      visited.add(key);
      const seen = this.#seen.get(key);
      const bases = seen ? this.bases(seen) : [];
      if (bases.length === 0) roots.add(this.#maker(here));
      else ahead.push(...bases.map((base) => base.model));
    }
    if (roots.size === 0) return this.#maker(model) ?? this.#onlyMaker(visited);
    return roots.size === 1 ? [...roots][0] : undefined;
  }

  #onlyMaker(models: Iterable<string>): Maker | undefined {
    const makers = new Set(
      [...models].map((model) => this.#maker(model)).filter((maker) => maker !== undefined),
    );
    return makers.size === 1 ? [...makers][0] : undefined;
  }

  #maker(model: string): Maker | undefined {
    return this.uploader(model) ?? this.#organisations.mirrored(namespaceOf(model));
  }
}

/** `owner` of `owner/name`; nothing where there is none. */
export function namespaceOf(model: string): string {
  return model.includes('/') ? model.slice(0, model.indexOf('/')) : '';
}

function nameOf(model: string): string {
  return model.slice(model.indexOf('/') + 1);
}
