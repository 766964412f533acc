import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { committed } from '../../functions/cli/committed.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'git-test-'));
  vi.stubEnv('PATH', `${place}:/bin:/usr/bin`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(place, { recursive: true, force: true });
});

/** A git that says this of the folder's state, and knows one commit. */
async function git(status: string, code = 0): Promise<void> {
  const script = `#!/bin/sh\nif [ "$1" = status ]; then printf '${status}'; else echo 0123456789abcdef0123456789abcdef01234567; fi\nexit ${code}\n`;
  await writeFile(join(place, 'git'), script);
  await chmod(join(place, 'git'), 0o755);
}
const folder = () => pathToFileURL(`${place}/`);

describe('the commit of templates', () => {
  it('is the one that is checked out, where nothing was changed since', async () => {
    await git('');
    expect(committed(folder())).toBe('0123456789abcdef0123456789abcdef01234567');
  });

  it('is none while something is not committed, which is named', async () => {
    await git(' M templates/theme.json\\n?? templates/new.md\\n');
    expect(() => committed(folder())).toThrow(
      /templates\/ has 2 changes that are not committed \(templates\/theme\.json, templates\/new\.md\)\. Commit them/,
    );
  });

  it('is none outside a clone', async () => {
    await git('', 128);
    expect(() => committed(folder())).toThrow(/git cannot tell it here\. Publish from a clone/);
  });
});
