import { z } from 'zod';
import type { Day } from '../edition.ts';
import { BadRequest } from '../errors.ts';
import { family } from './family.ts';

const names = z.array(z.string().min(1));
const modelSchema = z.strictObject({
  model: z.strictObject({ maker: z.string(), family: z.string().min(1) }),
  names: z.strictObject({
    openrouter: names.describe('Permaslugs without variant'),
    epoch: names,
    huggingface: names.describe('The repository with the weights'),
  }),
  open: z.iso
    .date()
    .nullable()
    .describe('The first day on which anyone could download the weights; null: not known to be open'),
  source: z.string().min(1),
});

/** Whether and since when a model's weights can be downloaded by anyone. */
export type Openness = z.infer<typeof modelSchema>;

export const opennessSchema = z.strictObject({
  classifiedAt: z.iso.date(),
  models: z.array(modelSchema).min(1),
});

/** Finds a model's openness by its name on a source; one list serves every axis. */
export class OpennessList {
  readonly models: readonly Openness[];
  readonly #byName: Readonly<Record<keyof Openness['names'], Map<string, Openness>>> = {
    openrouter: new Map(),
    epoch: new Map(),
    huggingface: new Map(),
  };
  readonly #byFamily = new Map<string, Openness>();

  /**
   * @param isMaker whether an id is one of organisations.json
   * @throws BadRequest if a name is there twice, or a model's maker is not known
   */
  constructor({ models }: z.infer<typeof opennessSchema>, isMaker: (id: string) => boolean) {
    this.models = models;
    for (const one of models) {
      if (!isMaker(one.model.maker))
        throw new BadRequest(
          `openness.json: ${one.model.family} names the maker "${one.model.maker}", which is not in organisations.json. Add it there or correct it.`,
        );
      for (const name of one.names.huggingface) this.#byFamily.set(`${one.model.maker}/${family(name)}`, one);
      for (const source of ['openrouter', 'epoch', 'huggingface'] as const) {
        for (const name of one.names[source]) {
          const key = name.toLowerCase();
          const there = this.#byName[source].get(key);
          if (there)
            throw new BadRequest(
              `openness.json: "${name}" on ${source} stands for both ${there.model.family} and ${one.model.family}. Keep one.`,
            );
          this.#byName[source].set(key, one);
        }
      }
    }
  }

  /**
   * What the list says of a repository on the Hub: by its own name, else by that of another variant of the same
   * maker's family and size.
   */
  ofRepository(maker: string, model: string): Openness | undefined {
    return this.named('huggingface', model) ?? this.#byFamily.get(`${maker}/${family(model)}`);
  }

  named(source: keyof Openness['names'], name: string): Openness | undefined {
    return this.#byName[source].get(name.toLowerCase());
  }
}

/** Whether the weights could be downloaded by anyone on that day. */
export function openOn(model: Openness, day: Day): boolean {
  return model.open !== null && model.open <= day;
}
