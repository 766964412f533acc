import { styleText } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import type { StageName } from '../plan.ts';
import type { Reporter } from '../run.ts';

/** Says nothing: for `--json`, whose output is one object. */
export const silent: Reporter = { begin() {}, stage() {}, item() {}, stageDone() {} };

/** One bar over the whole run on a terminal; finished stages and what they remark stand above it. */
export function barReporter(stream: NodeJS.WriteStream): Reporter {
  const bar = new SingleBar(
    {
      stream,
      format: '{bar} {value}/{total}  {doing}',
      barsize: 28,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let total = 0;
  let done = 0;
  let remarks: string[] = [];
  const pause = () => {
    bar.stop();
    stream.write('\r\u001b[2K');
  };
  return {
    begin(items) {
      total = items;
    },
    stage(name, items) {
      remarks = [];
      bar.start(total, done, { doing: `${name} ${items.join(', ')}` });
    },
    item(_name, item, remark) {
      done += 1;
      bar.update(done);
      if (remark) remarks.push(`${item}: ${remark}`);
    },
    stageDone(name, seconds) {
      pause();
      stream.write(`${styleText('green', '✓', { stream })} ${line(name, seconds)}\n`);
      for (const remark of remarks) stream.write(`  ${styleText('yellow', '!', { stream })} ${remark}\n`);
    },
    failed: pause,
  };
}

/** One line per finished stage: for logs, pipes and CI. */
export function lineReporter(stream: NodeJS.WritableStream): Reporter {
  return {
    begin() {},
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
