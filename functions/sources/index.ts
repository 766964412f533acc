import { BadRequest } from '../errors.ts';
import { epoch } from './epoch.ts';
import { huggingface } from './huggingface.ts';
import { openrouterModels } from './openrouter-models.ts';
import { openrouterUsage } from './openrouter-usage.ts';
import type { Source, SourceName } from './source.ts';

/** Every source: a new one is one file and one line here. */
export const SOURCES: readonly Source[] = [huggingface, openrouterUsage, openrouterModels, epoch];

/** Names of the sources; also their folders under `snapshots/`. */
export const SOURCE_NAMES: readonly SourceName[] = SOURCES.map(({ name }) => name);

/** @throws BadRequest if there is no source of that name */
export function sourceNamed(name: string): Source {
  const found = SOURCES.find((source) => source.name === name);
  if (found) return found;
  throw new BadRequest(`There is no source "${name.slice(0, 40)}". There are: ${SOURCE_NAMES.join(', ')}.`);
}
