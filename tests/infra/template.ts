import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import type { Environment, EnvironmentName } from '../../infra/environments.ts';
import { appOf, environment } from './stack.ts';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })),
});

export type Resource = z.infer<typeof resourceSchema> & { readonly id: string };

/** What would be deployed, to be asked. */
export interface Made {
  readonly template: Template;
  readonly outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  of(type: string): readonly Resource[];
  /** The one resource of a type whose logical id begins so. */
  one(type: string, beginning?: string): Resource;
}

const made = new Map<string, Made>();

/** What would be deployed for an environment; made once for each that a file of tests asks for. */
export function templateOf(name: EnvironmentName, changes: Partial<Environment> = {}): Made {
  const key = JSON.stringify([name, changes]);
  const known = made.get(key) ?? read(Template.fromStack(appOf(environment(name, changes)).stack));
  made.set(key, known);
  return known;
}

/** Reads a template, so that it can be asked. */
export function read(template: Template): Made {
  const { Resources, Outputs } = templateSchema.parse(template.toJSON());
  const all = Object.entries(Resources).map(([id, resource]) => ({ ...resource, id }));
  const of = (type: string) => all.filter((one) => one.Type === type);
  return {
    template,
    outputs: Outputs,
    of,
    one(type, beginning = '') {
      const found = of(type).filter(({ id }) => id.startsWith(beginning));
      const [first] = found;
      if (!first || found.length !== 1)
        throw new Error(`${found.length} resources of ${type} begin with "${beginning}"`);
      return first;
    },
  };
}

/**
 * A value of a template as one string: what CloudFormation fills in stands as `<LogicalId.Attribute>`, and what it knows
 * of the account as `<AWS::Region>`.
 */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const { data } = intrinsicSchema.safeParse(value);
  if (!data) throw new Error(`Not a string of a template: ${JSON.stringify(value)}`);
  if ('Ref' in data) return `<${data.Ref}>`;
  if ('Fn::GetAtt' in data) return `<${data['Fn::GetAtt'].join('.')}>`;
  const [separator, parts] = data['Fn::Join'];
  return parts.map(flat).join(separator);
}

const intrinsicSchema = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
  z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }),
]);
