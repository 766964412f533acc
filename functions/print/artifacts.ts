import { type Instruction, instructionsOf, markOf, PAINTS } from './content-stream.ts';

/** What a page draws beside its content: `page` for its head and foot, `form` for what only forms draw. */
interface Drawn {
  readonly kind: 'page' | 'form';
  readonly text: string;
  /** Of the page, in points. */
  readonly height: number;
}

/** A run of instructions to be marked, as places in the stream, and how. */
interface Span {
  start: number;
  end: number;
  readonly properties: string;
}

/**
 * Marks as an artifact whatever a content draws outside its marked parts: heads and feet, which Chromium draws before it
 * clips to the page's area, as pagination; grounds and rules as layout. A form drawn there marks its own parts.
 */
export function withArtifacts({ kind, text, height }: Drawn): string {
  const spans: Span[] = [];
  const marks: boolean[] = [];
  let clipped = kind === 'form';
  let begun: Instruction | undefined;
  let last: Span | undefined;
  let baseline = 0;
  for (const one of instructionsOf(text)) {
    const { operator, operands } = one;
    if (operator === 'BDC' || operator === 'BMC') marks.push(isPart(one));
    else if (operator === 'EMC') marks.pop();
    else if (operator === 'W' || operator === 'W*') clipped = true;
    if (marks.includes(true)) {
      begun = last = undefined;
      continue;
    }
    if (operator === 'Tm') baseline = Number(operands[5]);
    if (BEGINS.has(operator)) begun ??= one;
    const ends =
      PAINTS.has(operator) && !begun?.operator.startsWith('BT') ? operator !== 'Do' : operator === 'ET';
    if (ends) {
      const properties = clipped ? LAYOUT : pagination(baseline * POINTS < height / 2);
      const start = (begun ?? one).start;
      if (last?.properties === properties) last.end = one.end;
      else {
        last = { start, end: one.end, properties };
        spans.push(last);
      }
      begun = undefined;
    } else if (operator === 'n') begun = undefined;
    else if (STATE.has(operator)) last = undefined;
  }
  return marked(text, spans);
}

/** They begin a path or a text. */
const BEGINS: ReadonlySet<string> = new Set(['m', 're', 'BT']);

/** What is marked together may not reach beyond the state it was begun in. */
const STATE: ReadonlySet<string> = new Set(['q', 'Q', 'cm', 'Do', 'W', 'W*']);

/** Marks within a text, such as of its direction, make it no part of the content yet. */
function isPart(mark: Instruction): boolean {
  return markOf(mark) !== undefined || mark.operands[0] === '/Artifact';
}

/** Points in the CSS pixels that Chromium sets text in. */
const POINTS = 0.75;

/** How what only adorns a page is marked. */
export const LAYOUT = '<</Type /Layout>>';

function pagination(isHead: boolean): string {
  return `<</Type /Pagination /Subtype /${isHead ? 'Header' : 'Footer'} /Attached [/${isHead ? 'Top' : 'Bottom'}]>>`;
}

function marked(text: string, spans: readonly Span[]): string {
  let done = 0;
  const parts: string[] = [];
  for (const { start, end, properties } of spans) {
    parts.push(text.slice(done, start), `/Artifact ${properties} BDC\n`, text.slice(start, end), '\nEMC');
    done = end;
  }
  return parts.join('') + text.slice(done);
}
