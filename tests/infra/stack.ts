import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { afterAll } from 'vitest';
import { z } from 'zod';
import {
  type Deployable,
  type Environment,
  type EnvironmentName,
  environmentNamed,
  parseEnvironment,
  stackName,
} from '../../infra/environments.ts';
import { ReportStack } from '../../infra/report-stack.ts';

export const root = resolve(import.meta.dirname, '../..');
export const ACCOUNT = '123456789012';

/** The feature flags the CDK's own command reads. */
const { context } = z
  .looseObject({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));

/** An environment of infra/environments.ts, with some of it otherwise. */
export function environment(name: EnvironmentName, changes: Partial<Environment> = {}): Deployable {
  const known = environmentNamed(name, { CDK_DEFAULT_ACCOUNT: ACCOUNT });
  const { account, region } = known;
  return { ...parseEnvironment({ ...known, ...changes }), account, region };
}

/** A domain, a sender and somebody to tell, as ops would write them. */
export const COMPLETE: Partial<Environment> = {
  domain: {
    name: 'report.example.org',
    certificateArn: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/0f1e2d3c-0000-4000-8000-000000000000`,
  },
  sender: 'report@mail.example.org',
  alertEmails: ['ops@example.org'],
};

const scratch = mkdtempSync(join(tmpdir(), 'balance-synth-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** An app whose one stack is what would be deployed, with functions that need no bundling. */
export function appOf(of: Deployable): { app: App; stack: ReportStack } {
  const app = new App({ context, outdir: mkdtempSync(join(scratch, 'app-')) });
  const stack = new ReportStack(app, stackName(of.name), {
    env: { account: of.account, region: of.region },
    terminationProtection: of.production,
    environment: of,
    code: () => ({ code: Code.fromInline('exports.handler = async () => {};'), variables: {} }),
  });
  return { app, stack };
}
