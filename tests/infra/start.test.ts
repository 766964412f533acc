import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './stack.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balance-start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs infra/start.mjs in a Node that believes itself to be of another version. */
async function started(version: string, args: readonly string[]): Promise<{ code: number; stderr: string }> {
  const pretence = join(folder, `${version}.mjs`);
  await writeFile(
    pretence,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
  );
  const child = spawn(
    process.execPath,
    ['--import', pathToFileURL(pretence).href, join(root, 'infra/start.mjs'), ...args],
    {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const code = await new Promise<number>((done, fail) => {
    child.on('error', fail);
    child.on('close', (status) => done(status ?? -1));
  });
  return { code, stderr };
}

describe('a Node that is too old', () => {
  it.each([
    ['app', []],
    ['deploy', ['deploy', '--env', 'dev']],
    ['destroy', ['destroy', '--env', 'prod']],
  ])('is refused before %s does anything, in one line that says what to do', async (_, args) => {
    for (const version of ['18.20.4', '20.20.2', '22.12.0']) {
      const { code, stderr } = await started(version, args);
      expect(code).toBe(2);
      expect(stderr).toBe(
        `Node ${version} is too old: infra needs Node 24. Run npm ci, then npm run deploy (or npx cdk …): the packages bring it.\n`,
      );
    }
  });

  it('is not what Node 24 and later are', async () => {
    const { stderr } = await started('24.0.0', ['app']);
    expect(stderr).not.toContain('too old');
    expect(stderr).toMatch(/^BadRequest: No environment is named\. Choose one of dev, prod/);
  });
});
