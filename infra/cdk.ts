import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BadRequest } from '../functions/errors.ts';
import type { Deployable } from './environments.ts';
import { type CloudTemplate, templateSchema } from './stateful.ts';

const root = resolve(import.meta.dirname, '..');
const CDK = join(root, 'node_modules/aws-cdk/bin/cdk');
const ASSEMBLY = 'cdk.out';

/** What would be deployed, written once: what is looked at is what is deployed. */
export interface Assembly {
  readonly text: string;
  readonly template: CloudTemplate;
}

/** Describes the stack of an environment into `cdk.out`. @throws BadRequest if that fails, or a check finds something */
export async function synthesise(at: Deployable, stack: string): Promise<Assembly> {
  const code = await run(['synth', '--quiet', '--output', ASSEMBLY, '-c', `env=${at.name}`, stack], at);
  if (code !== 0)
    throw new BadRequest(
      `The stack ${stack} cannot be described: what is wrong stands above. Mend it in infra/; nothing was changed.`,
    );
  const text = await readFile(join(root, ASSEMBLY, `${stack}.template.json`), 'utf8');
  return { text, template: templateSchema.parse(JSON.parse(text)) };
}

/** Runs the CDK's own command on what was synthesised, before the op's eyes. @returns its exit code */
export function runCdk(args: readonly string[], at: Deployable): Promise<number> {
  return run([...args, '--app', ASSEMBLY], at);
}

function run(args: readonly string[], { account, region }: Deployable): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [CDK, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        AWS_REGION: region,
        CDK_DEFAULT_ACCOUNT: account,
        CDK_DEFAULT_REGION: region,
      },
    });
    child.on('error', fail);
    child.on('close', (code) => done(code ?? 1));
  });
}
