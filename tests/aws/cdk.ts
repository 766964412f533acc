import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ACCOUNT, ANYBODY, REGION } from './ask.ts';
import { type Assembly, STACK } from './assembly.ts';
import { begin } from './processes.ts';
import type { Credentials } from './signature.ts';

const root = resolve(import.meta.dirname, '../..');
const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** What the stack says of itself once it is deployed. */
export type Outputs = Readonly<Record<string, string>>;

/**
 * Synthesises the app with the stock CLI, as ops do.
 *
 * @param sources addresses to pull from instead of the public ones
 */
export async function synthesise(
  folder: string,
  home: string,
  sources: Record<string, string>,
): Promise<void> {
  await cdk(['synth', '--quiet', '-c', 'env=prod', '--output', folder], root, {
    CDK_HOME: home,
    CDK_DEFAULT_ACCOUNT: ACCOUNT,
    CDK_DEFAULT_REGION: REGION,
    ...sources,
  });
}

/** How to reach the local account with the stock CLI. */
export interface Account {
  readonly endpoint: string;
  /** A folder of its own, where nothing of the repository is synthesised anew. */
  readonly home: string;
  readonly credentials?: Credentials | undefined;
}

/** Bootstraps the local account, as ops do once. */
export async function bootstrap(account: Account): Promise<void> {
  await cdk(['bootstrap', `aws://${ACCOUNT}/${REGION}`], account.home, environmentOf(account));
}

/** Deploys an assembly into the local account. */
export async function deploy(account: Account, assembly: Assembly): Promise<Outputs> {
  const outputs = join(account.home, 'outputs.json');
  const args = ['deploy', STACK, '--app', assembly.folder, '--method=direct', '--require-approval', 'never'];
  await cdk([...args, '--outputs-file', outputs], account.home, environmentOf(account));
  return outputsSchema.parse(JSON.parse(readFileSync(outputs, 'utf8')))[STACK] ?? {};
}

function environmentOf({ endpoint, home, credentials = ANYBODY }: Account): Record<string, string> {
  return {
    CDK_HOME: home,
    AWS_ENDPOINT_URL: endpoint,
    // Names the template's place as AWS does; moto looks it up in its own S3.
    AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: `https://s3.${REGION}.amazonaws.com`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: REGION,
  };
}

/** Runs the CLI as it is installed. @throws Error with what it printed, if it fails */
async function cdk(args: readonly string[], cwd: string, environment: Record<string, string>): Promise<void> {
  const bin = join(root, 'node_modules/.bin');
  const child = begin(
    process.execPath,
    [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args, '--no-notices'],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        HOME: process.env.HOME ?? '',
        PATH: `${bin}:${process.env.PATH ?? ''}`,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_EC2_METADATA_DISABLED: 'true',
        CDK_DISABLE_VERSION_CHECK: '1',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CI: 'true',
        NO_COLOR: '1',
        ...environment,
      },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`cdk ${args[0]} ended with ${code}:\n${said.slice(-4000)}`);
}
