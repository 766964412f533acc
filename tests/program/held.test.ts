import { expect, it } from 'vitest';
import { openArchive } from '../../functions/archive/open-store.ts';
import { parseEdition } from '../../functions/edition.ts';
import { judgedDraft } from '../publish/draft.ts';
import { folder, report, tree } from './report.ts';

it('a held edition ends the run with exit code 3, tells how to approve it, and goes out once approved', async () => {
  await using archive = await folder();
  await judgedDraft(openArchive(archive.url), parseEdition('2026-07'), 'words', 'hold');
  const here = ['--archive', archive.url];

  const held = await report(['--from', 'publish', ...here]);
  expect(held.code).toBe(3);
  expect(held.stderr).toMatch(/^EditionHeld: .*report approve --edition 2026-07 --because/);
  expect(Object.keys(await tree(archive.path)).filter((path) => path.startsWith('public/'))).toEqual([]);

  const status = await report(['status', ...here]);
  expect(status.stdout).toContain('verdict: hold');
  expect(status.stdout).toContain('a repository above 10 % of an axis');

  const approved = await report([
    'approve',
    '--edition',
    '2026-07',
    '--because',
    'The repository was looked at.',
    ...here,
  ]);
  expect(approved.stderr).toBe('');
  expect(approved.code).toBe(0);
  const verdict = (await tree(archive.path))['drafts/2026-07/verdict.json'] ?? 'none';
  expect(approved.stdout).toContain(`Approved 2026-07 as judged in the verdict ${verdict} (SHA-256)`);
  expect(Object.keys(await tree(archive.path))).toContain('public/2026-07/r1/en/report.pdf');
});
