import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option } from 'commander';
import { ENVIRONMENTS } from './deployment.ts';

/** Where editions lie if nothing else is said: the folder `out` of wherever one stands. */
export function defaultArchive(): string {
  return folderUrl('out');
}

/** The URL of a folder below where one stands. */
export function folderUrl(path: string): string {
  return `${pathToFileURL(resolve(path))}/`;
}

/** The options that several commands have; each is spelt once. */
export const options = {
  archive: () =>
    new Option('--archive <url>', 'file:///…, s3://bucket/prefix or memory: (default: the folder out)'),
  edition: (text: string) => new Option('--edition <YYYY-MM>', text),
  env: () =>
    new Option('--env <name>', 'a deployment in the cloud instead of an archive').choices(ENVIRONMENTS),
  json: () => new Option('--json', 'one JSON object on standard output, nothing else'),
  wait: () => new Option('--wait', 'wait for its end, and show the states it passes'),
} as const;
