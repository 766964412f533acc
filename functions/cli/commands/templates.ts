import type { Command } from 'commander';
import { TemplateError } from '../../errors.ts';
import type { TemplatesChange } from '../../render/publish-templates.ts';
import { pointerHistory, type TemplatesPointer } from '../../render/published.ts';
import { committed } from '../committed.ts';
import type { EnvironmentName } from '../deployment.ts';
import { aligned, minute } from '../lines.ts';
import { options } from '../options.ts';
import { openPlace, type Place } from '../place.ts';
import { sayResult } from '../say.ts';

interface Asked {
  readonly env?: EnvironmentName;
  readonly archive?: string;
  readonly to?: string;
  readonly json?: boolean;
}

const folder = new URL('../../../templates/', import.meta.url);

/** `report templates list|publish|rollback`: words and charts without a deployment. */
export function addTemplates(program: Command): void {
  const templates = program
    .command('templates')
    .description('publish words and charts without deploying, see which are current, go back')
    .helpCommand(false);
  const sub = (name: string, description: string) =>
    templates
      .command(name)
      .description(description)
      .addOption(options.env())
      .addOption(options.archive())
      .addOption(options.json())
      .allowExcessArguments(false);
  sub('list', 'which templates are current, and which were').action(async (asked: Asked) => {
    const { archive } = await openPlace(asked);
    sayResult(await pointerHistory(archive), asked.json, listText);
  });
  sub('publish', 'make the committed folder templates/ current').action(async (asked: Asked) => {
    const { lintTemplates } = await import('../../render/lint-rules.ts');
    const { publishTemplates } = await import('../../render/publish-templates.ts');
    const { loadTemplates } = await import('../../render/templates.ts');
    const commit = committed(folder);
    const content = await loadTemplates(folder);
    const grave = lintTemplates(content).filter((finding) => finding.grave);
    if (grave.length > 0)
      throw new TemplateError(
        `${grave.length} to mend before they can be published: ${grave[0]?.message ?? ''} See npm run check:templates.`,
      );
    const { rehearse } = await import('../rehearse.ts');
    await rehearse(content);
    const place = await openPlace(asked);
    const change = await publishTemplates({
      ...place,
      templates: content,
      commit,
      by: await who(place),
      now: new Date(),
    });
    sayResult(change, asked.json, changeText);
  });
  sub('rollback', 'make earlier templates current again')
    .option('--to <sha256>', 'the beginning of one that list shows, or "release" (default: the ones before)')
    .action(async (asked: Asked) => {
      const place = await openPlace(asked);
      const { rollBack } = await import('../../render/publish-templates.ts');
      const change = await rollBack({
        archive: place.archive,
        to: asked.to,
        by: await who(place),
        now: new Date(),
      });
      sayResult(change, asked.json, changeText);
    });
}

/** Who changes them: whom AWS says, or who works on this machine. */
async function who({ deployment }: Place): Promise<string> {
  if (!deployment) return (await import('node:os')).userInfo().username;
  return (await import('../cloud/identity.ts')).callerArn();
}

function named(ref: string): string {
  return ref === 'release' ? 'those of the release' : ref.slice(0, 12);
}

function changeText({ templates, before, changed }: TemplatesChange): string {
  if (!changed) return `Nothing changed: ${named(templates)} are current already.`;
  return `Current from the next run on: ${named(templates)} (before: ${named(before)}).`;
}

function listText({ current, history }: TemplatesPointer): string {
  if (history.length === 0) return 'Current: those of the release. No editor has published any.';
  const lines = aligned(
    history.map(({ templates, commit, at, by }) => [
      named(templates),
      (commit ?? '').slice(0, 10),
      minute(new Date(at)),
      by,
    ]),
    '  ',
  );
  return [`Current: ${named(current)}`, '', 'Changes (UTC, newest first)', ...lines].join('\n');
}
