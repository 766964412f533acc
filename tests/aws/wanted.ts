import { z } from 'zod';
import { ACCOUNT, REGION } from './ask.ts';
import type { Asked } from './gateway.ts';
import type { Wanted } from './policy.ts';

const jsonBody = z.looseObject({
  stateMachineArn: z.string().optional(),
  executionArn: z.string().optional(),
  Name: z.string().optional(),
  Names: z.array(z.string()).optional(),
  Path: z.string().optional(),
});

/**
 * What IAM is asked when a request comes: the action and the resource of each permission it needs.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 * @throws Error at a request whose permissions are not known here
 */
export function wantedBy(asked: Asked): Wanted[] {
  const { service, operation, path, body } = asked;
  switch (service) {
    case 's3':
      return s3(asked);
    case 'lambda': {
      const name = /^\/2015-03-31\/functions\/(?:.*:function:)?([^/:]+)/.exec(path)?.[1] ?? '';
      const action = path.endsWith('/invocations') ? 'InvokeFunction' : 'GetFunctionConfiguration';
      return [one(`lambda:${action}`, `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`)];
    }
    case 'states': {
      const { stateMachineArn, executionArn } = jsonBody.parse(JSON.parse(body.toString()));
      return [one(`states:${operation}`, executionArn ?? stateMachineArn ?? '*')];
    }
    case 'ssm': {
      const { Name, Names, Path } = jsonBody.parse(JSON.parse(body.toString()));
      const names = Names ?? [Name ?? Path ?? ''];
      return names.map((name) => one(`ssm:${operation}`, parameter(name)));
    }
    case 'sns':
      return [one(`sns:${operation}`, new URLSearchParams(body.toString()).get('TopicArn') ?? '*')];
    case 'cloudformation': {
      const stack = new URLSearchParams(body.toString()).get('StackName') ?? '*';
      const arn = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack}/made-here`;
      return [one(`cloudformation:${operation}`, arn)];
    }
    default:
      throw new Error(`Who may ${service} ${operation} ${path} is not judged here. Add it to wanted.ts.`);
  }
}

/** `ssm:GetParametersByPath` is asked of the path itself. */
function parameter(name: string): string {
  return `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${name.replace(/\/$/, '')}`;
}

/** The permission to list the bucket of a request; without it S3 does not tell what is absent from what is forbidden. */
export function listing({ path }: Asked): Wanted {
  return one('s3:ListBucket', `arn:aws:s3:::${path.split('/')[1] ?? ''}`);
}

function s3(asked: Asked): Wanted[] {
  const { method, path, query, headers } = asked;
  const [, bucket = '', ...rest] = path.split('/');
  const object = `arn:aws:s3:::${bucket}/${rest.join('/')}`;
  if (rest.join('/') === '') {
    if (method !== 'GET' || !query.has('list-type'))
      throw new Error(`Who may ${method} the bucket ${asked.query} is not judged here. Add it to wanted.ts.`);
    return [{ ...listing(asked), context: { ...SECURE, 's3:prefix': query.get('prefix') ?? undefined } }];
  }
  const retained = query.has('retention') || headers['x-amz-object-lock-mode'] !== undefined;
  const version = query.has('versionId') ? 'Version' : '';
  const actions: Record<string, string[]> = {
    GET: query.has('retention') ? ['GetObjectRetention'] : [`GetObject${version}`],
    HEAD: [`GetObject${version}`],
    PUT: [
      ...(query.has('retention') ? [] : ['PutObject']),
      ...(retained ? ['PutObjectRetention'] : []),
      ...(headers['x-amz-tagging'] === undefined ? [] : ['PutObjectTagging']),
    ],
    DELETE: [`DeleteObject${version}`],
  };
  return (actions[method] ?? ['Unknown']).map((action) => one(`s3:${action}`, object));
}

/** The connection that S3 sees in the cloud is encrypted; here nothing leaves the machine. */
const SECURE = { 'aws:SecureTransport': 'true', 'aws:ResourceAccount': ACCOUNT };

function one(action: string, resource: string): Wanted {
  return { action, resource, context: SECURE };
}
