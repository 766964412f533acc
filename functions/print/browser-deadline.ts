import { PrintFailed } from '../errors.ts';

/** A budget that runs out. */
export class Deadline {
  readonly passed: Promise<never>;
  readonly #timeout: NodeJS.Timeout;

  constructor(milliseconds: number) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.passed = promise;
    promise.catch(() => undefined);
    this.#timeout = setTimeout(
      () =>
        reject(
          new PrintFailed(
            'too-slow',
            `Printing was not done in ${(milliseconds / 1000).toFixed(1)} s. Give it more time or a faster machine; if it hangs again, look for what is endless in the page.`,
            { budgetMs: milliseconds },
          ),
        ),
      milliseconds,
    );
  }

  stop(): void {
    clearTimeout(this.#timeout);
  }
}
