import { STSClient } from '@aws-sdk/client-sts';
import { BadRequest, isReportError } from '../functions/errors.ts';
import { loadTemplates } from '../functions/render/templates.ts';
import { awsAccount } from './account.ts';
import { runCdk, synthesise } from './cdk.ts';
import { type DeployRequest, readDeployRequest } from './deploy-request.ts';
import { afterDeployment, afterDestruction } from './next-steps.ts';
import {
  assertBootstrapped,
  assertNothingLost,
  assertPublishedTemplatesReadable,
  assertTemplatesInOrder,
  assertWithinLimits,
  lossesAsSentence,
  signedIn,
} from './preflight.ts';

/** `npm run deploy`, `diff` and `destroy`: looks first, refuses with one sentence, and only then lets the CDK work. */
try {
  process.exitCode = await obey(readDeployRequest(process.argv.slice(2)));
} catch (error) {
  if (!isReportError(error)) throw error;
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 2;
}

async function obey({ deed, environment, stack, yes, allowReplacement }: DeployRequest): Promise<number> {
  const asking = !yes && process.stdin.isTTY;
  if (deed === 'destroy' && !yes && !asking)
    throw new BadRequest(
      `Nobody can be asked here whether to destroy ${stack}: there is no terminal. If you mean it, add --yes.`,
    );
  const region = environment.region ?? (await regionOfProfile());
  // The archive is opened where the environment is, whatever region the shell or the profile names.
  process.env.AWS_REGION = region;
  const account = awsAccount(region);
  const at = await signedIn(environment, region, account);
  await assertBootstrapped(at, account);
  if (deed !== 'destroy')
    assertTemplatesInOrder(await loadTemplates(new URL('../templates/', import.meta.url)));
  const before = await account.deployed(stack);
  if (deed === 'deploy') await assertPublishedTemplatesReadable(before, at);
  const { text, template } = await synthesise(at, stack);
  assertWithinLimits(text, template);
  if (deed === 'diff') {
    const lost = lossesAsSentence(before, template);
    if (lost !== undefined) process.stderr.write(`Deploying would be refused: ${lost}.\n`);
    return runCdk(['diff', stack], at);
  }
  if (deed === 'destroy') {
    if (at.production) await account.unprotect(stack);
    const code = await runCdk(['destroy', stack, ...(yes ? ['--force'] : [])], at);
    if (code === 0) process.stdout.write(afterDestruction(at, before?.outputs ?? {}));
    return code;
  }
  if (!allowReplacement) assertNothingLost(before, template);
  const code = await runCdk(['deploy', stack, '--require-approval', asking ? 'any-change' : 'never'], at);
  if (code === 0) {
    const after = await account.deployed(stack);
    process.stdout.write(afterDeployment(at, after?.outputs ?? {}, before === undefined));
  } else
    process.stderr.write(
      `${stack} was not deployed: CloudFormation goes back to what was there before, and says above why. Runbook: infra/RUNBOOK.md#a-failed-deployment\n`,
    );
  return code;
}

/** The region of AWS_REGION or of the profile. */
async function regionOfProfile(): Promise<string> {
  try {
    return await new STSClient({}).config.region();
  } catch (error) {
    throw new BadRequest(
      'No region is known: set AWS_REGION, or write `region` in infra/environments.ts. Nothing was changed.',
      {},
      error,
    );
  }
}
