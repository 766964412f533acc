/** An element as style rules see it. */
export interface Place {
  readonly name: string;
  readonly id: string;
  readonly classes: readonly string[];
  /** The elements it is in, outermost first. */
  readonly above: readonly Place[];
}

/** A simple selector: what an element must be. */
interface Compound {
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly classes: readonly string[];
}

/** A rule of a style sheet that says in which family or weight something is set. */
export interface FontRule {
  /** From the outside in; each must fit an element further inside than the one before. */
  readonly compounds: readonly Compound[];
  /** False if it holds only where a condition does that is not looked at: a state, a place among others, a width. */
  readonly isSure: boolean;
  readonly kind?: 'text' | 'label';
  readonly weight?: 400 | 600;
}

const PARTS = /(@[^{};]+)\{|([^{}@;]+)\{([^{}]*)\}|\}/g;

/** The rules of style sheets that choose a family or a weight; those of every width and colour scheme among them. */
export function fontRules(css: string): FontRule[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@font-face\s*\{[^}]*\}/g, '');
  const rules: FontRule[] = [];
  for (const { selectors, body, isConditional } of ruleBodies(plain)) {
    const family = /(?:^|;)\s*font-family:\s*var\(--(serif|sans)\)/.exec(body)?.[1];
    const weight = /(?:^|;)\s*font-weight:\s*(\w+)/.exec(body)?.[1];
    if (family === undefined && weight === undefined) continue;
    const said = {
      ...(family === undefined ? {} : { kind: family === 'serif' ? ('text' as const) : ('label' as const) }),
      ...(weight === undefined
        ? {}
        : { weight: weight === 'bold' || Number(weight) >= 500 ? (600 as const) : (400 as const) }),
    };
    for (const selector of selectors) rules.push({ ...readSelector(selector, isConditional), ...said });
  }
  return rules;
}

/** True if the rule can be about the element. */
export function matches({ compounds }: FontRule, place: Place): boolean {
  const [last, ...outer] = compounds.toReversed();
  if (!last || !fits(last, place)) return false;
  let depth = place.above.length;
  for (const compound of outer) {
    depth = place.above.slice(0, depth).findLastIndex((one) => fits(compound, one));
    if (depth < 0) return false;
  }
  return true;
}

function fits({ name, id, classes }: Compound, place: Place): boolean {
  return (
    (name === undefined || name === place.name) &&
    (id === undefined || id === place.id) &&
    classes.every((one) => place.classes.includes(one))
  );
}

/** Rules with the selectors they are for; conditional are those inside an at-rule. */
function* ruleBodies(css: string): Generator<{ selectors: string[]; body: string; isConditional: boolean }> {
  let conditions = 0;
  for (const [token, condition, selectors, body = ''] of css.matchAll(PARTS)) {
    if (condition !== undefined) conditions += 1;
    else if (token === '}') conditions -= 1;
    else if (selectors !== undefined)
      yield { selectors: separate(selectors.trim()), body, isConditional: conditions > 0 };
  }
}

/** Selectors of a list; commas inside brackets separate none, and `:is(a, b)` is each of them. */
function separate(list: string): string[] {
  const is = /^([\s\S]*?):is\(([^()]*)\)([\s\S]*)$/.exec(list);
  if (is) {
    const [, before = '', inner = '', after = ''] = is;
    return inner.split(',').flatMap((one) => separate(`${before}${one.trim()}${after}`));
  }
  return list.split(',').map((one) => one.trim());
}

const SIMPLE = /^(?<name>[a-z][a-z0-9]*|\*)?(?<rest>(?:[.#][\w-]+)*)$/i;

function readSelector(selector: string, isConditional: boolean): Pick<FontRule, 'compounds' | 'isSure'> {
  // What stands beside an element, its attributes and its state are not looked at.
  const looked = selector
    .replace(/::?[\w-]+(\([^()]*(\([^()]*\)[^()]*)*\))?/g, '')
    .replace(/\[[^\]]*\]/g, '');
  const steps = looked
    .replace(/\S+\s*[+~]\s*/g, '')
    .split(/[\s>]+/)
    .filter((step) => step !== '');
  const compounds = steps.map((step): Compound => {
    const { name, rest = '' } = SIMPLE.exec(step)?.groups ?? {};
    const parts = [...rest.matchAll(/([.#])([\w-]+)/g)];
    return {
      name: name === undefined || name === '*' ? undefined : name.toLowerCase(),
      id: parts.find(([, sign]) => sign === '#')?.[2],
      classes: parts.flatMap(([, sign, value = '']) => (sign === '.' ? [value] : [])),
    };
  });
  return { compounds, isSure: !isConditional && looked === selector && !/[+~]/.test(selector) };
}
