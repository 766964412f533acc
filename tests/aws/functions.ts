import { InitFailed, type Invoked, LambdaRuntime, type RuntimeOptions } from './runtime.ts';
import type { Failure, Outcome } from './runtime-api.ts';

/** A deployed function: what runs it, and what it is called in the program (`print`, `start`). */
export interface Deployed extends RuntimeOptions {
  readonly service: string;
  /** The name of its role. */
  readonly role: string;
}

/** One delivery to one execution environment, as it was measured. */
export interface Measured extends Invoked {
  readonly service: string;
  readonly event: Uint8Array;
  /** Milliseconds to load the function; nothing if it was loaded already. */
  readonly initMs: number | undefined;
  /** What the function is given, in MB. */
  readonly memoryMb: number;
}

/**
 * Lambda: an execution environment for each invocation that runs at the same time as others, used again afterwards.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Functions implements AsyncDisposable {
  /** Every delivery, in the order they ended. */
  readonly measured: Measured[] = [];
  /** What functions wrote to their logs. */
  readonly log: { readonly service: string; readonly text: string }[] = [];
  /** How many invocations the account runs at once; a new one no more than these. */
  concurrent = 10;
  /** Invocations that were turned away since as many ran already. */
  turnedAway = 0;
  /** How an event is delivered: once, unless a test has it otherwise. */
  deliver: (service: string, event: Uint8Array, once: () => Promise<Outcome>) => Promise<Outcome> = (
    _service,
    _event,
    once,
  ) => once();
  readonly #describe: (name: string) => Promise<Deployed>;
  readonly #runtimes = new Map<LambdaRuntime, string>();
  #running = 0;

  /** @param describe how a function is deployed. @throws Error if there is none of that name */
  constructor(describe: (name: string) => Promise<Deployed>) {
    this.#describe = describe;
  }

  /** Invokes a function; whatever goes wrong in it is an outcome. @throws Error if there is no such function */
  async invoke(name: string, event: Uint8Array): Promise<Outcome> {
    const deployed = await this.#describe(name);
    return this.deliver(deployed.service, event, () => this.#once(deployed, event));
  }

  /** The processes of a function that are at work. */
  atWork(service: string): readonly LambdaRuntime[] {
    return [...this.#runtimes]
      .filter(([runtime, one]) => one === service && runtime.busy)
      .map(([runtime]) => runtime);
  }

  /** Ends every process of a function that is at work, as a crash of its machine would. */
  async kill(service: string): Promise<void> {
    await Promise.all(this.atWork(service).map((runtime) => runtime.kill()));
  }

  /** Ends all idle processes, so that the next invocations start cold. */
  async cool(): Promise<void> {
    const idle = [...this.#runtimes.keys()].filter(({ busy }) => !busy);
    await Promise.all(idle.map((runtime) => this.#remove(runtime)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#runtimes.keys()].map((runtime) => this.#remove(runtime)));
  }

  async #once(deployed: Deployed, event: Uint8Array): Promise<Outcome> {
    if (this.#running >= this.concurrent) {
      this.turnedAway += 1;
      return failed({ errorType: 'Lambda.TooManyRequestsException', errorMessage: 'Rate Exceeded.' });
    }
    this.#running += 1;
    try {
      return await this.#run(deployed, event);
    } catch (error) {
      if (error instanceof InitFailed) return failed(error.failure);
      throw error;
    } finally {
      this.#running -= 1;
    }
  }

  async #run(deployed: Deployed, event: Uint8Array): Promise<Outcome> {
    const { service } = deployed;
    const idle = [...this.#runtimes].find(([one, of]) => of === service && one.alive && !one.busy)?.[0];
    const runtime = idle ?? (await this.#start(deployed));
    // Only from here on can others see it: it is at work at once.
    this.#runtimes.set(runtime, service);
    const invoked = await runtime.invoke(event);
    this.measured.push({
      ...invoked,
      service,
      event,
      initMs: idle ? undefined : runtime.initMs,
      memoryMb: deployed.memoryMb,
    });
    if (!runtime.alive) await this.#remove(runtime);
    return invoked.outcome;
  }

  #start({ service, role: _, ...options }: Deployed): Promise<LambdaRuntime> {
    return LambdaRuntime.start({ ...options, onLog: (text) => this.log.push({ service, text }) });
  }

  async #remove(runtime: LambdaRuntime): Promise<void> {
    this.#runtimes.delete(runtime);
    await runtime[Symbol.asyncDispose]();
  }
}

function failed(failure: Failure): Outcome {
  return { kind: 'failed', failure };
}
