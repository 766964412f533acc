import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../functions/archive/artefact.ts';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { TEMPLATES_API } from '../../functions/render/bundle.ts';
import { pointerArtefact } from '../../functions/render/published.ts';
import { loadTemplates } from '../../functions/render/templates.ts';
import type { Account, DeployedStack } from '../../infra/account.ts';
import { readDeployRequest } from '../../infra/deploy-request.ts';
import {
  assertBootstrapped,
  assertNothingLost,
  assertPublishedTemplatesReadable,
  assertTemplatesInOrder,
  assertWithinLimits,
  signedIn,
} from '../../infra/preflight.ts';
import { templateSchema } from '../../infra/stateful.ts';
import { folder } from '../program/report.ts';
import { ACCOUNT, environment, root } from './stack.ts';
import { templateOf } from './template.ts';

const wanted = templateSchema.parse(templateOf('prod').template.toJSON());
const deployed = (changes: Partial<DeployedStack> = {}): DeployedStack => ({
  template: wanted,
  outputs: {},
  ...changes,
});
const accountWith = (changes: Partial<Account>): Account => ({
  id: async () => ACCOUNT,
  bootstrapVersion: async () => 30,
  deployed: async () => undefined,
  unprotect: async () => {},
  ...changes,
});

describe('what an op types', () => {
  it('is read', () => {
    expect(readDeployRequest(['deploy', '--env', 'dev', '--yes'])).toMatchObject({
      deed: 'deploy',
      stack: 'OpenModelBalance-dev',
      yes: true,
      allowReplacement: false,
    });
    expect(readDeployRequest(['deploy', '--env=prod', '--allow-replacement'])).toMatchObject({
      stack: 'OpenModelBalance-prod',
      yes: false,
      allowReplacement: true,
    });
    expect(
      readDeployRequest(['destroy', '--env', 'prod', '--yes-destroy', 'OpenModelBalance-prod']).yes,
    ).toBe(true);
  });

  it.each([
    [['deploy'], /^No environment is named\. Choose one of dev, prod/],
    [['deploy', '--env', 'production'], /^There is no environment "production"/],
    [['deploy', '--env', 'dev', '--force'], /'--force'.*takes --env dev\|prod, --yes, --allow-replacement/],
    [['deploy', 'dev'], /'dev'/],
    [['deploy', '--env'], /--env/],
    [['diff', '--env', 'dev', '--yes'], /^--yes is not for diff/],
    [['destroy', '--env', 'dev', '--allow-replacement'], /^--allow-replacement is not for destroy/],
    [['deploy', '--env', 'dev', '--yes-destroy', 'x'], /^--yes-destroy is not for deploy/],
    [['remove', '--env', 'dev'], /^Choose one of deploy, diff, destroy/],
    [['destroy', '--env', 'prod'], /its bucket and its logs stay.*--yes-destroy OpenModelBalance-prod\.$/],
    [['destroy', '--env', 'prod', '--yes'], /is production/],
    [['destroy', '--env', 'prod', '--yes-destroy', 'OpenModelBalance-dev'], /is production/],
  ])('is refused where it is wrong: %j', (args, said) => {
    expect(() => readDeployRequest(args)).toThrow(said);
  });
});

