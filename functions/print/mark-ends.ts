import { instructionsOf, markOf, PAINTS, SHOWS } from './content-stream.ts';

/**
 * Ends every marked part where the last thing in it is painted: Chromium ends it where the next begins, with the settings
 * of the next already in it.
 */
export function withEarlyEnds(text: string): string {
  const parts: string[] = [];
  let done = 0;
  let depth = 0;
  let painted: number | undefined;
  for (const { operator, operands, start, end } of instructionsOf(text)) {
    if (operator === 'BDC' || operator === 'BMC') {
      depth++;
      if (depth === 1) painted = markOf({ operator, operands, start, end }) === undefined ? undefined : end;
    } else if (operator === 'EMC') {
      depth--;
      if (depth === 0 && painted !== undefined && text.slice(painted, start).trim() !== '') {
        parts.push(text.slice(done, painted), '\nEMC', text.slice(painted, start));
        done = end;
      }
    } else if (painted !== undefined && (operator === 'ET' || (PAINTS.has(operator) && !SHOWS.has(operator))))
      painted = end;
  }
  return parts.join('') + text.slice(done);
}
