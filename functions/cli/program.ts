import { Command } from 'commander';
import { addApprove } from './commands/approve.ts';
import { addArchive } from './commands/archive.ts';
import { addCorrect } from './commands/correct.ts';
import { addDoctor } from './commands/doctor.ts';
import { addKeys } from './commands/keys.ts';
import { addMake } from './commands/make.ts';
import { addObserve } from './commands/observe.ts';
import { addRedrive } from './commands/redrive.ts';
import { addRun } from './commands/run.ts';
import { addStatus } from './commands/status.ts';
import { addTemplates } from './commands/templates.ts';

const EXAMPLES = `
Examples:
  report                                  the recorded edition into out/
  report --live                           the month before this one, from the live sources
  report --edition 2026-07 --from render  words or charts changed: from render on
  report observe                          every live source once, sealed for the month that is running
  report correct --edition 2026-07 --because "Downloads of one lab were counted twice."
                                          the next revision, which says what was corrected
  report status --env prod                a deployment, and its latest runs

Exit code: 0 done, 1 failed, 2 asked for something impossible, 3 held for a person.`;

/** The program: what it does without a command, and its commands. Errors are thrown, for one place to say them. */
export function program(): Command {
  const made = new Command('report')
    .description(
      'Makes an edition of the report on the China–US balance in open AI models.\nWithout options: the recorded edition, from real figures, offline.',
    )
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addHelpText('after', EXAMPLES);
  const all = [
    addMake,
    addApprove,
    addCorrect,
    addObserve,
    addStatus,
    addDoctor,
    addRun,
    addRedrive,
    addArchive,
    addTemplates,
    addKeys,
  ];
  for (const add of all) add(made);
  return made;
}
