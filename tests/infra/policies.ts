import { z } from 'zod';
import { flat, type Made, type Resource } from './template.ts';

const several = <T extends z.ZodType>(one: T) =>
  z.union([z.array(one), one.transform((value) => [value])]).default([]);
const statementSchema = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: several(z.string()),
  Resource: z.unknown(),
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
const documentSchema = z.looseObject({ Statement: z.array(statementSchema) });

/** One sentence of a policy. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** As `flat` writes them. */
  readonly resources: readonly string[];
  readonly principal: string | undefined;
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a policy, of a bucket or of a role, says. */
export function statementsOf({ Properties }: Resource): Statement[] {
  return documentSchema.parse(Properties.PolicyDocument).Statement.map((one) => ({
    effect: one.Effect,
    actions: one.Action,
    resources: (Array.isArray(one.Resource) ? one.Resource : [one.Resource]).map(flat),
    principal: one.Principal === undefined ? undefined : JSON.stringify(one.Principal),
    condition: one.Condition,
  }));
}

export function allows({ effect }: Statement): boolean {
  return effect === 'Allow';
}

const rolesSchema = z.array(z.strictObject({ Ref: z.string() }));

/** All that a role’s policies say. */
export function rightsOf(made: Made, role: string): Statement[] {
  const { id, Properties } = made.one('AWS::IAM::Role', role);
  if (Properties.Policies !== undefined || Properties.ManagedPolicyArns !== undefined)
    throw new Error(`${id} has rights that are not among its policies`);
  return made
    .of('AWS::IAM::Policy')
    .filter((policy) => rolesSchema.parse(policy.Properties.Roles).some(({ Ref }) => Ref === id))
    .flatMap(statementsOf);
}

/** Whether IAM would let a role do something: no statement denies it, and one allows it. */
export function may(rights: readonly Statement[], action: string, resource: string): boolean {
  const matching = rights.filter(
    ({ actions, resources }) =>
      actions.some((one) => like(one, action)) && resources.some((one) => like(one, resource)),
  );
  return matching.some(allows) && matching.every(allows);
}

/** As IAM compares: a star is anything, a question mark one character. */
function like(pattern: string, value: string): boolean {
  const expression = pattern.replace(/[.*+?^${}()|[\]\\]/g, (character) =>
    character === '*' ? '.*' : character === '?' ? '.' : `\\${character}`,
  );
  return new RegExp(`^${expression}$`, 's').test(value);
}
