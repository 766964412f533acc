/** A number with one decimal, as short as a drawing can write it: `.5`, `-3`. */
export function short(value: number): string {
  const text = String(tenth(value));
  return text === '-0' ? '0' : text.replace(/^(-?)0\./, '$1.');
}

/** Numbers one after another; a sign or a point begins the next one by itself. */
function row(values: readonly string[]): string {
  return values.reduce(
    (before, value) => (before === '' || value.startsWith('-') ? before + value : `${before} ${value}`),
    '',
  );
}

const COMMAND = /([A-Za-z])([^A-Za-z]*)/g;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/gi;

/** A step of a pen: where it ends, exactly. */
type Step = readonly [command: string, values: readonly number[]];

/**
 * The same path in fewer bytes: to a tenth of a pixel, from point to point instead of from the corner, and along an axis
 * where it is. Each step starts where the rounded one before it ended, so that roundings do not add up. Curves keep their
 * commands.
 */
export function slimPath(d: string): string {
  const steps: Step[] = [...d.matchAll(COMMAND)].map(([, name = '', rest = '']) => [
    name,
    [...rest.matchAll(NUMBER)].map(([number]) => Number(number)),
  ]);
  if (!steps.every(isStraight))
    return steps.map(([name, values]) => `${name}${row(values.map(short))}`).join('');
  return written(relative(steps));
}

const LENGTHS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, h: 1, v: 1, Z: 0 };

function isStraight([name, values]: Step): boolean {
  return LENGTHS[name] === values.length;
}

/** From point to rounded point; what goes on along the same axis in the same direction is one step. */
function relative(steps: readonly Step[]): Step[] {
  const taken: Step[] = [];
  let [x, y, exactX, exactY] = [0, 0, 0, 0];
  for (const [name, [first = 0, second = 0]] of steps) {
    if (name === 'Z') {
      taken.push(['Z', []]);
      continue;
    }
    if (name === 'h' || name === 'H') exactX = name === 'h' ? exactX + first : first;
    else if (name === 'v' || name === 'V') exactY = name === 'v' ? exactY + first : first;
    else [exactX, exactY] = [first, second];
    const [nextX, nextY] = [tenth(exactX), tenth(exactY)];
    const step: Step =
      name === 'M'
        ? ['M', [nextX, nextY]]
        : nextY === y
          ? ['h', [nextX - x]]
          : nextX === x
            ? ['v', [nextY - y]]
            : ['l', [nextX - x, nextY - y]];
    [x, y] = [nextX, nextY];
    const before = taken.at(-1);
    const [[along = 0], [now = 0]] = [before?.[1] ?? [], step[1]];
    if (before && before[0] === step[0] && 'hv'.includes(step[0]) && along * now >= 0)
      taken[taken.length - 1] = [step[0], [along + now]];
    else taken.push(step);
  }
  return taken;
}

function written(steps: readonly Step[]): string {
  let last = '';
  return steps
    .map(([name, values]) => {
      const text = row(values.map(short));
      const named = name !== last || name !== 'l' ? name : text.startsWith('-') ? '' : ' ';
      last = name;
      return `${named}${text}`;
    })
    .join('');
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
