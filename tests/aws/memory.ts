import { readFileSync } from 'node:fs';
import { descendants } from './processes.ts';

/** How often a process tree is looked at: often enough to see a browser that lives for a second. */
const EVERY_MS = 100;

/** Watches how much memory a process and all it started use together. */
export class Memory {
  /** The most that was seen, in bytes; what is shared between processes counts once. */
  peak = 0;
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;

  /**
   * @param limit in bytes
   * @param exceeded called once the limit is passed
   */
  constructor(pid: number, limit: number, exceeded: () => void) {
    this.#pid = pid;
    this.#timer = setInterval(() => {
      if (this.#look() <= limit) return;
      clearInterval(this.#timer);
      exceeded();
    }, EVERY_MS);
    this.#timer.unref();
  }

  /** Looks once more, and no more after that. */
  stop(): void {
    clearInterval(this.#timer);
    this.#look();
  }

  #look(): number {
    const tree = [this.#pid, ...descendants(this.#pid)];
    const now = tree.reduce((sum, one) => sum + proportionalShare(one), 0);
    this.peak = Math.max(this.peak, now);
    return now;
  }
}

/** The most memory a process has held itself since it began, in bytes (`VmHWM`). */
export function highWaterMark(pid: number): number {
  return kilobytes(`/proc/${pid}/status`, /^VmHWM:\s+(\d+) kB/m);
}

/** A page that n processes share counts as an n-th of it. @see proc_pid_smaps(5) */
function proportionalShare(pid: number): number {
  return kilobytes(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+) kB/m);
}

function kilobytes(path: string, line: RegExp): number {
  try {
    return Number(line.exec(readFileSync(path, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}
