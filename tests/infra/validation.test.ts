import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Environment, EnvironmentName } from '../../infra/environments.ts';
import { addChecks } from '../../infra/nag.ts';
import type { ReportStack } from '../../infra/report-stack.ts';
import { appOf, COMPLETE, environment } from './stack.ts';

const reportSchema = z.looseObject({
  pluginReports: z.array(
    z.looseObject({
      pluginName: z.string(),
      violations: z.array(z.looseObject({ ruleName: z.string(), severity: z.string().optional() })),
    }),
  ),
});

interface Checked {
  /** Each finding as `plugin: rule`. */
  readonly findings: readonly string[];
  /** What stopped the synthesis, if anything did. */
  readonly stopped: string | undefined;
}

/** Synthesises as the CDK’s own command does, with all checks, and says what they found. */
function check(
  name: EnvironmentName,
  changes: Partial<Environment>,
  spoil: (stack: ReportStack) => void = () => {},
): Checked {
  const { app, stack } = appOf(environment(name, changes));
  spoil(stack);
  addChecks(app);
  let stopped: string | undefined;
  try {
    app.synth();
  } catch (error) {
    stopped = String(error);
  }
  const file = join(app.outdir, 'validation-report.json');
  const { pluginReports } = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    findings: pluginReports.flatMap(({ pluginName, violations }) =>
      violations.map(({ ruleName }) => `${pluginName}: ${ruleName}`),
    ),
    stopped,
  };
}

describe('what would be deployed', () => {
  it.each([
    ['dev', {}],
    ['dev', COMPLETE],
    ['prod', {}],
    ['prod', COMPLETE],
  ] as const)('is clean to cdk-nag and to cloudformation-validate: %s with %o', (name, changes) => {
    expect(check(name, changes)).toEqual({ findings: [], stopped: undefined });
  });

  it('is stopped by a bucket that anybody may reach without TLS', () => {
    const { findings, stopped } = check('dev', {}, (stack) => new Bucket(stack, 'Careless'));
    expect(findings.join()).toMatch(/AwsSolutions-S10/);
    expect(stopped).toMatch(/Validation failed|AwsSolutions-S10/);
  });

  it('is stopped by a star that nobody has justified', () => {
    const { findings, stopped } = check('dev', {}, (stack) =>
      new Role(stack, 'Careless', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(
        new PolicyStatement({
          effect: Effect.ALLOW,
          actions: ['s3:GetObject'],
          resources: ['arn:aws:s3:::*'],
        }),
      ),
    );
    expect(findings.join()).toMatch(/AwsSolutions-IAM5/);
    expect(stopped).toBeDefined();
  });

  it('is stopped by a property that CloudFormation would not take', () => {
    const { findings, stopped } = check('dev', {}, (stack) => {
      new CfnResource(stack, 'Wrong', { type: 'AWS::SQS::Queue', properties: { VisibilityTimeout: 'soon' } });
    });
    expect(findings.join()).toMatch(/CloudFormation Validate/);
    expect(stopped).toBeDefined();
  });
});
