import { Duration, Size } from 'aws-cdk-lib';
import type { FunctionName } from './permissions.ts';

/** What a function is given, and why so much. */
export interface FunctionSize {
  readonly memory: number;
  readonly timeout: Duration;
  readonly ephemeral: Size;
  readonly because: string;
}

const TMP = Size.mebibytes(512);

/** Memory in MiB also buys processor: 1,769 MiB are one core. Durations leave several times what was measured. */
export const FUNCTION_SIZES: Readonly<Record<FunctionName, FunctionSize>> = {
  pull: {
    memory: 1024,
    timeout: Duration.minutes(15),
    ephemeral: TMP,
    because:
      'A source may answer slowly or limit its calls; what came is kept, and a pull that ran out of time is continued.',
  },
  compute: {
    memory: 1769,
    timeout: Duration.minutes(5),
    ephemeral: TMP,
    because:
      'Two months of tokens and some thousand repositories are held at once; one core makes it seconds.',
  },
  render: {
    memory: 1769,
    timeout: Duration.minutes(3),
    ephemeral: TMP,
    because: 'Charts are laid out on one core.',
  },
  print: {
    memory: 3008,
    timeout: Duration.minutes(5),
    ephemeral: Size.mebibytes(1024),
    because:
      'Chromium wants about 2 GB and two cores; its profile, and the browser where it is unpacked, lie in /tmp. 3,008 MiB is the most a new account may ask for.',
  },
  check: {
    memory: 1769,
    timeout: Duration.minutes(5),
    ephemeral: TMP,
    because: 'Reads every page of every PDF.',
  },
  publish: {
    memory: 512,
    timeout: Duration.minutes(5),
    ephemeral: TMP,
    because: 'Copies some dozen objects, one after the other.',
  },
  start: {
    memory: 512,
    timeout: Duration.minutes(1),
    ephemeral: TMP,
    because: 'Reads a pointer and begins an execution.',
  },
  watch: {
    memory: 512,
    timeout: Duration.minutes(2),
    ephemeral: TMP,
    because: 'Lists a year of snapshots and reads four of them.',
  },
};
