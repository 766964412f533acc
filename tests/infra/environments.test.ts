import { describe, expect, it } from 'vitest';
import { BadRequest } from '../../functions/errors.ts';
import { deployable, environmentNamed, parseEnvironment } from '../../infra/environments.ts';
import { ACCOUNT, COMPLETE, environment } from './stack.ts';

/** What is said of something that cannot be deployed. */
function refusal(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(BadRequest);
    return error instanceof Error ? error.message : '';
  }
  return 'It was accepted.';
}

const prod = environment('prod');
const changed = (changes: Record<string, unknown>) => {
  const { account, ...rest } = prod;
  return refusal(() => parseEnvironment({ account, ...rest, ...changes }));
};

describe('an environment', () => {
  it('is dev or prod, each with what it needs', () => {
    expect(environmentNamed('dev', { CDK_DEFAULT_ACCOUNT: ACCOUNT })).toMatchObject({
      name: 'dev',
      production: false,
      account: ACCOUNT,
    });
    expect(prod).toMatchObject({ name: 'prod', production: true, retainPublishedDays: 3650 });
  });

  it('may have a domain, a sender and people to tell', () => {
    expect(environment('prod', COMPLETE)).toMatchObject(COMPLETE);
  });

  it.each([
    ['staging', /There is no environment "staging"\. Choose one of dev, prod: npm run deploy -- --env dev/],
    [undefined, /No environment is named\. Choose one of dev, prod/],
    ['', /There is no environment ""/],
    ['toString', /There is no environment "toString"/],
  ])('that is called %j is refused', (name, said) => {
    expect(refusal(() => environmentNamed(name, { CDK_DEFAULT_ACCOUNT: ACCOUNT }))).toMatch(said);
  });

  it('without an account is refused, and says how to sign in', () => {
    for (const account of [undefined, ''])
      expect(refusal(() => environmentNamed('dev', { CDK_DEFAULT_ACCOUNT: account }))).toMatch(
        /No AWS account is known for dev: sign in .*Nothing was deployed/,
      );
  });

  it.each([
    ['a region that is none', { region: 'Ireland' }, /at region: A region such as eu-west-1/],
    ['an account that is none', { account: '1234' }, /at account: Twelve digits/],
    ['a sender that is none', { sender: 'Report <report>' }, /at sender: An address as name@example\.org/],
    ['somebody to tell who is none', { alertEmails: ['ops@'] }, /at alertEmails\.0: An address/],
    ['a time zone that is none', { timeZone: 'Middle/Earth' }, /at timeZone: A name of the IANA time zone/],
    ['an offset as time zone', { timeZone: '+02:00' }, /at timeZone/],
    [
      'a schedule in an hour that daylight saving skips',
      { timeZone: 'Europe/Paris', draft: { day: 3, hour: 2, minute: 30 } },
      /draft is at 2 o’clock in Europe\/Paris, an hour that daylight saving may skip/,
    ],
    [
      'a schedule in the hour after midnight, which Cairo skips',
      { timeZone: 'Africa/Cairo', publish: { day: 26, hour: 0, minute: 15 } },
      /publish is at 0 o’clock in Africa\/Cairo/,
    ],
    [
      'a draft after publication',
      { draft: { day: 7, hour: 6, minute: 0 } },
      /the draft \(day 7\) comes no earlier than publication \(day 6\)/,
    ],
    [
      'a draft on the day of publication',
      { draft: { day: 6, hour: 6, minute: 0 } },
      /comes no earlier than publication/,
    ],
    [
      'a day that February has not',
      { publish: { day: 30, hour: 8, minute: 0 } },
      /at publish\.day: No later/,
    ],
    ['an hour there is not', { publish: { day: 6, hour: 24, minute: 0 } }, /at publish\.hour/],
    ['a weekday there is not', { observe: { weekday: 'FUN', hour: 6, minute: 0 } }, /at observe\.weekday/],
    [
      'a certificate that CloudFront cannot use',
      {
        domain: {
          name: 'report.example.org',
          certificateArn: `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/0f1e2d3c`,
        },
      },
      /at domain\.certificateArn: The ARN of a certificate in us-east-1/,
    ],
    [
      'a domain that is a URL',
      { domain: { name: 'https://example.org' } },
      /at domain\.name: A domain such as/,
    ],
    ['a first edition that is no month', { firstEdition: '2026-13' }, /at firstEdition: A month as YYYY-MM/],
    ['drafts that are removed too early', { keepDraftsDays: 3 }, /at keepDraftsDays/],
    ['a word that is misspelt', { alertEmail: 'ops@example.org' }, /Unrecognized key: "alertEmail"/],
  ])('with %s is refused, and says where', (_, changes, said) => {
    const message = changed(changes);
    expect(message).toMatch(said);
    expect(message).toMatch(/infra\/environments\.ts/);
    expect(message).toMatch(/nothing was deployed/i);
  });

  it('may be at that hour where no daylight saving is', () => {
    for (const timeZone of ['Etc/UTC', 'UTC'])
      expect(() => environment('prod', { timeZone, draft: { day: 3, hour: 2, minute: 30 } })).not.toThrow();
  });

  it('without a region is refused, and says where one is set; else it takes that of the deployer', () => {
    const { region: _, ...rest } = prod;
    const anywhere = parseEnvironment(rest);
    expect(refusal(() => deployable(anywhere, { CDK_DEFAULT_ACCOUNT: ACCOUNT }))).toMatch(
      /No region is known for prod: set AWS_REGION, or write `region` in infra\/environments\.ts\. Nothing/,
    );
    expect(deployable(anywhere, { CDK_DEFAULT_REGION: 'us-west-2' }).region).toBe('us-west-2');
  });
});
