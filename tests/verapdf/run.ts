import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Flavour, validate } from './findings.ts';
import { javaProgram, validatorJar } from './validator.ts';

/**
 * `npm run test:pdf [-- FILE …]`: holds the PDF of every language of the recorded edition, or the files named, against
 * PDF/UA-1 and PDF/A-3u with veraPDF, and says rule by rule what is broken. It needs Java and, the first time, Maven; see
 * `validator.ts` for what it fetches and from where. It exits with 1 if a rule is broken.
 */
const root = resolve(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const STANDARDS: readonly (readonly [Flavour, string])[] = [
  ['ua1', 'PDF/UA-1'],
  ['3u', 'PDF/A-3u'],
];
/** With its attachments, in one language. */
const MOST_BYTES = 1_500_000;

const home = mkdtempSync(join(tmpdir(), 'balance-pdf-'));
try {
  const java = javaProgram(process.env);
  const jar = validatorJar(process.env, say);
  const named = process.argv.slice(2).filter((argument) => argument !== '--');
  const files = named.length > 0 ? named : recordedEdition();
  const broken = await validateAll(java, jar, files);
  say(broken === 0 ? `\n${files.length} files keep both standards` : `\n${broken} rules are broken`);
  process.exitCode = broken === 0 ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function validateAll(java: string, jar: string, files: readonly string[]): Promise<number> {
  let broken = 0;
  for (const file of files) {
    const { size } = statSync(file);
    say(`\n${file} (${Math.round(size / 1000)} KB)`);
    if (size > MOST_BYTES) {
      say(`  larger than ${MOST_BYTES / 1000} KB`);
      broken++;
    }
    for (const [flavour, standard] of STANDARDS) {
      const findings = await validate(java, jar, flavour, file);
      say(`  ${standard}: ${findings.compliant ? 'kept' : 'broken'}, ${findings.rules} rules`);
      broken += findings.compliant ? 0 : Math.max(1, findings.broken.length);
      for (const { rule, sentence, times, places } of findings.broken) {
        say(`    ${rule}, ${times} times: ${sentence}`);
        for (const place of places) say(`      ${place}`);
      }
    }
  }
  return broken;
}

/** Makes the recorded edition up to its PDFs, as `npm run report` does, and lists them. */
function recordedEdition(): string[] {
  say('making the recorded edition');
  const archive = pathToFileURL(`${home}/archive/`).href;
  const args = [join(root, 'functions/cli.ts'), '--archive', archive, '--until', 'print'];
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const found = readdirSync(join(home, 'archive'), { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'report.pdf')
    .map((path) => join(home, 'archive', path));
  if (found.length === 0) throw new Error('The recorded edition has no PDF: npm run report says why.');
  return found.sort();
}
