import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { type Servers, type SourcesOptions, startSources } from '../sources/servers.ts';
import { ANYBODY, REGION } from './ask.ts';
import { Assembly, STACK } from './assembly.ts';
import { bootstrap, deploy, type Outputs } from './cdk.ts';
import { type Deployed, Functions } from './functions.ts';
import type { Gateway } from './gateway.ts';
import { applyLeftOut, passedOver, without } from './left-out.ts';
import { startLocalAws } from './local-aws.ts';
import type { Moto } from './moto.ts';
import type { Credentials } from './signature.ts';

/** Where the synthesised template expects the sources; each suite puts those of its own servers there. */
export const SOURCES_PLACEHOLDER = 'http://127.0.0.1:1';

/** What a suite's AWS is like. */
export interface CloudOptions {
  /** What the servers that stand for the public sources tell. */
  readonly sources?: SourcesOptions;
  /** Keys of the sources that ops have stored. */
  readonly sourceKeys?: Readonly<Record<string, string>>;
  /** Milliseconds that every function's clock is ahead of this machine's. */
  readonly ahead?: number;
  /** What whoever deploys signs with; made before anything is deployed. */
  readonly deployer?: (gateway: Gateway) => Promise<Credentials>;
}

/** A fresh local AWS with the program deployed in it by the stock CLI, and servers that stand for the public sources. */
export class Cloud implements AsyncDisposable {
  readonly gateway: Gateway;
  readonly moto: Moto;
  readonly functions: Functions;
  readonly sources: Servers;
  readonly assembly: Assembly;
  readonly outputs: Outputs;
  /** Names the stack's resources got, by logical id. */
  readonly physical: ReadonlyMap<string, string>;
  /** What each function signs with, by its role's name; nobody's keys where nothing is said. */
  credentials: (role: string, service: string) => Credentials = (_role, service) => ({
    ...ANYBODY,
    accessKeyId: `LOCAL${service.toUpperCase()}`,
  });
  readonly #stack: AsyncDisposableStack;
  #ahead = 0;
  readonly #described = new Map<string, Promise<Deployed>>();

  private constructor(
    parts: Pick<Cloud, 'gateway' | 'moto' | 'sources' | 'assembly' | 'outputs' | 'physical'>,
    stack: AsyncDisposableStack,
    ahead: number,
  ) {
    this.gateway = parts.gateway;
    this.moto = parts.moto;
    this.sources = parts.sources;
    this.assembly = parts.assembly;
    this.outputs = parts.outputs;
    this.physical = parts.physical;
    this.#stack = stack;
    this.#ahead = ahead;
    this.gateway.ahead = ahead;
    this.functions = stack.use(new Functions((name) => this.deployed(name)));
    this.gateway.functions = this.functions;
  }

  /** Starts it, deploys, and applies what moto's CloudFormation leaves out. */
  static async start({
    sources = {},
    sourceKeys = {},
    ahead = 0,
    deployer,
  }: CloudOptions = {}): Promise<Cloud> {
    await using stack = new AsyncDisposableStack();
    const home = await mkdtemp(join(tmpdir(), 'balance-cloud-'));
    stack.defer(() => rm(home, { recursive: true, force: true }));
    const servers = stack.use(await startSources(sources));
    const { gateway, moto } = stack.use(await startLocalAws());

    const base = servers.environment.HF_ENDPOINT.replace(/\/hub$/, '');
    const assembly = Assembly.at(runFolder()).edited(join(home, 'assembly'), (template) =>
      without(quickened(template.replaceAll(SOURCES_PLACEHOLDER, base))),
    );
    const account = { endpoint: gateway.endpoint, home, credentials: await deployer?.(gateway) };
    await bootstrap(account);
    const before = moto.complaints.length;
    const outputs = await deploy(account, assembly);
    const strange = passedOver(moto.complaints.slice(before));
    if (strange.length > 0)
      throw new Error(
        `moto's CloudFormation passed over ${strange.join(', ')}: what is deployed here lacks it. Say in tests/aws/left-out.ts why that does no harm, or apply it there.`,
      );
    const physical = await resources();
    await applyLeftOut(assembly, (id) => physical.get(id) ?? id, new S3Client({}));
    for (const [name, Value] of Object.entries(sourceKeys))
      await new SSMClient({}).send(
        new PutParameterCommand({ Name: `${outputs.KeysPath}${name}`, Value, Type: 'SecureString' }),
      );
    return new Cloud({ gateway, moto, sources: servers, assembly, outputs, physical }, stack.move(), ahead);
  }

