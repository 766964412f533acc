import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const cache = resolve(import.meta.dirname, '../../.cache');

/** veraPDF's program with all its parts; a later version may know more rules, and is another instrument. */
const ARTEFACT = { group: 'org.verapdf.apps', name: 'greenfield-apps', version: '1.28.2' };

/** Maven's own client fetches it; any later version of this plug-in does as well. */
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';

/** The program that starts veraPDF's command line, since the file itself starts its window. */
export const MAIN_CLASS = 'org.verapdf.apps.GreenfieldCliWrapper';

/**
 * Fetches veraPDF from Maven Central into `.cache/`, unless it is there, with Maven's own client: its settings
 * (`~/.m2/settings.xml`, `MAVEN_OPTS`, `MAVEN_ARGS`) say by which mirror or proxy. `VERAPDF_JAR` names one that is on the
 * machine already.
 *
 * @returns the path of the program
 * @throws Error that says what is missing on this machine
 */
export function validatorJar(environment: NodeJS.ProcessEnv, say: (line: string) => void): string {
  if (environment.VERAPDF_JAR) return environment.VERAPDF_JAR;
  const { group, name, version } = ARTEFACT;
  const file = `${name}-${version}.jar`;
  const kept = join(cache, file);
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'verapdf-'));
  say(`fetching ${group}:${name}:${version} from Maven Central into ${cache}`);
  try {
    const wanted = [`-Dartifact=${group}:${name}:${version}`, `-DoutputDirectory=${fresh}`];
    run('mvn', ['-q', '-B', COPY, ...wanted]);
    renameSync(join(fresh, file), kept);
  } catch (cause) {
    throw new Error(
      'veraPDF could not be fetched. It takes Maven and a Java of version 11 or later (Debian: apt-get install maven brings both) and a way to Maven Central; or name a copy of veraPDF in VERAPDF_JAR.',
      { cause },
    );
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return kept;
}

/** The Java that runs it: of `JAVA_HOME`, or the one on the path. @throws Error that says how to get one */
export function javaProgram(environment: NodeJS.ProcessEnv): string {
  const java = environment.JAVA_HOME ? join(environment.JAVA_HOME, 'bin/java') : 'java';
  try {
    run(java, ['-version']);
  } catch (cause) {
    throw new Error(
      'veraPDF runs on Java 11 or later, and there is none. Install one (Debian: apt-get install default-jre-headless), or name it in JAVA_HOME.',
      { cause },
    );
  }
  return java;
}

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}
