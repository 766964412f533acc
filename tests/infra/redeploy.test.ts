import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, root } from './stack.ts';

/** What CloudFormation, STS and SSM say where an environment is deployed already. */
const ANSWERS: Readonly<Record<string, string>> = {
  GetCallerIdentity: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  'AmazonSSM.GetParameter': '{"Parameter":{"Value":"21"}}',
  DescribeStacks:
    '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>OpenModelBalance-dev</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>ArchiveUrl</OutputKey><OutputValue>s3://the-bucket/archive/</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>',
  GetTemplate:
    '<GetTemplateResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateResult><TemplateBody>{"Resources":{}}</TemplateBody></GetTemplateResult></GetTemplateResponse>',
};

let server: Server;
let endpoint: string;
/** Each request to S3: its path, and the region it was signed for. */
const toS3: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const target = request.headers['x-amz-target'] ?? new URLSearchParams(body).get('Action');
      const answer = ANSWERS[`${target}`];
      if (answer !== undefined) {
        response.end(answer);
        return;
      }
      const region = /Credential=[^/]+\/\d+\/([\w-]+)\/s3\//.exec(request.headers.authorization ?? '')?.[1];
      toS3.push(`${request.url?.split('?')[0]} in ${region}`);
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));
beforeEach(() => {
  toS3.length = 0;
});

function deploy(region: Readonly<Record<string, string>>): Promise<{ code: number | null; stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'infra/start.mjs'), 'deploy', '--env', 'dev'], {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: '/nowhere',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        ...region,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', fail);
    child.on('close', (code) => done({ code, stderr }));
  });
}

describe('deploying over what is there', () => {
  it.each([
    ['names no region', {}],
    ['names another region', { AWS_REGION: 'us-east-1' }],
  ])('looks at the archive in the environment’s region though the shell %s', async (_, region) => {
    const { code } = await deploy(region);
    expect(toS3).toEqual(['/the-bucket/archive/templates/current.json in eu-west-1']);
    expect(code).toBe(2);
  });

  it('says that the archive cannot be read, not that its templates should be rolled back', async () => {
    const { stderr } = await deploy({});
    expect(stderr).toMatch(/^ArchiveUnavailable: Cannot read templates\/current\.json .* access denied\./);
    expect(stderr).not.toContain('rollback');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
