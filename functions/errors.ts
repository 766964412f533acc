/**
 * The one family of errors. Each has a literal `name`: the state machine retries and catches by it, the
 * CLI prints it. A message says what failed, where, and what to do; evidence travels as fields.
 */
export type ErrorName =
  | 'BadRequest' // what the caller asked for cannot be done as asked: flag, month, URL, environment
  | 'SourceUnavailable' // a source did not answer, or refuses to for now; a later try may succeed
  | 'PullUnfinished' // a pull is out of time; what came is kept, and the next one continues
  | 'SourceChanged' // a source answered with something else than its documentation says
  | 'IncompleteEdition' // what a stage needs is not there, unfinished, or older than what it came from
  | 'ArchiveConflict' // somebody else wrote the same object first (HTTP 412)
  | 'ArchiveUnavailable' // the archive cannot be read or written: permissions, disk full, network
  | 'ArchiveCorrupt' // an object's bytes are not what was written, or not of its schema
  | 'TemplateError' // an editor's file is wrong: names the file, the place and what to do
  | 'PrintFailed' // the browser did not make the PDF; `way` says how
  | 'CloudUnavailable' // AWS did not do what was asked of it; the message says what, why, and what to do
  | 'EditionHeld' // the verdict asks for a person
  | 'EditionRefused'; // the verdict says that this may not go out

/** What a failure carries beside its message; plain values only, since it is printed and logged. */
export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

abstract class ReportError extends Error {
  abstract override readonly name: ErrorName;
  readonly evidence: Evidence;

  /**
   * @param message what failed, where, and what to do, as sentences
   * @param evidence plain values that help whoever investigates
   * @param cause the error underneath, kept for logs
   */
  constructor(message: string, evidence: Evidence = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.evidence = evidence;
  }
}

export class BadRequest extends ReportError {
  override readonly name = 'BadRequest';
}
export class SourceUnavailable extends ReportError {
  override readonly name = 'SourceUnavailable';
}
export class PullUnfinished extends ReportError {
  override readonly name = 'PullUnfinished';
}
export class SourceChanged extends ReportError {
  override readonly name = 'SourceChanged';
}
export class IncompleteEdition extends ReportError {
  override readonly name = 'IncompleteEdition';
}
export class ArchiveConflict extends ReportError {
  override readonly name = 'ArchiveConflict';
}
export class ArchiveUnavailable extends ReportError {
  override readonly name = 'ArchiveUnavailable';
}
export class ArchiveCorrupt extends ReportError {
  override readonly name = 'ArchiveCorrupt';
}
export class TemplateError extends ReportError {
  override readonly name = 'TemplateError';
}
export class CloudUnavailable extends ReportError {
  override readonly name = 'CloudUnavailable';
}
export class EditionHeld extends ReportError {
  override readonly name = 'EditionHeld';
}
export class EditionRefused extends ReportError {
  override readonly name = 'EditionRefused';
}

/** The ways printing fails; each is retried, reported and tested by its own name. */
export type PrintFailure =
  | 'browser-missing' // no executable, or it could not be unpacked
  | 'browser-did-not-start' // missing libraries, no memory, wrong architecture
  | 'browser-died' // it was running and is gone
  | 'too-slow' // the time budget is used up
  | 'request-refused' // the document asked for something outside itself
  | 'font-missing' // a face the document names did not load
  | 'page-overflow' // content is wider than the page
  | 'not-a-pdf' // what came back does not begin and end as a PDF does
  | 'bad-document'; // the HTML or the job cannot be printed as asked

export class PrintFailed extends ReportError {
  override readonly name = 'PrintFailed';
  readonly way: PrintFailure;

  /** @param way which of the named ways printing failed */
  constructor(way: PrintFailure, message: string, evidence: Evidence = {}, cause?: unknown) {
    super(message, { way, ...evidence }, cause);
    this.way = way;
  }
}

/** True for the errors of this family: their message is written for the person who reads it. */
export function isReportError(error: unknown): error is ReportError {
  return error instanceof ReportError;
}

export type { ReportError };
