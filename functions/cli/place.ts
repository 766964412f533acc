import type { Archive } from '../archive/archive.ts';
import { openArchive } from '../archive/open-store.ts';
import { BadRequest } from '../errors.ts';
import { type Deployment, deploymentOf, type EnvironmentName } from './deployment.ts';
import { defaultArchive } from './options.ts';

/** Where a command works: an archive, and the deployment it belongs to if `--env` was given. */
export interface Place {
  readonly archive: Archive;
  readonly deployment: Deployment | null;
}

/**
 * Opens what `--env` or `--archive` names.
 *
 * @throws BadRequest if both are given, the URL is none of an archive, or nothing is deployed under that name
 */
export async function openPlace(asked: {
  readonly env?: EnvironmentName;
  readonly archive?: string;
}): Promise<Place> {
  const { env, archive } = asked;
  if (env === undefined) return { archive: openArchive(archive ?? defaultArchive()), deployment: null };
  if (archive !== undefined)
    throw new BadRequest(
      `--env ${env} names the archive of a deployment, and --archive another one. Leave one of them out.`,
    );
  const deployment = await openDeployment(env);
  return { archive: openArchive(deployment.archiveUrl), deployment };
}

/** Finds a deployment in the account and region one is signed in to. @throws BadRequest if there is none */
export async function openDeployment(env: EnvironmentName): Promise<Deployment> {
  const { cloudFormation } = await import('./cloud/stacks.ts');
  return deploymentOf(env, cloudFormation());
}
