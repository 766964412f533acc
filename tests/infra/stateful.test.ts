import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EnvironmentName } from '../../infra/environments.ts';
import { type CloudTemplate, losses, statefulOf, templateSchema } from '../../infra/stateful.ts';
import { root } from './stack.ts';
import { templateOf } from './template.ts';

/** What was deployed; made anew by `UPDATE_STATEFUL=1 npx vitest run tests/infra/stateful.test.ts`. */
const file = join(root, 'tests/golden/stateful-resources.json');
const wanted = (name: EnvironmentName) => templateSchema.parse(templateOf(name).template.toJSON());
const names = ['dev', 'prod'] as const;
if (process.env.UPDATE_STATEFUL) {
  // What the machine does may change as often as it likes.
  const kept = (key: string, value: unknown) => (key === 'DefinitionString' ? undefined : value);
  const all = Object.fromEntries(names.map((name) => [name, statefulOf(wanted(name))]));
  writeFileSync(file, `${JSON.stringify(all, kept, 2)}\n`);
}
const baseline = z
  .strictObject({ dev: templateSchema, prod: templateSchema })
  .parse(JSON.parse(readFileSync(file, 'utf8')));

/** The same template after somebody changed it. */
function changed(template: CloudTemplate, change: (resources: CloudTemplate['Resources']) => void) {
  const copy = structuredClone(template);
  change(copy.Resources);
  return copy;
}
const idOf = (template: CloudTemplate, beginning: string) =>
  Object.keys(template.Resources).find((id) => id.startsWith(beginning)) ?? beginning;

describe('what holds something', () => {
  it.each(names)('in %s is neither replaced nor removed by what would be deployed now', (name) => {
    expect(losses(baseline[name], wanted(name))).toEqual([]);
  });

  it.each(names)('in %s is all known to the baseline, so that the next change is held against it', (name) => {
    expect(Object.keys(statefulOf(wanted(name)).Resources).sort()).toEqual(
      Object.keys(baseline[name].Resources).sort(),
    );
  });

  it('is the bucket, the logs, the queue, the topic, the state machine and the site’s address', () => {
    const types = Object.values(baseline.prod.Resources).map(({ Type }) => Type);
    expect([...new Set(types)].sort()).toEqual([
      'AWS::CloudFront::Distribution',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
      'AWS::StepFunctions::StateMachine',
    ]);
  });

  it('is missed where its construct was renamed', () => {
    const id = idOf(baseline.prod, 'ArchiveBucket');
    const renamed = changed(wanted('prod'), (resources) => {
      const bucket = resources[id];
      delete resources[id];
      if (bucket) resources.StoreBucket12345678 = bucket;
    });
    expect(losses(baseline.prod, renamed)).toEqual([
      { id, type: 'AWS::S3::Bucket', how: 'removed', because: [] },
    ]);
  });

  it('is missed where a property changes that CloudFormation cannot change in place', () => {
    const bucket = idOf(baseline.prod, 'ArchiveBucket');
    const logs = idOf(baseline.prod, 'PipelineLogs');
    const replaced = changed(wanted('prod'), (resources) => {
      Object.assign(resources[bucket]?.Properties ?? {}, { BucketName: 'another' });
      Object.assign(resources[logs]?.Properties ?? {}, { LogGroupName: '/aws/vendedlogs/another' });
    });
    expect(losses(baseline.prod, replaced)).toEqual(
      expect.arrayContaining([
        { id: bucket, type: 'AWS::S3::Bucket', how: 'replaced', because: ['BucketName'] },
        { id: logs, type: 'AWS::Logs::LogGroup', how: 'replaced', because: ['LogGroupName'] },
      ]),
    );
  });

  it('is not missed where retention, a lifecycle or a function changes', () => {
    const harmless = changed(wanted('prod'), (resources) => {
      Object.assign(resources[idOf(baseline.prod, 'PullLogs')]?.Properties ?? {}, { RetentionInDays: 90 });
      delete resources[idOf(wanted('prod'), 'PullFunction')];
    });
    expect(losses(wanted('prod'), harmless)).toEqual([]);
  });
});
