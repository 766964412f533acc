import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { PLAN, type StageName } from '../functions/plan.ts';

/** The functions beside the plan's stages. */
export type FunctionName = StageName | 'start' | 'watch';

/** What somebody may do in the archive, as prefixes of its keys, or whole keys. */
export interface Access {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Where the archive begins in its bucket. */
export const ARCHIVE_PREFIX = 'archive/';

const OUTSIDE_THE_PLAN: Readonly<Record<'start' | 'watch', Access>> = {
  start: { reads: ['templates/', 'drafts/<edition>/receipts/', 'public/editions.json'], writes: [] },
  watch: { reads: ['snapshots/', 'public/editions.json'], writes: [] },
};

/** What a function may do in the archive: what the plan says that its stage reads and writes. */
export function accessOf(name: FunctionName): Access {
  const stage = PLAN.find((one) => one.name === name);
  if (stage) return stage;
  return name === 'start' || name === 'watch' ? OUTSIDE_THE_PLAN[name] : { reads: [], writes: [] };
}

/**
 * The least that lets somebody read and write those prefixes. What is written is read back too: a write that must not
 * change anything compares.
 */
export function archiveStatements(bucket: IBucket, { reads, writes }: Access): PolicyStatement[] {
  const readable = [...new Set([...reads, ...writes])];
  const objects = (prefixes: readonly string[]) =>
    prefixes.map((prefix) => bucket.arnForObjects(pattern(prefix)));
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
    new PolicyStatement({ effect: Effect.ALLOW, actions, resources, ...(conditions ? { conditions } : {}) });
  return [
    ...(readable.length > 0
      ? [
          allow(['s3:GetObject'], objects(readable)),
          // IfExists: asked for one object, S3 has no prefix to compare, and would answer 403 for one that is absent.
          allow(['s3:ListBucket'], [bucket.bucketArn], {
            StringLikeIfExists: { 's3:prefix': readable.map(pattern) },
          }),
        ]
      : []),
    ...(writes.length > 0 ? [allow(['s3:PutObject'], objects(writes))] : []),
  ];
}

/** A prefix of the plan as IAM spells it: what a run fills in becomes a star. */
export function pattern(prefix: string): string {
  const filled = `${ARCHIVE_PREFIX}${prefix.replace(/<\w+>/g, '*')}`;
  return filled.endsWith('/') ? `${filled}*` : filled;
}
