import { decoded } from './entities.ts';
import { type FontRule, fontRules, matches, type Place } from './font-rules.ts';

/** Which of the two families of a language: for running text, or for figures and labels. */
export type Kind = 'text' | 'label';
export type Weight = 400 | 600;

/** What an element's text may be set in. */
interface Choice {
  readonly kinds: ReadonlySet<Kind>;
  readonly weights: ReadonlySet<Weight>;
}

interface Open extends Choice {
  readonly place: Place;
}

/** Elements that are never closed. */
const VOID = /^(area|base|br|col|hr|img|input|link|meta|source|wbr)$/;
const TOKEN =
  /<style\b[^>]*>[\s\S]*?<\/style>|<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/gi;

/**
 * The characters that a page shows in each family and weight, by the page's own style sheets. Where several rules could
 * decide, all of them count: a face may get a character too many, never one too few.
 *
 * @returns a function from a family and a weight to code points
 */
export function faceCharacters(page: string): (kind: Kind, weight: Weight) => ReadonlySet<number> {
  const found = new Map<string, Set<number>>();
  const into = (kind: Kind, weight: Weight): Set<number> => {
    const key = `${kind} ${weight}`;
    const known = found.get(key) ?? new Set<number>();
    found.set(key, known);
    return known;
  };
  const add = (text: string, { kinds, weights }: Choice) => {
    for (const kind of kinds)
      for (const weight of weights) {
        const characters = into(kind, weight);
        for (const character of text) characters.add(character.codePointAt(0) ?? 0);
      }
  };
  const css = [...page.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)]
    .map(([, inner = '']) => inner)
    .join('\n');
  const rules = fontRules(css);
  const everywhere: Choice = { kinds: new Set(['text', 'label']), weights: new Set([400, 600]) };
  for (const [, said = ''] of css.matchAll(/content:\s*"([^"]*)"/g)) add(said, everywhere);

  const root: Open = {
    place: { name: '', id: '', classes: [], above: [] },
    kinds: new Set(['text']),
    weights: new Set([400]),
  };
  const open: Open[] = [root];
  for (const [, closing, name, attributes = '', empty, text] of page.matchAll(TOKEN)) {
    const inside = open.at(-1) ?? root;
    if (text !== undefined) add(decoded(text), inside);
    if (name === undefined) continue;
    const tag = name.toLowerCase();
    if (closing) {
      const index = open.findLastIndex(({ place }) => place.name === tag);
      if (index > 0) open.length = index;
      continue;
    }
    const value = (key: string) => new RegExp(`\\s${key}="([^"]*)"`).exec(attributes)?.[1];
    const place: Place = {
      name: tag,
      id: value('id') ?? '',
      classes: (value('class') ?? '').split(' '),
      above: [...inside.place.above, inside.place],
    };
    const set = { ...setOf(place, inside, rules, value('font-weight')), place };
    const label = value('data-label');
    if (label !== undefined) add(decoded(label), { kinds: set.kinds, weights: new Set([400, 600]) });
    if (!empty && !VOID.test(tag)) open.push(set);
  }
  return into;
}

function setOf(place: Place, above: Choice, rules: readonly FontRule[], own: string | undefined): Choice {
  const fitting = rules.filter((rule) => matches(rule, place));
  const choose = <T>(
    key: 'kind' | 'weight',
    inherited: ReadonlySet<T>,
    chosen: readonly FontRule[],
  ): ReadonlySet<T> => {
    const saying = chosen.filter((rule) => rule[key] !== undefined);
    const values = new Set(saying.map((rule) => rule[key] as T));
    return saying.some(({ isSure }) => isSure) ? values : new Set([...inherited, ...values]);
  };
  const weights = choose<Weight>('weight', above.weights, fitting);
  return {
    kinds: choose<Kind>('kind', above.kinds, fitting),
    weights: own === undefined ? weights : new Set([...weights, weightOf(own)]),
  };
}

function weightOf(value: string): Weight {
  return value === 'bold' || Number(value) >= 500 ? 600 : 400;
}
