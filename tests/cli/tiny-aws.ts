import { createServer } from 'node:http';

/** One request as it came. */
export interface Asked {
  /** The operation, from wherever the service's protocol names it. */
  readonly operation: string;
  readonly path: string;
  readonly body: string;
}

/** What is answered to it. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

/** A server on the loopback interface in place of AWS, which keeps what it was asked. */
export interface TinyAws extends AsyncDisposable {
  readonly asked: Asked[];
  /** What the SDK and the program need in their environment to come here. */
  readonly environment: Record<string, string>;
}

/** Starts one. @param answer what to answer, or undefined for a connection that is cut */
export async function tinyAws(answer: (asked: Asked) => Answer | undefined): Promise<TinyAws> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const target = request.headers['x-amz-target'];
      const operation =
        (typeof target === 'string' ? target.split('.').at(-1) : new URLSearchParams(body).get('Action')) ??
        `${request.method}`;
      const one = { operation, path: request.url ?? '', body };
      asked.push(one);
      const told = answer(one);
      if (!told) {
        request.socket.destroy();
        return;
      }
      response.writeHead(told.status ?? 200, told.headers ?? {}).end(told.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port on 127.0.0.1.');
  return {
    asked,
    environment: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${address.port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** An answer of the services that speak JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
    body: JSON.stringify(value),
  };
}

/** An answer of the services that speak XML. */
export function xml(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** What CloudFormation says of the stack of dev. */
export function stackOfDev(): Answer {
  const outputs = Object.entries({
    ArchiveUrl: 's3://the-bucket/archive/',
    StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:M',
    StartFunctionName: 'the-starter',
    NoticesTopicArn: 'arn:aws:sns:eu-west-1:123456789012:topic',
    KeysPath: '/open-model-balance/dev/',
  }).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return xml(
    `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>OpenModelBalance-dev</StackName><Outputs>${outputs.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  );
}
