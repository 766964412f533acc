import { describe, expect, it } from 'vitest';
import { PLAN, STAGE_NAMES, type StageName } from '../../functions/plan.ts';
import { allows, rightsOf, type Statement } from './policies.ts';
import { templateOf } from './template.ts';

const made = templateOf('prod');
const bucket = made.one('AWS::S3::Bucket', 'ArchiveBucket').id;
const roleOf = (name: string) => rightsOf(made, `${name[0]?.toUpperCase()}${name.slice(1)}Role`);

/** The prefixes of the archive's keys in which a role may do something, as the plan would write them. */
function prefixesOf(rights: readonly Statement[], action: string): string[] {
  const start = `<${bucket}.Arn>/archive/`;
  return rights
    .filter(({ actions }) => actions.some((one) => one === action))
    .flatMap(({ resources }) => resources)
    .map((resource) => {
      if (!resource.startsWith(start)) throw new Error(`${action} on ${resource} is outside the archive`);
      return resource.slice(start.length);
    })
    .sort();
}

/** What a stage reads or writes, with stars for what a run fills in. */
const starred = (prefixes: readonly string[]) =>
  [...new Set(prefixes)].map((one) => one.replace(/<\w+>/g, '*').replace(/\/$/, '/*')).sort();

/** CloudFormation merges what another pattern already covers: so do both sides before they are compared. */
const merged = (patterns: readonly string[]) =>
  patterns.filter(
    (one) => !patterns.some((other) => other !== one && other.endsWith('*') && covers(other, one)),
  );
const covers = (wide: string, narrow: string) =>
  new RegExp(`^${wide.replace(/[.]/g, '\\.').replaceAll('*', '.*')}$`).test(narrow);

describe('the rights of the stages', () => {
  it.each(PLAN)('let $name write what the plan says that it writes, and nothing else', ({ name, writes }) => {
    expect(merged(prefixesOf(roleOf(name), 's3:PutObject'))).toEqual(merged(starred(writes)));
  });

  it.each(PLAN)('let $name read what the plan says that it reads, and what it wrote', (stage) => {
    const expected = starred([...stage.reads, ...stage.writes]);
    expect(merged(prefixesOf(roleOf(stage.name), 's3:GetObject'))).toEqual(merged(expected));
  });

  it.each(PLAN)('let $name list what it reads, and answer 404 of what is absent there', (stage) => {
    const lists = roleOf(stage.name).filter(({ actions }) => actions.includes('s3:ListBucket'));
    expect(lists.map(({ resources }) => resources)).toEqual([[`<${bucket}.Arn>`]]);
    const [listing] = lists;
    expect(Object.keys(listing?.condition ?? {})).toEqual(['StringLikeIfExists']);
    expect([listing?.condition.StringLikeIfExists?.['s3:prefix']].flat().sort()).toEqual(
      starred([...stage.reads, ...stage.writes]).map((one) => `archive/${one}`),
    );
  });

  it('are of no other kind than these', () => {
    const kinds = (name: StageName | 'start' | 'watch') =>
      [...new Set(roleOf(name).flatMap(({ actions }) => actions))].sort();
    const always = ['logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:ListBucket'];
    const more: Record<string, readonly string[]> = {
      pull: ['s3:PutObject', 'ssm:GetParameters'],
      publish: ['s3:PutObject', 's3:PutObjectRetention'],
      start: ['sqs:SendMessage', 'states:StartExecution'],
      watch: ['sqs:SendMessage'],
    };
    for (const name of [...STAGE_NAMES, 'start', 'watch'] as const)
      expect(kinds(name), name).toEqual([...always, ...(more[name] ?? ['s3:PutObject'])].sort());
  });

  it('give keys to pull alone, and only the two there are', () => {
    const [keys] = roleOf('pull').filter(({ actions }) => actions.includes('ssm:GetParameters'));
    expect(keys?.resources.map((one) => one.replace(/^.*:parameter/, ''))).toEqual([
      '/open-model-balance/prod/HF_TOKEN',
      '/open-model-balance/prod/OPENROUTER_API_KEY',
    ]);
    for (const name of [...STAGE_NAMES, 'start', 'watch'].filter((one) => one !== 'pull')) {
      const variables = JSON.stringify(
        made.one('AWS::Lambda::Function', `${name[0]?.toUpperCase()}${name.slice(1)}Function`).Properties
          .Environment,
      );
      expect(variables, name).not.toMatch(/KEYS_PATH|TOKEN|API_KEY|SECRET|PASSWORD/);
      expect(JSON.stringify(roleOf(name)), name).not.toMatch(/ssm|secretsmanager|kms/);
    }
  });

  it('let publish alone write what is public, and retain it, and nobody remove or change anything', () => {
    for (const { id } of made.of('AWS::IAM::Role')) {
      const rights = rightsOf(made, id).filter(allows);
      const touching = rights.flatMap(({ actions, resources }) =>
        resources
          .filter((one) => one.includes('/archive/public/'))
          .flatMap(() => actions.filter((one) => one !== 's3:GetObject')),
      );
      expect([...new Set(touching)].sort(), id).toEqual(
        id.startsWith('PublishRole') ? ['s3:PutObject', 's3:PutObjectRetention'] : [],
      );
      expect(
        rights
          .flatMap(({ actions }) => actions)
          .filter((one) => /^s3:(\*|Delete|Bypass|PutBucket|PutLifecycle)/.test(one)),
        id,
      ).toEqual([]);
    }
  });

  it('are held by Lambda alone', () => {
    for (const name of [...STAGE_NAMES, 'start', 'watch']) {
      const role = made.one('AWS::IAM::Role', `${name[0]?.toUpperCase()}${name.slice(1)}Role`);
      expect(role.Properties.AssumeRolePolicyDocument, name).toMatchObject({
        Statement: [{ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      });
    }
  });

  it('let the starter start this state machine, and read what it needs to decide', () => {
    const [starting] = roleOf('start').filter(({ actions }) => actions.includes('states:StartExecution'));
    expect(starting?.resources).toEqual([`<${made.one('AWS::StepFunctions::StateMachine').id}>`]);
    expect(prefixesOf(roleOf('start'), 's3:GetObject')).toEqual([
      'drafts/*/receipts/*',
      'public/editions.json',
      'templates/*',
    ]);
    expect(prefixesOf(roleOf('watch'), 's3:GetObject')).toEqual(['public/editions.json', 'snapshots/*']);
  });
});
