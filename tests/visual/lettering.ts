import { fill, type Picture } from './picture.ts';

/** Five rows of three points each, as octal digits from the top: letters for labels, without a font. */
const LETTERS: Readonly<Record<string, string>> = {
  '0': '75557',
  '1': '26227',
  '2': '71747',
  '3': '71717',
  '4': '55711',
  '5': '74717',
  '6': '74757',
  '7': '71111',
  '8': '75757',
  '9': '75717',
  a: '25755',
  b: '65656',
  c: '34443',
  d: '65556',
  e: '74647',
  f: '74644',
  g: '34553',
  h: '55755',
  i: '72227',
  j: '11152',
  k: '55655',
  l: '44447',
  m: '57755',
  n: '65555',
  o: '25552',
  p: '65644',
  q: '25563',
  r: '65655',
  s: '34216',
  t: '72222',
  u: '55557',
  v: '55552',
  w: '55775',
  x: '55255',
  y: '55222',
  z: '71247',
  '-': '00700',
};

/** Writes a short label of Latin letters and digits, `size` pixels to a point; what it has no letter for stays blank. */
export function letter(
  on: Picture,
  text: string,
  at: { readonly x: number; readonly y: number },
  size: number,
  colour: readonly [number, number, number],
): void {
  for (const [place, character] of [...text.toLowerCase()].entries())
    for (const [row, points] of [...(LETTERS[character] ?? '00000')].entries())
      for (let column = 0; column < 3; column++) {
        if ((Number(points) & (4 >> column)) === 0) continue;
        const x = at.x + (place * 4 + column) * size;
        fill(on, { x, y: at.y + row * size, width: size, height: size }, colour);
      }
}