  /** An output of the stack. @throws Error if it has none of that name */
  output(name: string): string {
    const value = this.outputs[name];
    if (value === undefined) throw new Error(`The stack has no output ${name}.`);
    return value;
  }

  /** How a function is deployed, by its name in AWS. */
  deployed(name: string): Promise<Deployed> {
    const found = this.#described.get(name) ?? this.#describe(name);
    this.#described.set(name, found);
    return found;
  }

  /** The name of the role that a resource of the template runs as. */
  roleOf(logicalId: string): string {
    const all = this.assembly.resources('AWS::StepFunctions::StateMachine');
    const { RoleArn } = z.looseObject({ RoleArn: getAtt }).parse(all.get(logicalId)?.Properties);
    return this.physical.get(RoleArn['Fn::GetAtt'][0]) ?? '';
  }

  /** Forgets how functions are deployed and ends their processes, so that they start anew. */
  async renew(): Promise<void> {
    this.#described.clear();
    await this.functions.cool();
  }

  /** Sets the clock of AWS and of every function; it goes on from there. @param to an instant */
  async setClock(to: string): Promise<void> {
    this.#ahead = Date.parse(to) - Date.now();
    this.gateway.ahead = this.#ahead;
    await this.renew();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }

  async #describe(name: string): Promise<Deployed> {
    const answer = await new LambdaClient({}).send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    const {
      FunctionName = name,
      FunctionArn = '',
      Handler = '',
      Timeout = 3,
      MemorySize = 128,
      Role = '',
    } = answer;
    const variables = answer.Environment?.Variables ?? {};
    const service = variables.POWERTOOLS_SERVICE_NAME ?? name;
    const [logicalId = ''] = [...this.physical].find(([, one]) => one === FunctionName) ?? [];
    const properties = functionProperties.parse(
      this.assembly.resources('AWS::Lambda::Function').get(logicalId)?.Properties,
    );
    const role = Role.slice(Role.lastIndexOf('/') + 1);
    const credentials = this.credentials(role, service);
    this.gateway.callers.set(credentials.accessKeyId, service);
    return {
      service,
      role,
      name: FunctionName,
      arn: FunctionArn,
      folder: this.assembly.task(properties.Code.S3Key),
      handler: Handler,
      timeoutSeconds: Timeout,
      memoryMb: MemorySize,
      ahead: this.#ahead,
      environment: {
        ...variables,
        ...(properties.LoggingConfig?.LogFormat
          ? { AWS_LAMBDA_LOG_FORMAT: properties.LoggingConfig.LogFormat }
          : {}),
        AWS_REGION: REGION,
        AWS_DEFAULT_REGION: REGION,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken ?? 'none',
        AWS_ENDPOINT_URL: this.gateway.endpoint,
      },
    };
  }
}

const getAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const functionProperties = z.looseObject({
  Code: z.object({ S3Key: z.string() }),
  LoggingConfig: z.object({ LogFormat: z.string().optional() }).optional(),
});

/** State machines wait a second where they would wait a minute before they try again; how often they try stays. */
function quickened(template: string): string {
  return template.replaceAll(
    /(\\"(?:IntervalSeconds|MaxDelaySeconds)\\":)\d+/g,
    (_, name: string) => `${name}1`,
  );
}

/** The folder of this run, where the synthesised assembly lies. */
export function runFolder(): string {
  const folder = process.env.BALANCE_AWS_HOME;
  if (!folder) throw new Error('These tests need what npm run test:aws prepares. Start them with it.');
  return folder;
}

async function resources(): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const client = new CloudFormationClient({});
  for await (const page of paginateListStackResources({ client }, { StackName: STACK }))
    for (const { LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? [])
      if (LogicalResourceId && PhysicalResourceId) names.set(LogicalResourceId, PhysicalResourceId);
  return names;
}
