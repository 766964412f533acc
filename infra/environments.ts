import { z } from 'zod';
import { BadRequest } from '../functions/errors.ts';

export const ENVIRONMENT_NAMES = ['dev', 'prod'] as const;
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

/** What the stack of an environment is called. */
export function stackName(name: EnvironmentName): string {
  return `OpenModelBalance-${name}`;
}

/** A moment of each month or week, in the environment's time zone. */
const timeSchema = z.strictObject({ hour: z.int().min(0).max(23), minute: z.int().min(0).max(59) });
const monthlySchema = timeSchema.extend({
  day: z.int().min(1).max(28, 'No later than the 28th: February has no other days.'),
});
const weeklySchema = timeSchema.extend({
  weekday: z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']),
});
const email = z.email('An address as name@example.org');
const days = z.int().min(0).max(36_500);

const environmentSchema = z.strictObject({
  name: z.enum(ENVIRONMENT_NAMES),
  /** Twelve digits; without one, the account one is signed in to. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'Twelve digits')
    .optional(),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'A region such as eu-west-1')
    .optional(),
  /** Schedules run, resources outlive the stack, alarms ring. */
  production: z.boolean(),
  /** The month from which on the watch says that an edition is absent. */
  firstEdition: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'A month as YYYY-MM'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'A name of the IANA time zone database, such as Europe/Paris or Etc/UTC'),
  draft: monthlySchema,
  publish: monthlySchema,
  /** Each week; at the same hour also on the first of a month. */
  observe: weeklySchema,
  /** Who is told of drafts, holds and alarms. */
  alertEmails: z.array(email),
  /** Whom the report’s mail comes from; its domain is verified by DKIM. Null: none is sent. */
  sender: email.nullable(),
  /** The site’s own domain; null: CloudFront’s. Its certificate must be in us-east-1, as CloudFront asks. */
  domain: z
    .strictObject({
      name: z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'A domain such as report.example.org'),
      certificateArn: z
        .string()
        .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'The ARN of a certificate in us-east-1'),
    })
    .nullable(),
  /** Days for which no one can remove a published revision; 0: no Object Lock. */
  retainPublishedDays: days,
  keepDraftsDays: days.min(30),
  keepLogsDays: z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365), z.literal(731)]),
});

/** One deployment of the report: everything that differs from another. */
export type Environment = z.infer<typeof environmentSchema>;

const COMMON = {
  firstEdition: '2026-11',
  timeZone: 'Etc/UTC',
  draft: { day: 3, hour: 6, minute: 0 },
  publish: { day: 6, hour: 8, minute: 0 },
  observe: { weekday: 'MON', hour: 6, minute: 30 },
  alertEmails: [],
  sender: null,
  domain: null,
} as const satisfies Partial<Environment>;

/** Every environment there is. This file is where ops change them. */
const ENVIRONMENTS: Readonly<Record<EnvironmentName, unknown>> = {
  // To try things: nothing runs by itself, and destroying it removes everything.
  dev: {
    ...COMMON,
    name: 'dev',
    region: 'eu-west-1',
    production: false,
    retainPublishedDays: 0,
    keepDraftsDays: 90,
    keepLogsDays: 30,
  },
  prod: {
    ...COMMON,
    name: 'prod',
    region: 'eu-west-1',
    production: true,
    // Ten years: readers quote editions, and what they quoted must be found.
    retainPublishedDays: 3650,
    // Until after the next-but-one year’s report looks back on them.
    keepDraftsDays: 400,
    keepLogsDays: 365,
  },
};

/** Where an environment is deployed. */
export interface Deployable extends Environment {
  readonly account: string;
  readonly region: string;
}

/** The environment of a name, as this file has it. @throws BadRequest naming what is wrong and what to do */
export function declaredEnvironment(name: string | undefined): Environment {
  const known = ENVIRONMENT_NAMES.find((one) => one === name);
  if (known === undefined)
    throw new BadRequest(
      `${name === undefined ? 'No environment is named' : `There is no environment "${name.slice(0, 40)}"`}. Choose one of ${ENVIRONMENT_NAMES.join(', ')}: npm run deploy -- --env dev, or npx cdk … -c env=dev.`,
    );
  return parseEnvironment(ENVIRONMENTS[known]);
}

/**
 * The environment of a name, with the account and region one is signed in to where the file names none.
 *
 * @param variables CDK_DEFAULT_ACCOUNT and CDK_DEFAULT_REGION, which the CDK's own command sets
 * @throws BadRequest naming the field, what is wrong with it and what to do
 */
export function environmentNamed(
  name: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): Deployable {
  return deployable(declaredEnvironment(name), variables);
}

/** Reads an environment. @throws BadRequest naming the field, what is wrong with it and what to do */
export function parseEnvironment(value: unknown): Environment {
  const { data, error } = environmentSchema.safeParse(value);
  if (!data) {
    const found = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new BadRequest(
      `infra/environments.ts is wrong at ${found}. Correct it there; nothing was deployed.`,
    );
  }
  const problem = scheduleProblem(data);
  if (problem) throw new BadRequest(`infra/environments.ts, ${data.name}: ${problem} Nothing was deployed.`);
  return data;
}

/** The environment with where it goes. @throws BadRequest if neither the file nor who is signed in says */
export function deployable(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
): Deployable {
  const account = environment.account ?? variables.CDK_DEFAULT_ACCOUNT;
  const region = environment.region ?? variables.CDK_DEFAULT_REGION;
  if (!account)
    throw new BadRequest(
      `No AWS account is known for ${environment.name}: sign in (aws sso login, or AWS_PROFILE), or write \`account\` in infra/environments.ts. Nothing was deployed.`,
    );
  if (!region)
    throw new BadRequest(
      `No region is known for ${environment.name}: set AWS_REGION, or write \`region\` in infra/environments.ts. Nothing was deployed.`,
    );
  return { ...environment, account, region };
}

/** What the schedule would do wrong, as a sentence. */
function scheduleProblem({ draft, publish, observe, timeZone }: Environment): string | undefined {
  // A time that daylight saving skips does not fire at all; Cairo and Havana skip the hour after midnight.
  for (const [name, { hour }] of Object.entries({ draft, publish, observe }))
    if (hour <= 3 && !isUtc(timeZone))
      return `${name} is at ${hour} o’clock in ${timeZone}, an hour that daylight saving may skip. Take another hour, or Etc/UTC.`;
  if (draft.day >= publish.day)
    return `the draft (day ${draft.day}) comes no earlier than publication (day ${publish.day}). Leave a day or more between them.`;
  return undefined;
}

function isUtc(timeZone: string): boolean {
  return ['Etc/UTC', 'UTC', 'Etc/GMT'].includes(timeZone);
}

function isTimeZone(name: string): boolean {
  return isUtc(name) || Intl.supportedValuesOf('timeZone').includes(name);
}
