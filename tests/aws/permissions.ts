import { ACCOUNT, ask, text, texts } from './ask.ts';
import type { Cloud } from './cloud.ts';
import { type Asked, type Gateway, type Guard, STATE_MACHINE_KEY } from './gateway.ts';
import { parsePolicy, permits, type Statement, trustsAccount } from './policy.ts';
import { type Credentials, signed } from './signature.ts';
import { listing, wantedBy } from './wanted.ts';

const ADMIN = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

/** Makes a user who may do everything, as whoever deploys is. */
export async function administrator(gateway: Gateway): Promise<Credentials> {
  const iam = (parameters: Record<string, string>) => ask(gateway.endpoint, 'iam', parameters);
  const UserName = 'deployer';
  await iam({ Action: 'CreateUser', UserName });
  await iam({ Action: 'PutUserPolicy', UserName, PolicyName: 'everything', PolicyDocument: ADMIN });
  const key = await iam({ Action: 'CreateAccessKey', UserName });
  return { accessKeyId: text(key, 'AccessKeyId'), secretAccessKey: text(key, 'SecretAccessKey') };
}

/**
 * Permissions as they are deployed. S3's are judged twice: here, with conditions, and by moto, with the signature. Of
 * other services moto does not know the resource; they are judged here alone, and go on signed by the administrator.
 */
export class Permissions implements Guard {
  readonly #cloud: Cloud;
  readonly #administrator: Credentials;
  /** Whose a key is: the role's name. */
  readonly #roles = new Map<string, string>();
  readonly #policies = new Map<string, Promise<readonly Statement[]>>();
  #enforced = false;

  private constructor(cloud: Cloud, credentials: Credentials) {
    this.#cloud = cloud;
    this.#administrator = credentials;
  }

