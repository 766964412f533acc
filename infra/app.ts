import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { isReportError } from '../functions/errors.ts';
import { BROWSER_FOLDER, bundle } from './bundle.ts';
import { environmentNamed, stackName } from './environments.ts';
import { MIRRORS } from './functions.ts';
import { addChecks } from './nag.ts';
import type { FunctionName } from './permissions.ts';
import { FUNCTION_NAMES, ReportStack } from './report-stack.ts';

/** How the browser travels; measured by `npm run bench`. */
const BROWSER = 'unpacked';

/** What the CDK's own command runs: bundles the functions, and describes the stack of the environment it is asked for. */
try {
  const app = new App();
  const asked: unknown = app.node.tryGetContext('env');
  const environment = environmentNamed(typeof asked === 'string' ? asked : undefined, process.env);
  const folder = (name: FunctionName) => join(resolve(import.meta.dirname, '../.cache/bundles'), name);
  for (const name of FUNCTION_NAMES) await bundle(name, folder(name), BROWSER);
  const stack = new ReportStack(app, stackName(environment.name), {
    env: { account: environment.account, region: environment.region },
    terminationProtection: environment.production,
    environment,
    code: (name) => ({ code: Code.fromAsset(folder(name)), variables: variablesOf(name) }),
  });
  stack.tags.setTag('Project', 'open-model-balance');
  stack.tags.setTag('Environment', environment.name);
  addChecks(app);
} catch (error) {
  if (!isReportError(error)) throw error;
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 2;
}

function variablesOf(name: FunctionName): Record<string, string> {
  if (name === 'print' && BROWSER === 'unpacked') return { CHROMIUM_FOLDER: BROWSER_FOLDER };
  if (name !== 'pull') return {};
  return Object.fromEntries(
    MIRRORS.flatMap((variable) => {
      const value = process.env[variable];
      return value ? [[variable, value] as const] : [];
    }),
  );
}
