import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SOURCE_NAMES } from '../../functions/sources/index.ts';
import { commandsIn, optionsOf } from './commands.ts';
import { definitionOf } from './machine.ts';
import { statementsOf } from './policies.ts';
import { COMPLETE, root } from './stack.ts';
import { flat, type Made, templateOf } from './template.ts';

const alarmSchema = z.looseObject({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
  Threshold: z.number(),
  TreatMissingData: z.string(),
  ComparisonOperator: z.string(),
});
const alarmsOf = (made: Made) =>
  made.of('AWS::CloudWatch::Alarm').map(({ id, Properties }) => ({ id, ...alarmSchema.parse(Properties) }));

const prod = templateOf('prod', COMPLETE);
const alarms = alarmsOf(prod);
const runbook = readFileSync(join(root, 'infra/RUNBOOK.md'), 'utf8');
/** What the section of the runbook that a link points to says; as GitHub makes links of headings. */
const sections = new Map(
  runbook
    .split(/^(?=#{2,3} )/m)
    .map((text) => [/^#+ (.*)$/m.exec(text)?.[1] ?? '', text] as const)
    .map(([heading, text]) => [
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
      text,
    ]),
);
const anchorsIn = (text: string) =>
  [...text.matchAll(/infra\/RUNBOOK\.md#([\w-]+)/g)].map((one) => one[1] ?? '');

describe('the alarms', () => {
  it('ring for failed runs, dead letters, throttles and functions near their limit everywhere', () => {
    expect(alarmsOf(templateOf('dev')).map(({ id }) => id.replace(/^Alarms|\w{8}$/g, ''))).toEqual([
      'FailedRun',
      'DeadLetters',
      'Throttled',
      'NearLimit',
    ]);
  });

  it('ring for absent editions and stale sources where the schedule runs, also if nobody looks any more', () => {
    const looking = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(looking).toHaveLength(1 + SOURCE_NAMES.length);
    for (const source of SOURCE_NAMES)
      prod.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        Namespace: 'OpenModelBalance/prod',
        MetricName: 'SnapshotAgeDays',
        Dimensions: [
          { Name: 'service', Value: 'watch' },
          { Name: 'source', Value: source },
        ],
        Threshold: 9,
      });
    prod.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'OpenModelBalance/prod',
      MetricName: 'EditionAbsent',
      Dimensions: [{ Name: 'service', Value: 'watch' }],
      Threshold: 1,
    });
  });

  it('reach people: each publishes to the topic, which lets alarms of this account and nothing in the clear', () => {
    const topic = prod.one('AWS::SNS::Topic').id;
    for (const { id, AlarmActions } of alarms) expect(AlarmActions.map(flat), id).toEqual([`<${topic}>`]);
    const policy = statementsOf(prod.one('AWS::SNS::TopicPolicy'));
    expect(policy.filter(({ effect }) => effect === 'Allow')).toEqual([
      {
        effect: 'Allow',
        actions: ['sns:Publish'],
        resources: [`<${topic}>`],
        principal: '{"Service":"cloudwatch.amazonaws.com"}',
        condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      },
    ]);
    expect(policy.find(({ effect }) => effect === 'Deny')?.condition).toEqual({
      Bool: { 'aws:SecureTransport': 'false' },
    });
    // Under a key of AWS's own, CloudWatch could not publish.
    expect(prod.one('AWS::SNS::Topic').Properties.KmsMasterKeyId).toBeUndefined();
    prod.template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'ops@example.org',
    });
  });

  it('do not fall silent for want of one of several measurements', () => {
    const metricsSchema = z.array(z.looseObject({ Id: z.string(), Expression: z.string().optional() }));
    const computed = prod
      .of('AWS::CloudWatch::Alarm')
      .filter(({ Properties }) => Properties.Metrics !== undefined)
      .map(({ id, Properties }) => ({ id, metrics: metricsSchema.parse(Properties.Metrics) }));
    expect(computed).toHaveLength(3);
    for (const { id, metrics } of computed) {
      const expression = metrics.find((one) => one.Expression !== undefined)?.Expression ?? '';
      const measured = metrics.filter((one) => one.Expression === undefined);
      expect(measured.length, id).toBeGreaterThan(2);
      for (const one of measured) expect(expression, id).toContain(`FILL(${one.Id}, 0)`);
      expect(expression, id).toMatch(/^(SUM|MAX)\(\[.*\]\)$/);
    }
  });

  it('each say what to do, and where the runbook says more', () => {
    for (const { id, AlarmDescription } of alarms) {
      expect(AlarmDescription.length, id).toBeLessThanOrEqual(1024);
      expect(anchorsIn(AlarmDescription), id).toHaveLength(1);
    }
  });
});

describe('the runbook', () => {
  it('has a section for every alarm and notice, of three parts', () => {
    const linked = new Set([
      ...alarms.flatMap(({ AlarmDescription }) => anchorsIn(AlarmDescription)),
      ...anchorsIn(definitionOf(prod)),
    ]);
    expect(linked.size).toBeGreaterThan(6);
    for (const anchor of linked) {
      const section = sections.get(anchor);
      expect(section, `#${anchor}`).toBeDefined();
      for (const part of ['Description', 'Investigation', 'Resolution'])
        expect(section, `#${anchor}`).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\* \\S`, 'm'));
    }
  });

  it('links to sections and files that exist', () => {
    for (const [, anchor] of runbook.matchAll(/\]\(#([\w-]+)\)/g))
      expect([...sections.keys()], `#${anchor}`).toContain(anchor);
    for (const [, file = ''] of runbook.matchAll(/`((?:infra|functions|templates)\/[\w./-]+\.\w+)`/g))
      expect(() => readFileSync(join(root, file)), file).not.toThrow();
  });

  it('and every alarm and notice name only commands that exist, with options they have', () => {
    const texts = [runbook, definitionOf(prod), ...alarms.map(({ AlarmDescription }) => AlarmDescription)];
    const named = texts.flatMap(commandsIn);
    expect(named.length).toBeGreaterThan(10);
    const unknown: string[] = [];
    for (const { command, options } of named) {
      const known = optionsOf(command);
      if (known === undefined) unknown.push(`there is no command: ${command.join(' ')}`);
      else
        for (const option of options.filter((one) => !known.includes(one)))
          unknown.push(`${command.join(' ')} has no ${option}`);
    }
    expect([...new Set(unknown)]).toEqual([]);
  });
});
