import type { RepositoryObservation } from '../sources/observation.ts';
import type { Registry } from './registry.ts';

/** The Hub's tasks that make a repository a language model. */
const LANGUAGE_TASKS: ReadonlySet<string> = new Set(['text-generation', 'image-text-to-text', 'any-to-any']);

/** Whether a repository is a language model, by its task or the tracked list; null where neither says. */
export function isLanguage(
  { model, pipelineTag }: Pick<RepositoryObservation, 'model' | 'pipelineTag'>,
  { tracked }: Registry,
): boolean | null {
  if (tracked.has(model.toLowerCase())) return true;
  return pipelineTag === null ? null : LANGUAGE_TASKS.has(pipelineTag);
}
