import { z } from 'zod';
import { BadRequest } from '../errors.ts';

/** The deployments there can be; `infra/environments.ts` says what each is. */
export const ENVIRONMENTS = ['dev', 'prod'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** What is deployed, as far as commands need to find it. */
export interface Deployment {
  readonly env: EnvironmentName;
  readonly archiveUrl: string;
  readonly stateMachineArn: string;
  /** The name of the function that starts runs. */
  readonly startFunction: string;
  readonly noticesTopic: string;
  /** The path below which the sources' keys lie, ending in `/`. */
  readonly keysPath: string;
  readonly siteUrl?: string | undefined;
}

/** The stacks of an account in a region, as far as their outputs go. */
export interface Stacks {
  /** @returns the stack's outputs by name, or undefined if there is no such stack */
  outputs(stack: string): Promise<Readonly<Record<string, string>> | undefined>;
}

const outputsSchema = z.object({
  ArchiveUrl: z.string().regex(/^s3:\/\/[a-z0-9.-]+\/(.+\/)?$/, 'the URL of a bucket, ending in /'),
  StateMachineArn: z.string().regex(/^arn:[\w-]+:states:[^:]+:[^:]+:stateMachine:[^:]+$/, 'an ARN'),
  StartFunctionName: z.string().min(1),
  NoticesTopicArn: z.string().regex(/^arn:[\w-]+:sns:/, 'an ARN'),
  KeysPath: z.string().regex(/^\/.+\/$/, 'a path that begins and ends with /'),
  SiteUrl: z.url().optional(),
});

/**
 * Finds a deployment by the outputs of its stack.
 *
 * @throws BadRequest if there is no such stack, or it lacks outputs
 */
export async function deploymentOf(env: EnvironmentName, stacks: Stacks): Promise<Deployment> {
  const stack = `OpenModelBalance-${env}`;
  const deploy = `npm run deploy -- --env ${env}`;
  const outputs = await stacks.outputs(stack);
  if (outputs === undefined)
    throw new BadRequest(
      `There is no stack ${stack} in this account and region. Set AWS_PROFILE and AWS_REGION to those it was deployed with, or deploy it: ${deploy}`,
      { stack },
    );
  const { data, error } = outputsSchema.safeParse(outputs);
  if (error) {
    const missing = [...new Set(error.issues.map(({ path }) => path.join('.')))].join(', ');
    throw new BadRequest(
      `The stack ${stack} has no usable output ${missing}: its deployment did not end, or is of another release. Deploy it again: ${deploy}`,
      { stack, missing },
    );
  }
  return {
    env,
    archiveUrl: data.ArchiveUrl,
    stateMachineArn: data.StateMachineArn,
    startFunction: data.StartFunctionName,
    noticesTopic: data.NoticesTopicArn,
    keysPath: data.KeysPath,
    ...(data.SiteUrl === undefined ? {} : { siteUrl: data.SiteUrl }),
  };
}
