import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, report, tree } from './report.ts';

describe('a command that cannot be done as asked', () => {
  it.each([
    [['--edition', '2026-13'], /"2026-13" is not an edition\. Write the month as YYYY-MM/],
    [['--edition', '2126-01', '--live'], /2126-01 is not over/],
    [['--edition', '2126-01'], /2126-01 is not over/],
    [['--edition', '2024-12', '--live'], /There are no figures for 2024-12/],
    [['--edition', '2026-06'], /Only 2026-07 is recorded\. Add --live/],
    [['--from', 'deliver'], /'deliver' is invalid.*pull, compute, render, print, check, publish/],
    [['--from', 'print', '--until', 'render'], /--from print comes after --until render/],
    [['--locale', 'xx'], /no complete language "xx"\. Complete in templates\/locales: en/],
    [['--colour', 'red'], /unknown option '--colour'/],
    [['publish-now'], /too many arguments|unknown command/],
    [['--edition'], /argument missing/],
    [['approve', '--edition', '2026-07'], /--because <reason>' not specified/],
    [['approve', '--edition', '2026-07', '--because', 'It was looked at.'], /There is no verdict on 2026-07/],
    [['correct', '--edition', '2026-07'], /--because <reason>' not specified/],
    [['correct', '--edition', '2026-07', '--because', 'Short.'], /at least 10 characters/],
    [['correct', '--edition', '2026-07', '--because', 'x'.repeat(1001)], /has 1001 characters/],
    [['correct', '--edition', '2026-07', '--because', 'A lab was counted twice.'], /2026-07 is not public/],
    [
      ['correct', '--edition', '2026-7', '--because', 'A lab was counted twice.'],
      /"2026-7" is not an edition/,
    ],
    [
      ['correct', '--edition', '2026-07', '--because', 'A lab was counted twice.', '--from', 'print'],
      /'print' is invalid.*compute, render/,
    ],
    [
      ['correct', '--edition', '2026-07', '--because', 'A lab was counted twice.', '--wait'],
      /--wait is for a run in the cloud/,
    ],
    [['observe', '--wait'], /--wait is for a run in the cloud/],
    [['observe', '--env', 'prod'], /--env prod names the archive of a deployment, and --archive another one/],
    [['observe', '--edition', '2026-07'], /unknown option '--edition'/],
    [['observe', 'now'], /too many arguments/],
  ] as const)('%j: one clear error, exit code 2, nothing written', async (args, expected) => {
    await using archive = await folder();
    const options = ['--archive', archive.url];
    const { code, stderr, stdout } = await report(
      ['approve', 'correct', 'observe'].includes(args[0]) ? [...args, ...options] : [...options, ...args],
    );
    expect(stderr).toMatch(expected);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(await tree(archive.path)).toEqual({});
  });

  it.each(['out', 'ftp://example.org/x', 'http://example.org/', 's3://', 'file://host/out'])(
    'refuses the archive %s',
    async (url) => {
      const { code, stderr } = await report(['--archive', url]);
      expect(stderr).toMatch(/^BadRequest: .*archive/i);
      expect(code).toBe(2);
    },
  );

  it('refuses an archive that cannot be written, and says so once', async () => {
    await using archive = await folder();
    await writeFile(join(archive.path, 'file'), '');
    const { code, stderr } = await report(['--archive', `${archive.url}file/`]);
    expect(stderr).toMatch(/^(ArchiveUnavailable|BadRequest): /);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).not.toBe(0);
  });

  it('names a stage that cannot run because the one before it did not', async () => {
    await using archive = await folder();
    const { code, stderr } = await report(['--from', 'render', '--archive', archive.url]);
    expect(stderr).toMatch(
      /^IncompleteEdition: The draft of 2026-07 has no figures yet.*Run the stages before render first/,
    );
    expect(code).toBe(1);
  });

  it('refuses a base URL that is none before it asks any source', async () => {
    await using archive = await folder();
    const { code, stderr, stdout } = await report(
      ['--live', '--edition', '2026-10', '--archive', archive.url],
      { HF_ENDPOINT: 'huggingface' },
    );
    expect(stderr).toMatch(/^BadRequest: HF_ENDPOINT is not a base URL/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(await tree(archive.path)).toEqual({});
  });

  it('answers a failure in JSON where JSON was asked for', async () => {
    const { code, stdout } = await report(['--edition', 'soon', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { name: 'BadRequest' } });
    expect(code).toBe(2);
  });

  it('shows its options when asked for help', async () => {
    const { code, stdout } = await report(['--help']);
    for (const word of [
      '--edition',
      '--live',
      '--archive',
      '--locale',
      '--from',
      '--until',
      '--json',
      'approve',
      'correct',
      'observe',
      'status',
      'doctor',
    ])
      expect(stdout).toContain(word);
    expect(code).toBe(0);
  });
});
