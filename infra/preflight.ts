import { openArchive } from '../functions/archive/open-store.ts';
import { ArchiveUnavailable, BadRequest } from '../functions/errors.ts';
import { lintTemplates } from '../functions/render/lint-rules.ts';
import { assertReadable } from '../functions/render/published.ts';
import type { Templates } from '../functions/render/templates.ts';
import type { Account, DeployedStack } from './account.ts';
import { type Deployable, deployable, type Environment } from './environments.ts';
import { type CloudTemplate, losses } from './stateful.ts';

/** The oldest bootstrap that can take the functions' files. */
const OLDEST_BOOTSTRAP = 6;

/** What CloudFormation takes at most. */
const LIMITS = { bytes: 1_000_000, resources: 500, outputs: 200 } as const;

/**
 * Where an environment goes: its own account and region, or those one is signed in to.
 *
 * @throws BadRequest if nobody is signed in, or to another account than the environment's
 */
export async function signedIn(
  environment: Environment,
  region: string,
  account: Account,
): Promise<Deployable> {
  const id = await account.id();
  if (environment.account !== undefined && environment.account !== id)
    throw new BadRequest(
      `You are signed in to the account ${id}, and infra/environments.ts has ${environment.name} in ${environment.account}. Set AWS_PROFILE to one of that account; nothing was changed.`,
    );
  return deployable(environment, { CDK_DEFAULT_ACCOUNT: id, CDK_DEFAULT_REGION: region });
}

/** @throws BadRequest if the CDK has not prepared the account and region, or long ago */
export async function assertBootstrapped(at: Deployable, account: Account): Promise<void> {
  const version = await account.bootstrapVersion();
  const command = `npx cdk bootstrap aws://${at.account}/${at.region} -c env=${at.name}`;
  if (version === undefined)
    throw new BadRequest(
      `The account ${at.account} is not bootstrapped in ${at.region}. Run ${command} once, and deploy again; nothing was changed.`,
    );
  if (!(version >= OLDEST_BOOTSTRAP))
    throw new BadRequest(
      `The bootstrap of ${at.account} in ${at.region} is version ${version}, and ${OLDEST_BOOTSTRAP} is needed. Run ${command} again, and deploy again; nothing was changed.`,
    );
}

/** @throws BadRequest if the linter finds something grave in the templates that come with the release */
export function assertTemplatesInOrder(templates: Templates): void {
  const grave = lintTemplates(templates).filter((finding) => finding.grave);
  const [first] = grave;
  if (first)
    throw new BadRequest(
      `The templates are not in order: ${first.message} ${grave.length > 1 ? `There are ${grave.length - 1} more: ` : 'See '}npm run check:templates. Nothing was changed.`,
    );
}

/** @throws BadRequest if CloudFormation would not take the template for its size */
export function assertWithinLimits(text: string, template: CloudTemplate): void {
  const outputs = template.Outputs;
  const found = {
    bytes: Buffer.byteLength(text),
    resources: Object.keys(template.Resources).length,
    outputs: typeof outputs === 'object' && outputs !== null ? Object.keys(outputs).length : 0,
  };
  for (const [what, limit] of Object.entries(LIMITS)) {
    const count = found[what as keyof typeof LIMITS];
    if (count > limit)
      throw new BadRequest(
        `The template has ${count} ${what}, and CloudFormation takes ${limit}. Take something out of infra/report-stack.ts, or split the stack; nothing was changed.`,
      );
  }
}

/** What would be lost, as one sentence; undefined if nothing would. */
export function lossesAsSentence(
  deployed: DeployedStack | undefined,
  wanted: CloudTemplate,
): string | undefined {
  const lost = deployed === undefined ? [] : losses(deployed.template, wanted);
  if (lost.length === 0) return undefined;
  const each = lost.map(
    ({ id, type, how, because }) =>
      `${id} (${type}) would be ${how}${because.length > 0 ? ` for its ${because.join(', ')}` : ''}`,
  );
  return each.join('; ');
}

/** @throws BadRequest if something that holds something would be replaced or removed */
export function assertNothingLost(deployed: DeployedStack | undefined, wanted: CloudTemplate): void {
  const lost = lossesAsSentence(deployed, wanted);
  if (lost !== undefined)
    throw new BadRequest(
      `${lost}. What they hold would be gone or out of reach: undo the change, or, if that is what you want, deploy with --allow-replacement. Nothing was changed.`,
    );
}

/**
 * Refuses a release that could not make an edition with the templates editors have published.
 *
 * @throws BadRequest if there are templates it cannot read
 * @throws ArchiveUnavailable if nobody can say: S3 does not let them be looked at
 */
export async function assertPublishedTemplatesReadable(
  deployed: DeployedStack | undefined,
  { name }: Environment,
): Promise<void> {
  const url = deployed?.outputs.ArchiveUrl;
  if (url === undefined) return;
  try {
    await assertReadable(openArchive(url));
  } catch (error) {
    if (error instanceof ArchiveUnavailable) throw error;
    throw new BadRequest(
      `This release cannot read the templates that are current in ${url}: ${error instanceof Error ? error.message : error} Roll back with npm run report -- templates rollback --env ${name}, or publish some for this release; nothing was changed.`,
      {},
      error,
    );
  }
}
