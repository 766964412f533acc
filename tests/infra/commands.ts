import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { program } from '../../functions/cli/program.ts';
import { root } from './stack.ts';

/** A command as somebody is told to type it. */
export interface Named {
  readonly command: readonly string[];
  readonly options: readonly string[];
}

const { scripts } = z
  .looseObject({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

/** Every `npm run …` in a text: the script, the words of its command, and the options. */
export function commandsIn(text: string): Named[] {
  // In a definition's JSON, ends of lines and quotation marks are escaped.
  const plain = text.replaceAll('\\n', '\n').replaceAll('\\"', '"');
  return plain.split(/(?=npm run )/).flatMap((part) => {
    // A command ends with its line, its backtick, or the sentence it stands in.
    const [, script, rest = ''] = /^npm run ([\w:]+)(?: -- ([^`\n,;]*))?/.exec(part) ?? [];
    if (script === undefined) return [];
    const words = rest
      .replace(/"[^"]*"/g, '…')
      .replace(/\.( |$).*/, '')
      .split(/\s+/);
    const first = words.findIndex((word) => word.startsWith('--'));
    const named = first < 0 ? words : words.slice(0, first);
    return {
      command: [script, ...named.filter((word) => /^[a-z]+$/.test(word))],
      options: words.filter((word) => /^--[a-z][\w-]*$/.test(word)),
    };
  });
}

/** The options a command has; nothing if there is no such command. */
export function optionsOf([script = '', ...words]: readonly string[]): readonly string[] | undefined {
  if (scripts[script] === undefined) return undefined;
  // The tests of deploying hold what it takes; other scripts take nothing.
  if (['deploy', 'diff', 'destroy'].includes(script))
    return ['--env', '--yes', '--yes-destroy', '--allow-replacement'];
  if (script !== 'report') return [];
  let found: Command | undefined = program();
  for (const word of words) found = found?.commands.find((one) => one.name() === word);
  return found?.options.flatMap(({ long }) => long ?? []);
}