  /** From now on each function signs as its own role, the state machine as its, and what is not granted is refused. */
  static async enforced(cloud: Cloud, credentials: Credentials): Promise<Permissions> {
    const permissions = new Permissions(cloud, credentials);
    const functions = [...cloud.physical].filter(([id]) =>
      cloud.assembly.resources('AWS::Lambda::Function').has(id),
    );
    const keys = new Map<string, Credentials>();
    for (const [, name] of functions) {
      const { service, role, arn } = await cloud.deployed(name);
      keys.set(service, await permissions.#as(role, 'lambda.amazonaws.com', service, arn));
    }
    permissions.#roles.set(STATE_MACHINE_KEY, await permissions.#roleOfStateMachine());
    cloud.credentials = (_role, service) => keys.get(service) ?? credentials;
    await cloud.renew();
    cloud.gateway.guard = permissions;
    permissions.#enforced = true;
    await cloud.moto.enforce(true);
    return permissions;
  }

  /**
   * A person of the account takes a role.
   *
   * @param mfa whether they have shown a second factor
   * @throws Error if the role does not trust them
   */
  async assume(role: string, mfa: boolean): Promise<Credentials> {
    const trusted = (await this.#trust(role)).filter((one) => trustsAccount(one, ACCOUNT));
    const context = mfa
      ? { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '60' }
      : { 'aws:MultiFactorAuthPresent': 'false' };
    if (!permits(trusted, { action: 'sts:AssumeRole', resource: '*', context }))
      throw new Error(`${role} does not trust a person ${mfa ? 'with' : 'without'} a second factor.`);
    return this.#take(role, 'person');
  }

  async judge(asked: Asked): ReturnType<Guard['judge']> {
    const { signer, service, operation } = asked;
    if (!this.#enforced || signer === undefined || signer.accessKeyId === this.#administrator.accessKeyId)
      return { allowed: true };
    const role = this.#roles.get(signer.accessKeyId);
    if (role === undefined) return { refused: `${signer.accessKeyId} is nobody's key.` };
    if (service === 'sts' && operation === 'GetCallerIdentity') return { allowed: true };
    const statements = await this.#granted(role);
    for (const wanted of wantedBy(asked))
      if (!permits(statements, wanted))
        return {
          refused: `${role} is not authorized to perform: ${wanted.action} on resource: ${wanted.resource}`,
        };
    if (service === 's3') return { allowed: true, hidesAbsence: !permits(statements, listing(asked)) };
    return { allowed: true, headers: this.#signedOn(asked) };
  }

  #signedOn({ headers, body, signer }: Asked): Record<string, string> {
    const kept = ['content-type', 'x-amz-target'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    return signed(
      {
        path: '/',
        host: headers.host ?? '',
        headers: Object.fromEntries(kept),
        body,
        service: signer?.service ?? '',
        region: signer?.region ?? '',
      },
      this.#administrator,
    );
  }

  /** A service takes a role that must trust it, as Lambda does for a function. */
  async #as(role: string, service: string, session: string, arn = ''): Promise<Credentials> {
    const trusted = (await this.#trust(role)).filter(
      ({ Principal }) => typeof Principal === 'object' && (Principal.Service ?? []).includes(service),
    );
    const context = { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': arn };
    if (!permits(trusted, { action: 'sts:AssumeRole', resource: '*', context }))
      throw new Error(`${role} does not trust ${service}.`);
    return this.#take(role, session);
  }

  /** moto knows no trust in services or in an account, so it is not asked while it enforces. */
  async #take(role: string, session: string): Promise<Credentials> {
    if (this.#enforced) await this.#cloud.moto.enforce(false);
    const answer = await ask(
      this.#cloud.gateway.endpoint,
      'sts',
      { Action: 'AssumeRole', RoleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`, RoleSessionName: session },
      this.#administrator,
    ).finally(() => (this.#enforced ? this.#cloud.moto.enforce(true) : undefined));
    const accessKeyId = text(answer, 'AccessKeyId');
    this.#roles.set(accessKeyId, role);
    return {
      accessKeyId,
      secretAccessKey: text(answer, 'SecretAccessKey'),
      sessionToken: text(answer, 'SessionToken'),
    };
  }

  async #roleOfStateMachine(): Promise<string> {
    const [[id] = ['']] = this.#cloud.assembly.resources('AWS::StepFunctions::StateMachine');
    const role = await this.#cloud.roleOf(id);
    await this.#as(role, 'states.amazonaws.com', 'states', this.#cloud.output('StateMachineArn'));
    return role;
  }

  async #trust(role: string): Promise<Statement[]> {
    const answer = await this.#iam({ Action: 'GetRole', RoleName: role });
    return parsePolicy(decoded(text(answer, 'AssumeRolePolicyDocument')));
  }

  #granted(role: string): Promise<readonly Statement[]> {
    const known = this.#policies.get(role) ?? this.#read(role);
    this.#policies.set(role, known);
    return known;
  }

  async #read(RoleName: string): Promise<readonly Statement[]> {
    const inline = texts(await this.#iam({ Action: 'ListRolePolicies', RoleName }), 'member');
    const documents = inline.map(async (PolicyName) =>
      text(await this.#iam({ Action: 'GetRolePolicy', RoleName, PolicyName }), 'PolicyDocument'),
    );
    const attached = texts(await this.#iam({ Action: 'ListAttachedRolePolicies', RoleName }), 'PolicyArn');
    const versions = attached.map(async (PolicyArn) => {
      const VersionId = text(await this.#iam({ Action: 'GetPolicy', PolicyArn }), 'DefaultVersionId');
      return text(await this.#iam({ Action: 'GetPolicyVersion', PolicyArn, VersionId }), 'Document');
    });
    return (await Promise.all([...documents, ...versions])).flatMap((document) =>
      parsePolicy(decoded(document)),
    );
  }

  #iam(parameters: Record<string, string>): Promise<string> {
    return ask(this.#cloud.gateway.endpoint, 'iam', parameters, this.#administrator);
  }
}

/** IAM gives documents escaped as in a URL. */
function decoded(document: string): string {
  return document.startsWith('%') ? decodeURIComponent(document) : document;
}
