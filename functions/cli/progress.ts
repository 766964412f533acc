import { styleText } from 'node:util';
import { SingleBar } from 'cli-progress';
import type { StageName } from '../plan.ts';
import type { Reporter } from '../run.ts';

/** Says nothing: for `--json`, whose output is one object. */
export const silent: Reporter = { stage() {}, item() {}, stageDone() {} };

/** A bar per stage on a terminal; what a stage remarks stands above it. */
export function barReporter(stream: NodeJS.WriteStream): Reporter {
  let bar: SingleBar | undefined;
  let remarks: string[] = [];
  return {
    stage(name, items) {
      remarks = [];
      bar = new SingleBar({
        stream,
        format: `${name.padEnd(8)} {bar} {value}/{total} {item}`,
        barsize: 24,
        hideCursor: true,
        clearOnComplete: true,
      });
      bar.start(items.length, 0, { item: items.join(', ') });
    },
    item(_name, item, remark) {
      bar?.increment(1, { item });
      if (remark) remarks.push(`${item}: ${remark}`);
    },
    stageDone(name, seconds) {
      bar?.stop();
      stream.write(`${styleText('green', '✓', { stream })} ${line(name, seconds)}\n`);
      for (const remark of remarks) stream.write(`  ${styleText('yellow', '!', { stream })} ${remark}\n`);
    },
  };
}

/** One line per finished stage: for logs, pipes and CI. */
export function lineReporter(stream: NodeJS.WritableStream): Reporter {
  return {
    stage() {},
    item(_name, item, remark) {
      if (remark) stream.write(`  ${item}: ${remark}\n`);
    },
    stageDone(name, seconds) {
      stream.write(`${line(name, seconds)}\n`);
    },
  };
}

function line(name: StageName, seconds: number): string {
  return `${name.padEnd(8)} ${seconds.toFixed(1).padStart(5)} s`;
}
