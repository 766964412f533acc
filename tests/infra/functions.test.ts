import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FUNCTION_SIZES } from '../../infra/function-sizes.ts';
import { FUNCTION_NAMES } from '../../infra/report-stack.ts';
import { flat, type Made, type Resource, templateOf } from './template.ts';

const functionSchema = z.looseObject({
  Handler: z.string(),
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  MemorySize: z.number(),
  Timeout: z.number(),
  EphemeralStorage: z.object({ Size: z.number() }),
  ReservedConcurrentExecutions: z.unknown().optional(),
  LoggingConfig: z.object({ LogFormat: z.string(), LogGroup: z.object({ Ref: z.string() }) }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

/** A function as the template has it. */
function functionOf(made: Made, name: string) {
  return functionSchema.parse(made.one('AWS::Lambda::Function', `${capital(name)}Function`).Properties);
}

function capital(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

const both = [
  ['dev', templateOf('dev')],
  ['prod', templateOf('prod')],
] as const;
const ours = ({ id }: Resource) => !id.startsWith('Custom');

describe.each(both)('the functions of %s', (environment, made) => {
  it('are those of the plan, the starter and the watch', () => {
    const ids = made.of('AWS::Lambda::Function').filter(ours);
    expect(ids.map(({ id }) => id.replace(/Function\w{8}$/, '')).sort()).toEqual(
      FUNCTION_NAMES.map(capital).sort(),
    );
  });

  it.each(FUNCTION_NAMES)('%s: has its handler, its size, and Node 24 on x86-64', (name) => {
    const size = FUNCTION_SIZES[name];
    expect(functionOf(made, name)).toMatchObject({
      Handler: `functions/${name}/handler.handler`,
      Runtime: 'nodejs24.x',
      Architectures: ['x86_64'],
      MemorySize: size.memory,
      Timeout: size.timeout.toSeconds(),
      EphemeralStorage: { Size: size.ephemeral.toMebibytes() },
    });
  });

  it.each(FUNCTION_NAMES)('%s: logs as JSON into a group of its own, which forgets after a time', (name) => {
    const { LoggingConfig } = functionOf(made, name);
    expect(LoggingConfig.LogFormat).toBe('JSON');
    const group = made.one('AWS::Logs::LogGroup', LoggingConfig.LogGroup.Ref);
    expect(group.id).toBe(made.one('AWS::Logs::LogGroup', `${capital(name)}Logs`).id);
    expect(group.Properties.RetentionInDays).toBe(environment === 'prod' ? 365 : 30);
    expect(group.DeletionPolicy).toBe(environment === 'prod' ? 'Retain' : 'Delete');
  });

  it.each(FUNCTION_NAMES)('%s: is given the variables it reads and no others', (name) => {
    const { Variables } = functionOf(made, name).Environment;
    const bucket = made.one('AWS::S3::Bucket', 'ArchiveBucket').id;
    const machine = made.one('AWS::StepFunctions::StateMachine').id;
    const own: Record<string, Record<string, string>> = {
      pull: { KEYS_PATH: `/open-model-balance/${environment}/` },
      publish: { RETAIN_DAYS: environment === 'prod' ? '3650' : '0' },
      start: { STATE_MACHINE_ARN: `<${machine}>` },
      watch: { FIRST_EDITION: '2026-11', PUBLISH_DAY: '6' },
    };
    expect(Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, flat(value)]))).toEqual({
      ARCHIVE_URL: `s3://<${bucket}>/archive/`,
      POWERTOOLS_SERVICE_NAME: name,
      POWERTOOLS_METRICS_NAMESPACE: `OpenModelBalance/${environment}`,
      POWERTOOLS_LOG_LEVEL: 'INFO',
      ...own[name],
    });
  });

  it('fit into a new account: no concurrency is reserved, nothing is larger than it may ask for', () => {
    for (const name of FUNCTION_NAMES) {
      expect(functionOf(made, name).ReservedConcurrentExecutions).toBeUndefined();
      expect(functionOf(made, name).MemorySize).toBeLessThanOrEqual(3008);
    }
  });

  it('keep what they failed at where nobody waits for their answer', () => {
    const queue = made.one('AWS::SQS::Queue').id;
    const kept = FUNCTION_NAMES.filter((name) => {
      const { DeadLetterConfig } = made.one('AWS::Lambda::Function', `${capital(name)}Function`).Properties;
      return JSON.stringify(DeadLetterConfig)?.includes(queue);
    });
    expect(kept).toEqual(['start', 'watch']);
  });
});

describe('the outputs', () => {
  it.each(both)('of %s are those the commands look for', (_, made) => {
    expect(Object.keys(made.outputs).sort()).toEqual([
      'ArchiveUrl',
      'KeysPath',
      'NoticesTopicArn',
      'Region',
      'SiteUrl',
      'StartFunctionName',
      'StateMachineArn',
    ]);
  });
});
