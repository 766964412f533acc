import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instruments } from './instruments.ts';
import { highWaterMark, Memory } from './memory.ts';
import { begin, end } from './processes.ts';
import { type Failure, type Outcome, RuntimeApi } from './runtime-api.ts';

/** A function as it is deployed, and where its files lie. */
export interface RuntimeOptions {
  readonly name: string;
  readonly arn?: string;
  /** The unpacked asset: `/var/task` on Lambda. Outside the repository, whose packages must not help. */
  readonly folder: string;
  /** Such as `functions/print/handler.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** The variables of the template, and whatever credentials and endpoint the function's AWS has. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds that the function's clock is ahead of this machine's. */
  readonly ahead?: number;
  /** What the function writes to its log. */
  readonly onLog?: (text: string) => void;
}

/** How one invocation went. */
export interface Invoked {
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** The most that the function and what it started held together, in bytes, seen every 100 ms. */
  readonly peakBytes: number;
  /** The most that the function's own process ever held, in bytes. */
  readonly ownPeakBytes: number;
}

/** The runtime could not be started, or could not load the function: Lambda's name of the error and its message. */
export class InitFailed extends Error {
  override readonly name = 'InitFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.errorType}: ${failure.errorMessage}`);
    this.failure = failure;
  }
}

/**
 * One execution environment: a bundle run by AWS's own runtime client in a process of its own, with a folder of its own
 * for temporary files, one event at a time. A timeout, too much memory, or `kill` ends the process and all it started,
 * as the end of a sandbox does.
 */
export class LambdaRuntime implements AsyncDisposable {
  readonly name: string;
  /** Milliseconds from the start of the process until it asked for its first event. */
  initMs = 0;
  readonly #options: RuntimeOptions;
  readonly #api: RuntimeApi;
  readonly #temporary: string;
  #child: ChildProcess | undefined;
  #settleInit: ((failure?: Failure) => void) | undefined;
  #current: { readonly id: string; readonly done: (outcome: Outcome) => void } | undefined;
  #over = false;

  private constructor(options: RuntimeOptions, temporary: string) {
    this.name = options.name;
    this.#options = options;
    this.#temporary = temporary;
    this.#api = new RuntimeApi({
      ready: () => this.#settleInit?.(),
      initFailed: (failure) => this.#settleInit?.(failure),
      ended: (id, outcome) => {
        if (this.#current?.id === id) this.#current.done(outcome);
      },
    });
  }

  /**
   * Starts the process and waits until the function is loaded.
   *
   * @throws InitFailed if it cannot be
   */
  static async start(options: RuntimeOptions): Promise<LambdaRuntime> {
    const runtime = new LambdaRuntime(options, await mkdtemp(join(tmpdir(), 'balance-lambda-')));
    try {
      await runtime.#init();
      return runtime;
    } catch (error) {
      await runtime[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Whether it can take another event. */
  get alive(): boolean {
    return !this.#over;
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  /** The process of the function. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Delivers one event; there may be no other at the same time. */
  async invoke(event: Uint8Array): Promise<Invoked> {
    if (this.#current) throw new Error(`${this.name} is at work; a runtime takes one event at a time.`);
    const { timeoutSeconds, memoryMb, ahead = 0, arn = this.name } = this.#options;
    const id = randomUUID();
    const started = performance.now();
    const memory = new Memory(this.pid, memoryMb * 2 ** 20, () => void this.kill());
    const timer = setTimeout(() => {
      const errorMessage = `RequestId: ${id} Error: Task timed out after ${timeoutSeconds}.00 seconds`;
      this.#current?.done({ kind: 'failed', failure: { errorType: 'Sandbox.Timedout', errorMessage } });
      void this.kill();
    }, timeoutSeconds * 1000);
    const outcome = await new Promise<Outcome>((done) => {
      this.#current = { id, done };
      if (this.#over) return done(exited(id, null, null));
      const deadline = Date.now() + ahead + timeoutSeconds * 1000;
      this.#api.give({ id, event, deadline, functionArn: arn });
    });
    clearTimeout(timer);
    memory.stop();
    this.#current = undefined;
    return {
      outcome,
      durationMs: performance.now() - started,
      peakBytes: memory.peak,
      ownPeakBytes: highWaterMark(this.pid),
    };
  }

  /** Ends the process as a crash of its machine would. */
  async kill(): Promise<void> {
    this.#over = true;
    if (this.#child) await end(this.#child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    this.#api.close();
    await rm(this.#temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }

  async #init(): Promise<void> {
    const { folder, handler, memoryMb, ahead = 0, onLog } = this.#options;
    const api = await this.#api.listen();
    const started = performance.now();
    const loaded = new Promise<Failure | undefined>((settle) => {
      this.#settleInit = settle;
    });
    const flags = [`--max-old-space-size=${Math.floor(memoryMb * 0.9)}`, ...clockAhead(ahead)];
    const child = begin(process.execPath, [...flags, instruments().runtimeClient, handler], {
      cwd: folder,
      env: { ...lambdaSets(this.#options), TMPDIR: this.#temporary, AWS_LAMBDA_RUNTIME_API: api },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => onLog?.(text));
    child.once('error', (error) =>
      this.#settleInit?.({ errorType: 'Runtime.InvalidEntrypoint', errorMessage: error.message }),
    );
    child.once('exit', (code, signal) => {
      this.#over = true;
      const outcome = exited(this.#current?.id ?? '-', code, signal);
      this.#settleInit?.(outcome.failure);
      this.#current?.done(outcome);
    });
    const failure = await loaded;
    this.#settleInit = undefined;
    if (failure) throw new InitFailed(failure);
    this.initMs = performance.now() - started;
  }
}

function exited(id: string, code: number | null, signal: NodeJS.Signals | null) {
  const how = signal === null ? `exit status ${code}` : 'signal: killed';
  return {
    kind: 'failed' as const,
    failure: {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${id} Error: Runtime exited with error: ${how}`,
    },
  };
}

/** What Lambda itself puts into the environment of a function, and the function's own variables; nothing of this machine's. */
function lambdaSets({
  name,
  folder,
  handler,
  memoryMb,
  environment,
}: RuntimeOptions): Record<string, string> {
  return {
    ...environment,
    _HANDLER: handler,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: folder,
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin',
    TZ: ':UTC',
  };
}

/** A program that is loaded before the function and sets its clock; on the command line, so that the environment stays the template's. */
export function clockAhead(ms: number): string[] {
  if (ms === 0) return [];
  const program = `const Real = Date; globalThis.Date = class Date extends Real {
    constructor(...given) { if (given.length === 0) super(Real.now() + ${ms}); else super(...given); }
    static now() { return Real.now() + ${ms}; }
  };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(program)}`];
}
