import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Environment } from './environments.ts';

/**
 * Where the sources' keys lie, as SecureString parameters that ops set (`report keys set`): the stack never knows them,
 * and an absent one narrows what is pulled.
 */
export function keysPath({ name }: Environment): string {
  return `/open-model-balance/${name}/`;
}

/** The right to do something with the sources' keys. */
export function keysStatement(
  scope: Construct,
  environment: Environment,
  actions: string[],
): PolicyStatement {
  const path = `parameter${keysPath(environment)}`;
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions,
    resources: ['HF_TOKEN', 'OPENROUTER_API_KEY'].map((key) =>
      Stack.of(scope).formatArn({ service: 'ssm', resource: `${path}${key}` }),
    ),
  });
}
