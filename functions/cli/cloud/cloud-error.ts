import type { Evidence } from '../../errors.ts';

/**
 * A failure that has its name from the cloud: that of the function or the run that failed (mostly one of ours, as
 * `EditionRefused`; else Lambda’s or the state machine’s own, as `States.Timeout`).
 */
export class CloudError extends Error {
  override readonly name: string;
  readonly evidence: Evidence;

  /** @param message what failed, where, and what to do, as sentences */
  constructor(name: string, message: string, evidence: Evidence = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
    this.evidence = evidence;
  }
}
