import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SaxesParser } from 'saxes';
import { MAIN_CLASS } from './validator.ts';

/** A rule that a file breaks. */
export interface BrokenRule {
  /** Where the standard says it, and the number of the test: `7.2-20`. */
  readonly rule: string;
  readonly sentence: string;
  readonly times: number;
  /** The first places, with what is wrong there. */
  readonly places: readonly string[];
}

export interface Findings {
  readonly compliant: boolean;
  readonly broken: readonly BrokenRule[];
  /** How many rules were held against the file. */
  readonly rules: number;
}

/** The standards as veraPDF names them. */
export type Flavour = 'ua1' | '3u';

/**
 * Lets veraPDF hold a file against a standard.
 *
 * @throws Error if veraPDF gave no answer
 */
export async function validate(java: string, jar: string, flavour: Flavour, file: string): Promise<Findings> {
  const args = [
    '-cp',
    jar,
    MAIN_CLASS,
    '-f',
    flavour,
    '--format',
    'xml',
    '--maxfailuresdisplayed',
    '3',
    file,
  ];
  // It exits with 1 where a file breaks a rule; what it found is on its output all the same.
  const answer = await promisify(execFile)(java, args, { maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { stdout?: string; stderr?: string }) => ({
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? '',
    }),
  );
  const findings = read(answer.stdout);
  if (findings === undefined)
    throw new Error(
      `veraPDF gave no answer on ${file}: ${answer.stderr.slice(-600) || answer.stdout.slice(-600)}`,
    );
  return findings;
}

function read(xml: string): Findings | undefined {
  const parser = new SaxesParser();
  const broken: { rule: string; sentence: string; times: number; places: string[] }[] = [];
  let verdict: { compliant: boolean; rules: number } | undefined;
  let text = '';
  let context = '';
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    const of = (key: string) => String(attributes[key] ?? '');
    if (name === 'validationReport') verdict = { compliant: of('isCompliant') === 'true', rules: 0 };
    else if (name === 'details' && verdict)
      verdict.rules = Number(of('passedRules')) + Number(of('failedRules'));
    else if (name === 'rule') {
      const rule = `${of('clause')}-${of('testNumber')}`;
      broken.push({ rule, sentence: '', times: Number(of('failedChecks')), places: [] });
    }
  });
  parser.on('text', (more) => {
    text += more;
  });
  parser.on('closetag', ({ name }) => {
    const last = broken.at(-1);
    if (name === 'description' && last?.sentence === '') last.sentence = text.trim();
    else if (name === 'context') context = text.trim();
    else if (name === 'errorMessage') last?.places.push(`${text.trim()} (${context.slice(-120)})`);
  });
  parser.write(xml).close();
  return verdict && { ...verdict, broken };
}
