import type { Command } from 'commander';
import { openArchive } from '../../archive/open-store.ts';
import { isFinished } from '../../archive/work.ts';
import { parseEdition } from '../../edition.ts';
import type { EnvironmentName } from '../deployment.ts';
import { size, wrapped } from '../lines.ts';
import { folderUrl, options } from '../options.ts';
import { openDeployment } from '../place.ts';
import { sayResult } from '../say.ts';
import { fetchEdition, sendEdition, type Travelled } from '../travel.ts';

interface Asked {
  readonly env: EnvironmentName;
  readonly edition: string;
  readonly to?: string;
  readonly from?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** `report archive fetch|send`: an edition to a laptop, and its draft back. */
export function addArchive(program: Command): void {
  const archive = program
    .command('archive')
    .description('an edition to the laptop, and its draft back')
    .helpCommand(false);
  archive
    .command('fetch')
    .description(
      'bring an edition here: its snapshots, its draft, what of it is public; nothing of subscribers',
    )
    .addOption(options.env().makeOptionMandatory())
    .addOption(options.edition('the month').makeOptionMandatory())
    .option('--to <url>', 'where to (default: the folder out/<env>)')
    .option('--overwrite', 'replace what is here with other bytes')
    .addOption(options.json())
    .allowExcessArguments(false)
    .action(async ({ env, edition, to, overwrite = false, json }: Asked) => {
      const month = parseEdition(edition);
      const here = openArchive(to ?? folderUrl(`out/${env}`));
      const copied = await fetchEdition(
        openArchive((await openDeployment(env)).archiveUrl),
        here,
        month,
        overwrite,
      );
      const from = (await isFinished(here, month, 'compute')) ? 'render' : 'compute';
      sayResult({ archive: here.url, ...copied }, json, () =>
        [
          summary(copied, here.url),
          from === 'render'
            ? 'Go on with it here from any stage, for example:'
            : 'It has no draft yet. Make one here:',
          `  npm run report -- --edition ${month} --from ${from} --archive ${here.url}`,
        ].join('\n'),
      );
    });
  archive
    .command('send')
    .description('take a draft back to the cloud, with the snapshots it was computed from')
    .addOption(options.env().makeOptionMandatory())
    .addOption(options.edition('the month').makeOptionMandatory())
    .option('--from <url>', 'where from (default: the folder out/<env>)')
    .option('--overwrite', 'replace the draft there although it changed since it was fetched')
    .addOption(options.json())
    .allowExcessArguments(false)
    .action(async ({ env, edition, from, overwrite = false, json }: Asked) => {
      const month = parseEdition(edition);
      const there = openArchive((await openDeployment(env)).archiveUrl);
      const copied = await sendEdition(openArchive(from ?? folderUrl(`out/${env}`)), there, month, overwrite);
      sayResult({ archive: there.url, ...copied }, json, () =>
        [
          summary(copied, there.url),
          'Go on with it there from any stage, for example:',
          `  npm run report -- run --env ${env} --edition ${month} --from check`,
        ].join('\n'),
      );
    });
}

function summary({ copied, same, bytes, remarks }: Travelled, to: string): string {
  const done = `${copied.length === 1 ? '1 object' : `${copied.length} objects`} (${size(bytes)}) copied to ${to}; ${same} were there already.`;
  return [done, ...remarks.flatMap((remark) => wrapped(remark, '! ', '  '))].join('\n');
}
