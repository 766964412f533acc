import { describe, expect, it } from 'vitest';
import { may, rightsOf } from './policies.ts';
import { templateOf } from './template.ts';

const made = templateOf('prod');
const bucket = `<${made.one('AWS::S3::Bucket', 'ArchiveBucket').id}.Arn>`;
const machine = made.one('AWS::StepFunctions::StateMachine').id;
const execution = `arn:<AWS::Partition>:states:eu-west-1:123456789012:execution:<${machine}.Name>:2026-11-draft`;
const start = `<${made.one('AWS::Lambda::Function', 'StartFunction').id}.Arn>`;
const print = `<${made.one('AWS::Lambda::Function', 'PrintFunction').id}.Arn>`;
const key = 'arn:<AWS::Partition>:ssm:eu-west-1:123456789012:parameter/open-model-balance/prod/HF_TOKEN';
const logs =
  'arn:<AWS::Partition>:logs:eu-west-1:123456789012:log-group:OpenModelBalance-prod-PullLogs1234:log-stream:x';
const object = (name: string) => `${bucket}/archive/${name}`;
const draft = object('drafts/2026-11/en/report.html');
const approval = object('drafts/2026-11/approval.json');
const corrections = object('drafts/2026-11/corrections.json');
const published = object('public/2026-11/r1/figures.json');
const snapshot = object('snapshots/epoch/20261101T000000Z/snapshot.json');
const pointer = object('templates/current.json');

type Deed = readonly [string, string, string];
const SEE: readonly Deed[] = [
  ['see the stack', 'cloudformation:DescribeStacks', '<AWS::StackId>'],
  ['see runs', 'states:ListExecutions', `<${machine}>`],
  ['see one run', 'states:DescribeExecution', execution],
  ['read a draft', 's3:GetObject', draft],
  ['read what is public', 's3:GetObject', published],
];
const RUN: readonly Deed[] = [['ask for a run', 'lambda:InvokeFunction', start]];
const REDRIVE: readonly Deed[] = [['redrive a run', 'states:RedriveExecution', execution]];
const SNAPSHOTS: readonly Deed[] = [
  ['read a snapshot', 's3:GetObject', snapshot],
  ['bring a snapshot back', 's3:PutObject', snapshot],
];
const DRAFTS: readonly Deed[] = [['bring a draft back', 's3:PutObject', draft]];
const APPROVE: readonly Deed[] = [
  ['approve', 's3:PutObject', approval],
  ['correct', 's3:PutObject', corrections],
];
const TEMPLATES: readonly Deed[] = [['publish templates', 's3:PutObject', pointer]];
const KEYS: readonly Deed[] = [
  ['set a key', 'ssm:PutParameter', key],
  ['see whether a key is set', 'ssm:GetParameters', key],
];
const LOGS: readonly Deed[] = [['read logs', 'logs:FilterLogEvents', logs]];
const ALL = [...SEE, ...RUN, ...REDRIVE, ...SNAPSHOTS, ...DRAFTS, ...APPROVE, ...TEMPLATES, ...KEYS, ...LOGS];
/** What no person may do: publication is the machine's. */
const NOBODY: readonly Deed[] = [
  ['publish by hand', 's3:PutObject', published],
  ['remove what is public', 's3:DeleteObject', published],
  ['remove a draft', 's3:DeleteObject', draft],
  ['remove a version', 's3:DeleteObjectVersion', published],
  ['go past retention', 's3:BypassGovernanceRetention', published],
  ['change the bucket', 's3:PutBucketPolicy', bucket],
  ['call a stage alone', 'lambda:InvokeFunction', print],
  ['change a function', 'lambda:UpdateFunctionCode', print],
  ['start the machine past the starter', 'states:StartExecution', `<${machine}>`],
  ['give themselves rights', 'iam:PutRolePolicy', '<AWS::StackId>'],
];

describe.each([
  ['Operator', [...SEE, ...RUN, ...REDRIVE, ...SNAPSHOTS, ...DRAFTS, ...KEYS, ...LOGS]],
  ['Editor', [...SEE, ...TEMPLATES]],
  ['Approver', [...SEE, ...RUN, ...APPROVE]],
] as const)('the role %s', (name, deeds: readonly Deed[]) => {
  const role = made.of('AWS::IAM::Role').find(({ id }) => new RegExp(`^People${name}\\w{8}$`).test(id));
  const rights = rightsOf(made, role?.id ?? name);

  it.each(deeds)('may %s', (_, action, resource) => {
    expect(may(rights, action, resource)).toBe(true);
  });

  it.each([...ALL.filter((deed) => !deeds.includes(deed)), ...NOBODY])(
    'may not %s',
    (_, action, resource) => {
      expect(may(rights, action, resource)).toBe(false);
    },
  );

  it('is taken on by people of the account, in production with a second factor or by those IAM Identity Center let in', () => {
    expect(role?.Properties.RoleName).toBe(`OpenModelBalance-prod-${name}`);
    expect(role?.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        },
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Condition: {
            ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*' },
          },
        },
      ],
    });
  });
});
