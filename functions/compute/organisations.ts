import { z } from 'zod';
import type { Day } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { type Country, countryOfCode } from './country.ts';

const names = z.array(z.string().min(1));
const makerSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string().min(1),
  countries: z
    .array(
      z.strictObject({
        country: z.string().regex(/^[A-Z]{2}$/),
        from: z.iso.date().nullable(),
        to: z.iso.date().nullable(),
      }),
    )
    .describe('Headquarters, ISO 3166-1 alpha-2, both days inclusive; empty where none is established'),
  names: z.strictObject({ huggingface: names, openrouter: names, epoch: names }),
  source: z.string().min(1),
});

/** One organisation as one entity: its names on each source and its country, with dates and a source. */
export type Maker = z.infer<typeof makerSchema>;
export type NamedOn = keyof Maker['names'];

export const organisationsSchema = z.strictObject({
  classifiedAt: z.iso.date(),
  makers: z.array(makerSchema).min(1),
  mirrors: z
    .array(z.strictObject({ namespace: z.string().min(1), maker: z.string(), source: z.string().min(1) }))
    .describe('Namespaces of the Hub that keep one maker’s weights without being that maker'),
});

/** Finds makers by the names they go by; names match without regard to case. */
export class Organisations {
  readonly makers: readonly Maker[];
  readonly #byId = new Map<string, Maker>();
  readonly #byName: Readonly<Record<NamedOn, Map<string, Maker>>> = {
    huggingface: new Map(),
    openrouter: new Map(),
    epoch: new Map(),
  };
  readonly #mirrors = new Map<string, Maker>();

  /** @throws BadRequest if an id or a name is there twice, or a mirror names no maker */
  constructor({ makers, mirrors }: z.infer<typeof organisationsSchema>) {
    this.makers = makers;
    for (const maker of makers) {
      add(this.#byId, maker.id, maker, 'id');
      for (const source of ['huggingface', 'openrouter', 'epoch'] as const) {
        for (const name of maker.names[source])
          add(this.#byName[source], name.toLowerCase(), maker, `name on ${source}`);
      }
    }
    for (const mirror of mirrors) {
      const maker = this.#byId.get(mirror.maker);
      if (!maker)
        throw new BadRequest(
          `organisations.json: the mirror ${mirror.namespace} names ${mirror.maker}, which is no maker's id. Correct it.`,
        );
      add(this.#mirrors, mirror.namespace.toLowerCase(), maker, 'mirror');
    }
  }

  byId(id: string): Maker | undefined {
    return this.#byId.get(id);
  }

  /** The maker that goes by this name on a source. */
  named(source: NamedOn, name: string): Maker | undefined {
    return this.#byName[source].get(name.toLowerCase());
  }

  /** The maker whose weights a namespace of the Hub keeps without being that maker. */
  mirrored(namespace: string): Maker | undefined {
    return this.#mirrors.get(namespace.toLowerCase());
  }
}

/** Where the maker's headquarters were on that day. */
export function countryOn(maker: Maker | undefined, day: Day): Country {
  const there = maker?.countries.find(
    ({ from, to }) => (from === null || from <= day) && (to === null || day <= to),
  );
  return there ? countryOfCode(there.country) : 'unknown';
}

function add(map: Map<string, Maker>, key: string, maker: Maker, what: string): void {
  const there = map.get(key);
  if (there)
    throw new BadRequest(
      `organisations.json: "${key}" is the ${what} of both ${there.id} and ${maker.id}. Keep one.`,
    );
  map.set(key, maker);
}
