import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openArchive } from '../../archive/open-store.ts';
import { parseEdition } from '../../edition.ts';
import { BadRequest } from '../../errors.ts';
import { correct, type Recorded } from '../../publish/correct.ts';
import type { EnvironmentName } from '../deployment.ts';
import { defaultArchive, options } from '../options.ts';
import { openPlace } from '../place.ts';
import { make } from './make.ts';
import { begin } from './run.ts';

interface Asked {
  readonly edition: string;
  readonly because: string;
  readonly becauseIn: Readonly<Record<string, string>>;
  readonly by?: string;
  readonly from: 'compute' | 'render';
  readonly env?: EnvironmentName;
  readonly archive?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `report correct` */
export function addCorrect(program: Command): void {
  program
    .command('correct')
    .description('publish a corrected revision of an edition that is public; the one before stays reachable')
    .addOption(options.edition('the public month').makeOptionMandatory())
    .requiredOption('--because <reason>', 'what was wrong and is right now; it is printed on the cover')
    .option(
      '--because-in <language=reason>',
      'the same in another language of the report, once for each; where one has none, it prints the other',
      inLanguage,
      {},
    )
    .option('--by <name>', 'who corrects (default: who is logged in; with --env always who is signed in)')
    .addOption(
      new Option('--from <stage>', 'first stage to make again')
        .choices(['compute', 'render'])
        .default('compute'),
    )
    .addOption(options.env())
    .addOption(options.archive())
    .addOption(options.wait())
    .addOption(options.json())
    .allowExcessArguments(false)
    .action((asked: Asked) => (asked.env === undefined ? here(asked) : deployed(asked)));
}

async function here({
  edition: month,
  because,
  becauseIn,
  by,
  from,
  archive: url,
  wait,
  json,
}: Asked): Promise<void> {
  if (wait) throw new BadRequest('--wait is for a run in the cloud: add --env, or leave it out.');
  const edition = parseEdition(month);
  const archive = openArchive(url ?? defaultArchive());
  // The moment of a correction is now, also of the recorded edition, whose clock stands still.
  const clock = () => new Date();
  const recorded = await correct({
    archive,
    edition,
    because,
    translations: becauseIn,
    by: by ?? userInfo().username,
    now: clock(),
  });
  const asked = {
    edition: month,
    from,
    until: 'publish',
    locale: recorded.locales,
    ...(json ? { json } : {}),
  } as const;
  await make(asked, archive, { clock, said: said(recorded), with: { correction: recorded.correction } });
}

async function deployed({
  edition: month,
  because,
  becauseIn,
  by: claimed,
  from,
  ...asked
}: Asked): Promise<void> {
  if (claimed !== undefined)
    throw new BadRequest('With --env, who corrects is who is signed in to AWS. Leave --by out.');
  const edition = parseEdition(month);
  const { archive, deployment } = await openPlace(asked);
  if (!deployment) throw new BadRequest('Say with --env in which deployment.');
  const { callerArn } = await import('../cloud/identity.ts');
  const by = await callerArn();
  const recorded = await correct({ archive, edition, because, translations: becauseIn, by, now: new Date() });
  await begin(
    deployment,
    { edition, from, until: 'publish' },
    { ...asked, by, said: said(recorded), with: { correction: recorded.correction } },
  );
}

/** One more `language=reason`. */
function inLanguage(text: string, soFar: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const found = /^([a-z]{2,3})=([\s\S]+)$/.exec(text);
  if (!found) throw new InvalidArgumentError('Write the language, an equals sign and the reason: fr="…".');
  const [, language = '', reason = ''] = found;
  return { ...soFar, [language]: reason };
}

function said({ correction: { corrects, at }, added }: Recorded): string {
  return added
    ? `Recorded as a correction of ${corrects}.`
    : `It was recorded before, as a correction of ${corrects}, on ${at.slice(0, 10)}.`;
}
