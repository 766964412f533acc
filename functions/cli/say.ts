/** Writes a text and a line end to standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Says what came of a command: as one JSON object, or as a person reads it. */
export function sayResult<T>(result: T, json: boolean | undefined, text: (result: T) => string): void {
  say(json ? JSON.stringify(result, null, 1) : text(result));
}
