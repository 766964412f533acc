import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, '.cache');

/** Versions whose behaviour was looked at; another is another instrument. */
const MOTO = '5.2.2';
const RUNTIME_CLIENT = '4.0.2';

/** Where what the tests measure with lies. */
export interface Instruments {
  /** Python with moto's server. */
  readonly python: string;
  /** AWS's own runtime client, the program that runs a Lambda function. */
  readonly runtimeClient: string;
}

const folders = {
  moto: join(cache, `moto-all-${MOTO}`),
  runtimeClient: join(cache, `lambda-ric-${RUNTIME_CLIENT}`),
};
const places: Instruments = {
  python: join(folders.moto, 'bin/python3'),
  runtimeClient: join(folders.runtimeClient, 'node_modules/aws-lambda-ric/index.mjs'),
};
/** Written by moto's installation and by the build's last step: without them it is not whole. */
const proofs = {
  moto: join(folders.moto, 'bin/moto_server'),
  runtimeClient: join(folders.runtimeClient, 'node_modules/aws-lambda-ric/rapid-client.node'),
};

/** The instruments, which must have been installed. @throws Error that says how */
export function instruments(): Instruments {
  if (existsSync(proofs.moto) && existsSync(proofs.runtimeClient)) return places;
  throw new Error('The instruments are not installed. Run npm run test:aws.');
}

/**
 * Installs into `.cache/` what is missing: moto's server from the Python Package Index, and AWS's runtime client from
 * npm, which is compiled.
 *
 * @throws Error that says what is missing on this machine
 */
export function install(say: (line: string) => void): Instruments {
  if (process.platform !== 'linux')
    throw new Error('AWS’s Lambda runtime client runs on Linux only. Run this in a Linux container.');
  mkdirSync(cache, { recursive: true });
  installMoto(say);
  installRuntimeClient(say);
  return places;
}

function installMoto(say: (line: string) => void): void {
  if (existsSync(proofs.moto)) return;
  const wanted = `moto[all,server]==${MOTO}`;
  say(`installing ${wanted} from the Python Package Index into ${folders.moto}`);
  try {
    run('python3', ['-m', 'venv', folders.moto]);
    run(join(folders.moto, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', wanted]);
  } catch (cause) {
    throw new Error(
      `moto could not be installed. This needs python3 (3.10 or newer) with venv (Debian: apt install python3-venv) and the Python Package Index. Remove ${folders.moto} and try again.`,
      { cause },
    );
  }
}

function installRuntimeClient(say: (line: string) => void): void {
  if (existsSync(proofs.runtimeClient)) return;
  say(`building aws-lambda-ric ${RUNTIME_CLIENT} from npm in ${folders.runtimeClient} (some minutes)`);
  const missing = ['cmake', 'g++', 'make', 'python3', 'xz', 'tar'].filter((tool) => !isThere(tool));
  if (missing.length > 0)
    throw new Error(
      `AWS’s Lambda runtime client is compiled here, and this machine lacks ${missing.join(', ')}. Debian: apt install cmake g++ make python3 xz-utils.`,
    );
  mkdirSync(folders.runtimeClient, { recursive: true });
  // npm runs a package's scripts only where it is named; older versions of npm run all.
  writeFileSync(
    join(folders.runtimeClient, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { 'aws-lambda-ric': RUNTIME_CLIENT },
      allowScripts: { 'aws-lambda-ric': true },
    }),
  );
  // The headers of the Node that runs the tests: nothing else is downloaded for the build.
  const headers = join(root, `node_modules/node-linux-${process.arch}`);
  try {
    run(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--no-package-lock',
        '--foreground-scripts',
        `--nodedir=${headers}`,
      ],
      folders.runtimeClient,
    );
    if (!existsSync(proofs.runtimeClient)) throw new Error(`${proofs.runtimeClient} was not built`);
  } catch (cause) {
    throw new Error(
      `AWS’s Lambda runtime client could not be built. This needs npm's registry, cmake, g++, make, python3, xz and ${headers} (npm ci). Remove ${folders.runtimeClient} and try again.`,
      { cause },
    );
  }
}

function run(command: string, args: readonly string[], cwd = cache): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

function isThere(tool: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, tool)));
}
