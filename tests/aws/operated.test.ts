import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { keys } from '../../functions/archive/keys.ts';
import { openArchive } from '../../functions/archive/open-store.ts';
import { parseEdition } from '../../functions/edition.ts';
import { publishTemplates } from '../../functions/render/publish-templates.ts';
import { loadTemplates } from '../../functions/render/templates.ts';
import { folder } from '../program/report.ts';
import { Cloud } from './cloud.ts';
import { RECORDED, sealRecording, sealWildRecording } from './recorded.ts';
import { command, objects, purge } from './runs.ts';

const edition = parseEdition(RECORDED);
let cloud: Cloud;
beforeAll(async () => {
  cloud = await Cloud.start();
});
afterAll(() => cloud?.[Symbol.asyncDispose]());

/** A command that must be done, and what it prints. */
async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await command(args);
  expect(stderr, args.join(' ')).toBe('');
  expect(code, args.join(' ')).toBe(0);
  return stdout;
}

describe('ops’ commands on a deployment', () => {
  it('say what there is before anything was made', async () => {
    expect(await done('status', '--env', 'prod')).toMatch(
      /Environment prod.*No edition yet\. Make one with: report run --env prod.*Latest runs \(UTC\)\n {2}none.*Templates: those of the release/s,
    );
  });

  it('refuse what is not deployed, and say how to deploy it', async () => {
    const { code, stderr } = await command(['status', '--env', 'dev']);
    expect(stderr).toMatch(
      /^BadRequest: There is no stack OpenModelBalance-dev.*npm run deploy -- --env dev/,
    );
    expect(code).toBe(2);
  });

  it('set, list and remove the sources’ keys, whose values nobody sees', async () => {
    const { code, stderr } = await command(['keys', 'set', 'HF_TOKEN', '--env', 'prod']);
    expect(stderr).toMatch(/Nothing was given for HF_TOKEN/);
    expect(code).toBe(2);
    expect(await done('keys', 'list', '--env', 'prod')).toMatch(
      /HF_TOKEN +not set\nOPENROUTER_API_KEY +not set/,
    );
    await done('keys', 'remove', 'HF_TOKEN', '--env', 'prod');
  });

  it('run a month and wait for its end', async () => {
    await sealRecording(cloud);
    const said = await done('run', '--env', 'prod', '--edition', edition, '--from', 'compute', '--wait');
    expect(said).toMatch(
      /Started 2026-07-compute-publish-\d{8}T\d{6}Z in prod\..*compute.*print.*published as r1/s,
    );
    const status = z
      .looseObject({ runs: z.array(z.looseObject({ outcome: z.string(), revision: z.string().nullable() })) })
      .parse(JSON.parse(await done('status', '--env', 'prod', '--json')));
    expect(status.runs[0]).toMatchObject({ outcome: 'published', revision: 'r1' });
  });

  it('use templates that an editor published meanwhile, and those before once they are rolled back', async () => {
    const archive = openArchive(cloud.output('ArchiveUrl'));
    const own = await loadTemplates(new URL('../../templates/', import.meta.url));
    const label = own.files.get('locales/en/labels.json') ?? '';
    const files = new Map([
      ...own.files,
      ['locales/en/labels.json', label.replace('Contents', 'What is inside')],
    ]);
    const now = new Date();
    await publishTemplates({
      archive,
      templates: { ...own, files },
      commit: 'abcdef0',
      by: 'an editor',
      now,
    });
    expect(await done('templates', 'list', '--env', 'prod')).toMatch(
      /Current: [0-9a-f]{12}.*abcdef0.*an editor/s,
    );
    const run = ['run', '--env', 'prod', '--edition', edition, '--from', 'render', '--wait'];
    expect(await done(...run)).toMatch(/published as r2/);
    const web = `${keys.revision(edition, 'r2')}en/web.html`;
    expect(new TextDecoder().decode((await archive.store.get(web))?.body)).toContain('What is inside');
    expect(await done('templates', 'rollback', '--env', 'prod')).toMatch(/those of the release/);
    expect(await done(...run)).toMatch(/published as r3/);
    const published = await objects(cloud.output('ArchiveUrl'), 'public/');
    expect(published['public/2026-07/r3/en/report.pdf']).toBe(published['public/2026-07/r1/en/report.pdf']);
  });

  it('bring an edition to a laptop, go on there, and take the draft back', async () => {
    await using laptop = await folder();
    expect(await done('archive', 'fetch', '--env', 'prod', '--edition', edition, '--to', laptop.url)).toMatch(
      /objects .* copied to file:/,
    );
    await done('--edition', edition, '--from', 'compute', '--until', 'check', '--archive', laptop.url);
    expect(
      await done('archive', 'send', '--env', 'prod', '--edition', edition, '--from', laptop.url),
    ).toMatch(/^0 objects .* were there already/);
    await done('run', '--env', 'prod', '--edition', edition, '--from', 'check', '--wait');
  });

  it('approve a held edition in the name of whoever is signed in', async () => {
    const { code } = await command([
      'approve',
      '--env',
      'prod',
      '--edition',
      edition,
      '--because',
      'I say so, firmly.',
    ]);
    expect(code).toBe(2);
    await purge(cloud, ['snapshots/', 'drafts/', 'public/']);
    await sealWildRecording(cloud);
    const held = await command(['run', '--env', 'prod', '--edition', edition, '--from', 'compute', '--wait']);
    expect(held.stderr).toMatch(/^EditionHeld: The edition 2026-07 is held for a person/);
    expect(held.code).toBe(3);
    const because = 'The counter was looked at.';
    const said = await done('approve', '--env', 'prod', '--edition', edition, '--because', because, '--wait');
    expect(said).toMatch(/published as r1/);
    const approval = await openArchive(cloud.output('ArchiveUrl')).store.get(keys.approval(edition));
    expect(new TextDecoder().decode(approval?.body)).toMatch(/arn:aws:/);
  });

  it('tell of a failed run where it failed and why', async () => {
    cloud.functions.deliver = async (service, _event, once) =>
      service === 'print'
        ? { kind: 'failed', failure: { errorType: 'PrintFailed', errorMessage: 'As the test asks.' } }
        : once();
    const failed = await command(['run', '--env', 'prod', '--edition', edition, '--from', 'print', '--wait']);
    expect(failed.stderr).toMatch(
      /PrintFailed: The run \S+ failed at "print one language": As the test asks\./,
    );
    expect(failed.code).toBe(1);
    expect(await done('status', '--env', 'prod')).toMatch(
      /at "print one language": PrintFailed: As the test asks\./,
    );
  });
});
