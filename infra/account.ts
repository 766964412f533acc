import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { BadRequest, CloudUnavailable } from '../functions/errors.ts';
import { type CloudTemplate, templateSchema } from './stateful.ts';

/** A stack as it is in the account. */
export interface DeployedStack {
  readonly template: CloudTemplate;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The account an op is signed in to, as far as deploying asks it. */
export interface Account {
  /** Twelve digits. @throws BadRequest if nobody is signed in */
  id(): Promise<string>;
  /** The version of the CDK's bootstrap in the region; undefined if there is none. */
  bootstrapVersion(): Promise<number | undefined>;
  deployed(stack: string): Promise<DeployedStack | undefined>;
  /** Lets a stack be deleted that is protected from it. */
  unprotect(stack: string): Promise<void>;
}

const BOOTSTRAP = '/cdk-bootstrap/hnb659fds/version';

/** The account of the credentials the SDK finds, in a region. */
export function awsAccount(region: string): Account {
  const formation = new CloudFormationClient({ region });
  const asked = async <T>(service: string, call: Promise<T>, absent: RegExp): Promise<T | undefined> => {
    try {
      return await call;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      if (absent.test(`${name}: ${message}`)) return undefined;
      throw new CloudUnavailable(
        `${service} did not answer in ${region} (${name}: ${message}). See whether your rights and the network allow it, and run again; nothing was changed.`,
        { service, region },
        error,
      );
    }
  };
  return {
    async id() {
      try {
        const { Account: id } = await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
        if (id) return id;
      } catch (error) {
        throw new BadRequest(
          `You are not signed in to AWS (${error instanceof Error ? error.message.replace(/\.$/, '') : error}). Sign in with aws sso login, or set AWS_PROFILE, and run again; nothing was changed.`,
          {},
          error,
        );
      }
      throw new BadRequest('AWS does not say whose credentials these are. Sign in again with aws sso login.');
    },
    async bootstrapVersion() {
      const found = await asked(
        'SSM',
        new SSMClient({ region }).send(new GetParameterCommand({ Name: BOOTSTRAP })),
        /ParameterNotFound/,
      );
      return found?.Parameter?.Value === undefined ? undefined : Number(found.Parameter.Value);
    },
    async deployed(stack) {
      const described = await asked(
        'CloudFormation',
        formation.send(new DescribeStacksCommand({ StackName: stack })),
        /does not exist/,
      );
      const [one] = described?.Stacks ?? [];
      // A stack that was only reviewed, or whose first deployment was rolled back, holds nothing.
      if (!one || ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE'].includes(one.StackStatus ?? ''))
        return undefined;
      const template = await asked(
        'CloudFormation',
        formation.send(new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' })),
        /does not exist/,
      );
      return {
        template: templateSchema.parse(JSON.parse(template?.TemplateBody ?? '{"Resources":{}}')),
        outputs: Object.fromEntries(
          (one.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
        ),
      };
    },
    async unprotect(stack) {
      await asked(
        'CloudFormation',
        formation.send(
          new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: false }),
        ),
        /does not exist/,
      );
    },
  };
}
