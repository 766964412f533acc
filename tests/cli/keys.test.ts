import { expect, it } from 'vitest';
import { report } from '../program/report.ts';
import { json, stackOfDev, tinyAws } from './tiny-aws.ts';

it.each([
  [
    ['keys', 'set', 'HF_TOKEN=hf_secret', '--env', 'dev'],
    /Name HF_TOKEN or OPENROUTER_API_KEY.*standard input/,
  ],
  [['keys', 'set', 'HF_TOKEN', 'hf_secret', '--env', 'dev'], /too many arguments/],
  [['keys', 'set', 'HF_TOKEN', '--value=hf_secret', '--env', 'dev'], /unknown option '--value'/],
])('%j: a key that is typed as an argument is refused and never repeated', async (args, expected) => {
  const { code, stdout, stderr } = await report([...args, '--json']);
  expect(stderr).toMatch(expected);
  expect(stdout + stderr).not.toContain('hf_secret');
  expect(code).toBe(2);
});

it('the keys of a deployment are listed as one JSON object, without a value', async () => {
  await using aws = await tinyAws(({ operation }) =>
    operation === 'DescribeStacks'
      ? stackOfDev()
      : json({ Parameters: [{ Name: '/open-model-balance/dev/HF_TOKEN', Value: 'cipher-text' }] }),
  );
  const { code, stdout, stderr } = await report(['keys', 'list', '--env', 'dev', '--json'], aws.environment);
  expect(JSON.parse(stdout)).toMatchObject({
    env: 'dev',
    keys: [
      { name: 'HF_TOKEN', set: true },
      { name: 'OPENROUTER_API_KEY', set: false },
    ],
  });
  expect(stdout + stderr).not.toContain('cipher-text');
  expect(code).toBe(0);
});