describe('before anything is changed', () => {
  const prod = environment('prod');
  const { account: _, ...anywhere } = prod;

  it('the account is that one is signed in to, and no other than the environment’s', async () => {
    expect(await signedIn(anywhere, 'eu-west-1', accountWith({}))).toMatchObject({ account: ACCOUNT });
    await expect(
      signedIn({ ...prod, account: '210987654321' }, 'eu-west-1', accountWith({})),
    ).rejects.toThrow(
      /signed in to the account 123456789012, and infra\/environments\.ts has prod in 210987654321/,
    );
  });

  it('a missing or an old bootstrap is refused with the command that makes one', async () => {
    const command = `npx cdk bootstrap aws://${ACCOUNT}/eu-west-1 -c env=prod`;
    for (const version of [undefined, 5, Number.NaN])
      await expect(
        assertBootstrapped(prod, accountWith({ bootstrapVersion: async () => version })),
      ).rejects.toThrow(command);
    await assertBootstrapped(prod, accountWith({}));
  });

  it('templates that the linter finds something grave in are refused with the place', async () => {
    const templates = await loadTemplates(new URL('../../templates/', import.meta.url));
    expect(() => assertTemplatesInOrder(templates)).not.toThrow();
    const files = new Map([...templates.files, ['theme.json', '{']]);
    expect(() => assertTemplatesInOrder({ ...templates, files })).toThrow(
      /The templates are not in order: templates\/theme\.json/,
    );
  });

  it('a template over CloudFormation’s limits is refused with the number', () => {
    const text = JSON.stringify(wanted);
    expect(() => assertWithinLimits(text, wanted)).not.toThrow();
    expect(() => assertWithinLimits(text.padEnd(1_000_001), wanted)).toThrow(
      /has 10000\d\d bytes.*takes 1000000/,
    );
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`T${index}`, { Type: 'AWS::SNS::Topic' }]),
      );
    expect(() => assertWithinLimits('', { Resources: many(501) })).toThrow(/has 501 resources/);
    expect(() => assertWithinLimits('', { Resources: {}, Outputs: many(201) })).toThrow(/has 201 outputs/);
    expect(() => assertWithinLimits('', { Resources: many(500), Outputs: many(200) })).not.toThrow();
  });

  it('the loss of a bucket is refused with its name, and a first deployment loses nothing', () => {
    expect(() => assertNothingLost(undefined, wanted)).not.toThrow();
    expect(() => assertNothingLost(deployed(), wanted)).not.toThrow();
    const { Resources } = wanted;
    const without = Object.fromEntries(
      Object.entries(Resources).filter(([id]) => !/^ArchiveBucket\d/.test(id)),
    );
    expect(() => assertNothingLost(deployed(), { Resources: without })).toThrow(
      /ArchiveBucket\w+ \(AWS::S3::Bucket\) would be removed\. .*--allow-replacement\. Nothing was changed/,
    );
  });

  it('a release that cannot read the templates editors published is refused', async () => {
    await using archive = await folder();
    const there = deployed({ outputs: { ArchiveUrl: archive.url } });
    await assertPublishedTemplatesReadable(undefined, prod);
    await assertPublishedTemplatesReadable(there, prod);
    const written = openArchive(archive.url);
    const later = Buffer.from(JSON.stringify({ api: TEMPLATES_API + 1, madeOf: 'something new' }));
    const templates = sha256(later);
    await written.store.put(keys.templateBundle(templates), later);
    await written.write(pointerArtefact, keys.templates, {
      schemaVersion: 1,
      current: templates,
      history: [],
    });
    await expect(assertPublishedTemplatesReadable(there, prod)).rejects.toThrow(
      new RegExp(
        `^This release cannot read the templates that are current in .* are written for api ${TEMPLATES_API + 1}, and this release reads api ${TEMPLATES_API}.*templates rollback --env prod`,
      ),
    );
  });
});

describe('the command itself, against an account that has nothing', () => {
  const asked: string[] = [];
  let server: Server;
  let endpoint: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        const deed =
          request.headers['x-amz-target'] ?? new URLSearchParams(body).get('Action') ?? request.url;
        asked.push(`${deed}`);
        if (`${deed}` === 'GetCallerIdentity')
          response.end(
            `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${ACCOUNT}</Account><Arn>arn:aws:iam::${ACCOUNT}:user/op</Arn><UserId>A</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`,
          );
        else {
          response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
          response.end('{"__type":"ParameterNotFound"}');
        }
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  const command = (args: readonly string[], signed: boolean) =>
    new Promise<{ code: number | null; stderr: string }>((done, fail) => {
      const child = spawn(process.execPath, [join(root, 'infra/start.mjs'), ...args], {
        cwd: root,
        env: {
          PATH: process.env.PATH ?? '',
          HOME: '/nowhere',
          AWS_EC2_METADATA_DISABLED: 'true',
          AWS_ENDPOINT_URL: endpoint,
          ...(signed ? { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } : {}),
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let stderr = '';
      child.stderr.on('data', (chunk) => (stderr += chunk));
      child.on('error', fail);
      child.on('close', (code) => done({ code, stderr }));
    });

  it('refuses in one line, with exit code 2, and changes nothing', async () => {
    const refusals: [readonly string[], boolean, RegExp][] = [
      [['deploy', '--env', 'stage'], true, /^BadRequest: There is no environment "stage"/],
      [['destroy', '--env', 'dev'], true, /^BadRequest: Nobody can be asked here/],
      [['deploy', '--env', 'dev'], false, /^BadRequest: You are not signed in to AWS .*aws sso login/],
      [
        ['deploy', '--env', 'dev'],
        true,
        /^BadRequest: The account 123456789012 is not bootstrapped in eu-west-1\. Run npx cdk bootstrap aws:\/\/123456789012\/eu-west-1 -c env=dev once/,
      ],
      [
        ['destroy', '--env', 'dev', '--yes'],
        true,
        /^BadRequest: The account 123456789012 is not bootstrapped/,
      ],
    ];
    const ends = await Promise.all(refusals.map(([args, signed]) => command(args, signed)));
    for (const [index, { code, stderr }] of ends.entries()) {
      expect(stderr).toMatch(refusals[index]?.[2] ?? /^$/);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(code).toBe(2);
    }
    expect([...new Set(asked)].sort()).toEqual(['AmazonSSM.GetParameter', 'GetCallerIdentity']);
  });
});
