import { z } from 'zod';

const some = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat());
const principal = z.union([z.literal('*'), z.record(z.string(), some)]);
const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: some,
  Resource: some.optional(),
  Principal: principal.optional(),
  Condition: z.record(z.string(), z.record(z.string(), some)).optional(),
});
const documentSchema = z.object({
  Statement: z.union([statementSchema, z.array(statementSchema)]).transform((one) => [one].flat()),
});

/** One statement of a policy. */
export type Statement = z.infer<typeof statementSchema>;

/** What is asked for. */
export interface Wanted {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` where the action has none. */
  readonly resource: string;
  /** What conditions may ask about, by key. */
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** Reads a policy's document. @throws ZodError if it has an element that is not judged here, such as NotAction */
export function parsePolicy(json: string): Statement[] {
  return documentSchema.parse(JSON.parse(json)).Statement;
}

/**
 * Judges as IAM does: what is denied is refused, what is not allowed too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws Error at a condition whose operator is not known here
 */
export function permits(statements: readonly Statement[], wanted: Wanted): boolean {
  const concerned = statements.filter((statement) => concerns(statement, wanted));
  return (
    concerned.some(({ Effect }) => Effect === 'Allow') && !concerned.some(({ Effect }) => Effect === 'Deny')
  );
}

/** Whether anybody of an account is meant by a trust policy's principal. */
export function trustsAccount({ Principal }: Statement, account: string): boolean {
  if (Principal === undefined || Principal === '*') return Principal === '*';
  return (Principal.AWS ?? []).some((one) => one === account || one === `arn:aws:iam::${account}:root`);
}

function concerns({ Action, Resource = ['*'], Condition = {} }: Statement, wanted: Wanted): boolean {
  return (
    Action.some((pattern) => like(pattern.toLowerCase(), wanted.action.toLowerCase())) &&
    Resource.some((pattern) => like(pattern, wanted.resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, values, wanted.context[key])),
    )
  );
}

const OPERATORS: Readonly<Record<string, (pattern: string, actual: string) => boolean>> = {
  StringEquals: (pattern, actual) => pattern === actual,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: (pattern, actual) => pattern.toLowerCase() === actual.toLowerCase(),
};

function holds(operator: string, values: readonly string[], actual: string | undefined): boolean {
  const [, name = operator, ifExists] = /^(.+?)(IfExists)?$/.exec(operator) ?? [];
  const matches = OPERATORS[name];
  if (!matches)
    throw new Error(`The condition ${operator} is not judged here. Add it to tests/aws/policy.ts.`);
  if (actual === undefined) return ifExists !== undefined;
  return values.some((value) => matches(value, actual));
}

/** `*` stands for any text, `?` for one character. */
function like(pattern: string, actual: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(actual);
}
