import type { Command } from 'commander';
import { EXIT } from '../failure.ts';
import { options } from '../options.ts';
import { say } from '../say.ts';

/** `report doctor` */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('ask each live source once, and say which assumption no longer holds')
    .addOption(options.json())
    .allowExcessArguments(false)
    .action(async ({ json }: { json?: boolean }) => {
      const { doctor } = await import('../../pull/doctor.ts');
      const findings = await doctor({ environment: process.env });
      if (json) say(JSON.stringify(findings, null, 1));
      else
        for (const { source, assumption, holds, found, whatToDo } of findings)
          say(
            `${holds ? '✓' : '✗'} ${source.padEnd(18)} ${assumption}: ${found}${holds ? '' : ` — ${whatToDo}`}`,
          );
      if (findings.some(({ holds }) => !holds)) process.exitCode = EXIT.failed;
    });
}
