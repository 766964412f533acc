import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, paginateGetExecutionHistory, SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { sha256 } from '../../functions/archive/artefact.ts';
import { openStore } from '../../functions/archive/open-store.ts';
import { type Ended as CommandEnded, folder, report } from '../program/report.ts';
import type { Cloud } from './cloud.ts';
import { clockAhead } from './runtime.ts';

const startedSchema = z.union([
  z.object({ edition: z.string(), started: z.literal(true), execution: z.string(), name: z.string() }),
  z.object({ edition: z.string(), started: z.literal(false), because: z.string() }),
]);
export type Started = z.infer<typeof startedSchema>;

/** How a run of the state machine ended. */
export interface Ended {
  readonly status: string;
  /** The name of the error that ended it. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly output: string | undefined;
}

/** Asks the deployed starter for a run. @throws Error if it refuses */
export async function start(cloud: Cloud, event: object): Promise<Started> {
  const answer = await new LambdaClient({ maxAttempts: 1 }).send(
    new InvokeCommand({ FunctionName: cloud.output('StartFunctionName'), Payload: JSON.stringify(event) }),
  );
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError) throw new Error(`start: ${text.slice(0, 1000)}`);
  return startedSchema.parse(JSON.parse(text));
}

/** Waits until a run is over. */
export async function ended(executionArn: string): Promise<Ended> {
  const client = new SFNClient({});
  for (;;) {
    const {
      status = '',
      error,
      cause,
      output,
    } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return { status, error, cause, output };
    await new Promise((done) => setTimeout(done, 100));
  }
}

let latest = 0;

/** Starts a run and waits until it is over. @throws Error if it was not started */
export async function run(cloud: Cloud, event: object): Promise<Ended> {
  // Runs are named to the second: another one of the same kind needs another second.
  await new Promise((done) => setTimeout(done, Math.max(0, latest + 1000 - Date.now())));
  latest = Date.now();
  const started = await start(cloud, event);
  if (!started.started) throw new Error(`Not started: ${started.because}`);
  return ended(started.execution);
}

/** Starts a run that must succeed. @throws Error with what ended it */
export async function succeed(cloud: Cloud, event: object): Promise<Ended> {
  const how = await run(cloud, event);
  if (how.status === 'SUCCEEDED') return how;
  throw new Error(`The run ended ${how.status}: ${how.error}: ${how.cause?.slice(0, 600)}`);
}

/** Names of the states that a run entered, in order. */
export async function statesOf(executionArn: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { events = [] } of paginateGetExecutionHistory(
    { client: new SFNClient({}) },
    { executionArn },
  ))
    for (const { stateEnteredEventDetails } of events)
      if (stateEnteredEventDetails?.name) names.push(stateEnteredEventDetails.name);
  return names;
}

/** Every object of an archive below a prefix, with the SHA-256 of its bytes. */
export async function objects(url: string, prefix: string): Promise<Record<string, string>> {
  const store = openStore(url);
  const sums: Record<string, string> = {};
  for await (const key of store.list(prefix)) sums[key] = sha256((await store.get(key))?.body ?? '');
  return sums;
}

/**
 * The snapshots of the deployed archive brought to a laptop, and an edition made of them there.
 *
 * @returns what the laptop publishes, by key, with the SHA-256 of each file
 */
export async function continuedOnLaptop(cloud: Cloud, edition: string): Promise<Record<string, string>> {
  await using archive = await folder();
  const [source, target] = [openStore(cloud.output('ArchiveUrl')), openStore(archive.url)];
  for await (const key of source.list('snapshots/')) {
    const found = await source.get(key);
    if (found) await target.put(key, found.body);
  }
  // The laptop's clock is that of the cloud, since a month that is not over is refused.
  const clock = clockAhead(cloud.gateway.ahead).join('=');
  const { code, stderr } = await report(
    ['--archive', archive.url, '--edition', edition, '--from', 'compute'],
    clock === '' ? {} : { NODE_OPTIONS: clock },
  );
  if (code !== 0) throw new Error(`The laptop could not go on: ${stderr}`);
  return await objects(archive.url, `public/${edition}/`);
}

/** Removes everything below prefixes of the deployed archive, earlier versions and what is retained included. */
export async function purge(cloud: Cloud, prefixes: readonly string[]): Promise<void> {
  const { host: Bucket, pathname } = new URL(cloud.output('ArchiveUrl'));
  const client = new S3Client({});
  for (const prefix of prefixes) {
    const Prefix = `${pathname.slice(1)}${prefix}`;
    for (;;) {
      const { Versions = [], DeleteMarkers = [] } = await client.send(
        new ListObjectVersionsCommand({ Bucket, Prefix, MaxKeys: 500 }),
      );
      const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
      if (Objects.length === 0) break;
      await client.send(
        new DeleteObjectsCommand({
          Bucket,
          Delete: { Objects, Quiet: true },
          BypassGovernanceRetention: true,
        }),
      );
    }
  }
}

/** The program's command line on this machine, with the local AWS as its AWS. */
export function command(args: readonly string[], more: Record<string, string> = {}): Promise<CommandEnded> {
  const aws = Object.entries(process.env).filter(
    (one): one is [string, string] => one[0].startsWith('AWS_') && one[1] !== undefined,
  );
  return report(args, { ...Object.fromEntries(aws), ...more });
}
