/** One instruction of a page: its operator, its operands as they are written, and where it stands in the stream. */
export interface Instruction {
  readonly operator: string;
  readonly operands: readonly string[];
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /%[^\r\n]*|<<|>>|[[\]]|\/[^\s\0()<>[\]{}/%]*|<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\[\s\S])*\)|[^\s\0()<>[\]{}/%]+/y;

/** Numbers, names and strings begin so; what else stands by itself is an operator, but for three words. */
const OPERANDS = new Set([...'-+.0123456789/(<'].map((character) => character.charCodeAt(0)));
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);
const [SPACE, COMMENT] = [0x20, 0x25];

/**
 * Reads what a page draws, instruction by instruction.
 *
 * @param content the decoded stream, one character a byte (Latin-1)
 * @throws SyntaxError where it is not written as content is, or holds an inline image, which Chromium never writes
 * @see ISO 32000-1, 7.8.2
 */
export function* instructionsOf(content: string): Generator<Instruction> {
  let operands: string[] = [];
  let start = -1;
  let depth = 0;
  let composite = 0;
  let next = 0;
  for (let at = 0; at < content.length; at = next) {
    const first = content.charCodeAt(at);
    if (first <= SPACE) {
      next = at + 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(content)?.[0];
    if (token === undefined) throw new SyntaxError(`what stands at byte ${at} of a page is no token`);
    next = at + token.length;
    if (first === COMMENT) continue;
    if (start < 0) start = at;
    const opens = token === '<<' || token === '[';
    if (opens && depth++ === 0) composite = at;
    else if (token === '>>' || token === ']') {
      if (--depth === 0) operands.push(content.slice(composite, next));
    } else if (depth === 0) {
      if (OPERANDS.has(first) || WORDS.has(token)) operands.push(token);
      else {
        if (token === 'BI') throw new SyntaxError(`an inline image stands at byte ${at} of a page`);
        yield { operator: token, operands, start, end: next };
        operands = [];
        start = -1;
      }
    }
  }
  if (start >= 0) throw new SyntaxError('the last instruction of a page has no operator');
}

/** The number by which the tags name a marked part of a page; undefined if the mark has none. */
export function markOf({ operator, operands }: Instruction): number | undefined {
  const found = operator === 'BDC' ? /\/MCID\s+(\d+)/.exec(operands[1] ?? '') : null;
  return found ? Number(found[1]) : undefined;
}

/** Operators that leave something on the page. */
export const PAINTS: ReadonlySet<string> = new Set('f F f* B B* b b* S s sh Do Tj TJ \' "'.split(' '));

/** Operators that show text. */
export const SHOWS: ReadonlySet<string> = new Set('Tj TJ \' "'.split(' '));
